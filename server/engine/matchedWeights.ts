import type { Lowering, SavedVariable } from "../../core/index.ts";
import type { TensorNumbers } from "../features/forward.ts";
import { numbersOf, printSizes } from "./tensors.ts";
import type { SavedArray, SavedLayer, WeightsFile } from "./weightsFile.ts";

/** What a file of weights and a model have in common, found as Keras's `load_weights` does. */
export interface MatchedWeights {
  /** By the names of tensors in the lowering. */
  readonly numbers: ReadonlyMap<string, TensorNumbers["numbers"]>;
  readonly report: WeightsReport;
}
/** Sentences, without their full stops. */
export interface WeightsReport {
  /** Variables of the model that were found, of how many. */
  readonly found: number;
  readonly of: number;
  /** Variables of the model that the file does not have. */
  readonly missing: readonly string[];
  /** Variables in the file that the model does not have. */
  readonly unexpected: readonly string[];
  /** Of another shape, or not to be read. */
  readonly wrong: readonly string[];
  /** Why Keras would not load the file, the first reason; undefined where it would. */
  readonly refused: string | undefined;
}

export function matchedWeights(lowering: Lowering, file: WeightsFile): MatchedWeights {
  const match = new Match(lowering);
  const refused = file.kind === "paths" ? match.byPaths(file.arrays) : match.byLayers(file.layers, file.top);
  return { numbers: match.numbers, report: match.report(refused) };
}

/** What belongs to training: an optimizer's variables, what metrics have counted, the state of random numbers. */
const NOT_THE_MODELS = /^_?optimizer\/|^(?:_?metrics|compile_metrics|loss_tracker)\/|\/?seed_generator\//;

class Match {
  readonly numbers = new Map<string, TensorNumbers["numbers"]>();
  private readonly lowering: Lowering;
  private readonly missing: string[] = [];
  private readonly unexpected: string[] = [];
  private readonly wrong: string[] = [];
  // A variable may stand in a file more than once.
  private readonly found = new Set<string>();
  private readonly wanted = new Set<string>();
  private readonly dtypes: ReadonlyMap<string, Lowering["weights"][number]["dtype"]>;

  constructor(lowering: Lowering) {
    this.lowering = lowering;
    this.dtypes = new Map(lowering.weights.map((it) => [it.name, it.dtype]));
  }

  report(refused: string | undefined): WeightsReport {
    const { missing, unexpected, wrong } = this;
    return { found: this.found.size, of: this.wanted.size, missing, unexpected, wrong, refused: refused ?? wrong[0] };
  }

  byPaths(arrays: ReadonlyMap<string, SavedArray>): string | undefined {
    const { variables } = this.lowering.saved;
    const groups = new Set(variables.map((it) => groupOf(it.path)));
    const wanted = new Set(variables.map((it) => it.path));
    for (const it of variables) {
      const array = arrays.get(it.path);
      this.wanted.add(keyOf(it));
      if (array === undefined) this.missing.push(`${it.name}: there is no ${it.path}`);
      else this.take(it, array);
    }
    let crowded: string | undefined;
    for (const [path, { shape }] of arrays) {
      if (wanted.has(path) || NOT_THE_MODELS.test(path)) continue;
      const words = `${path} ${printSizes(shape)}`;
      this.unexpected.push(words);
      // Keras leaves alone what stands where the model has nothing, and counts where it has something.
      if (groups.has(groupOf(path))) crowded ??= `the model's layer has no ${words}`;
    }
    return this.missing[0] ?? crowded;
  }

  byLayers(layers: readonly SavedLayer[], top: SavedLayer | undefined): string | undefined {
    const { saved } = this.lowering;
    const theirs = layers.filter((it) => it.arrays.length > 0);
    const ours = saved.layers.filter((it) => it.variables.length > 0);
    let refused: string | undefined;
    for (const [i, layer] of ours.entries()) {
      const why = this.layer(layer.name, layer.variables, theirs[i]);
      refused ??= why;
    }
    for (const { name, arrays } of theirs.slice(ours.length)) this.extra(name, arrays);
    const why = top && this.layer("the model itself", saved.top, top);
    refused ??= why;
    if (theirs.length === ours.length) return refused;
    return `it has ${theirs.length} layers with weights, and the model ${ours.length}`;
  }
  /** Gives why Keras would not take them. */
  private layer(name: string, places: readonly number[], saved: SavedLayer | undefined): string | undefined {
    const variables = places.flatMap((it) => this.lowering.saved.variables[it] ?? []);
    for (const [i, variable] of variables.entries()) {
      const array = saved?.arrays[i];
      this.wanted.add(keyOf(variable));
      const where = saved === undefined ? "the file ends before it" : `${saved.name} has no variable ${i}`;
      if (array === undefined) this.missing.push(`${variable.name}: ${where}`);
      else this.take(variable, array);
    }
    if (saved === undefined) return undefined;
    this.extra(saved.name, saved.arrays.slice(variables.length));
    return saved.arrays.length === variables.length
      ? undefined
      : `${name} has ${variables.length} variables, and ${saved.name} in the file ${saved.arrays.length}`;
  }
  private extra(name: string, arrays: readonly SavedArray[]): void {
    for (const { path, shape } of arrays) this.unexpected.push(`${path} ${printSizes(shape)} of ${name}`);
  }

  private take(variable: SavedVariable, array: SavedArray): void {
    const { name, shape, tensor } = variable;
    const same = array.shape.length === shape.length && shape.every((n, i) => n === undefined || n === array.shape[i]);
    if (!same) {
      const ours = printSizes(shape.map((n) => n ?? Number.NaN)).replaceAll("NaN", "?");
      this.wrong.push(`${name} is ${ours}, and ${array.path} in the file ${printSizes(array.shape)}`);
      return;
    }
    const dtype = tensor === undefined ? undefined : this.dtypes.get(tensor);
    try {
      const values = array.read();
      if (tensor !== undefined && dtype !== undefined)
        this.numbers.set(tensor, numbersOf(dtype, values, values.length));
      this.found.add(keyOf(variable));
    } catch {
      this.wrong.push(`${name}: ${array.path} cannot be read, the file is damaged there`);
    }
  }
}
const keyOf = ({ tensor, path }: SavedVariable): string => tensor ?? path;
/** What a layer's own variables have in common. */
const groupOf = (path: string): string => path.replace(/\/?[^/]*$/, "");

/** What did not match, a line each. */
export const linesOf = ({ missing, unexpected, wrong }: WeightsReport): readonly string[] => [
  ...missing.map((it) => `  missing: ${it}`),
  ...wrong.map((it) => `  wrong: ${it}`),
  ...unexpected.map((it) => `  unexpected: ${it}`),
];
