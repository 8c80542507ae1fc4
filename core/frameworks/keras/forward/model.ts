import { Raised } from "../../../interpreter/exits.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, Place } from "../../../interpreter/values.ts";
import { OPSET, type Tensor } from "../../../lowering/graph.ts";
import type { InputKind, LoweredInput, Lowering, LoweringOptions } from "../../../lowering/lowering.ts";
import { memoryOf } from "../../../lowering/memory.ts";
import type { SavedWeights } from "../../../lowering/saved.ts";
import { printShape, Shape } from "../../../tensor/shape.ts";
import type { Given } from "../define.ts";
import { callLayer } from "../runtime/layerCall.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { type ConcreteInput, concreteInputs, type NoInputs } from "./inputs.ts";
import { Lowerer } from "./lowerer.ts";
import { no, type OwnData, ownData } from "./ownData.ts";
import { NOT_FOLLOWED, raises } from "./reasons.ts";
import { savedWeights } from "./saved.ts";

interface Asked extends LoweringOptions {
  readonly name: string;
  /** The Keras whose formulas count. */
  readonly keras: 2 | 3;
}

/**
 * Runs a model on tensors of certain sizes, aside from the analysis, and lowers what runs. Axes that the program leaves
 * open are taken to be longer where a layer refuses them: windows, and what halves an image again and again, need room.
 */
export function lowerModel(m: Machine, self: Instance, asked: Asked): Lowering<Place> {
  let best = loweredOnce(m, self, asked);
  const isOpen = asked.length === undefined && best.inputs.some((it) => it.assumed.length > 0);
  for (const length of isOpen ? LONGER_AXES : []) {
    if (refusals(best) === 0) break;
    const longer = loweredOnce(m, self, { ...asked, length });
    if (refusals(longer) < refusals(best)) best = longer;
  }
  return best;
}
/** Beyond `OPEN_AXIS`: as sequences are cut to, and as images of networks that are ready made are large. */
const LONGER_AXES = [64, 256];
const refusals = ({ rows, problem }: Lowering<Place>): number =>
  problem === undefined ? rows.filter((it) => it.problem !== undefined).length : Number.POSITIVE_INFINITY;

function loweredOnce(m: Machine, self: Instance, { name, keras, ...asked }: Asked): Lowering<Place> {
  const record = recordOf(m, self);
  const own = asked.data === undefined ? [] : ownData(m, asked.data);
  if ("problem" in own) return { ...empty(name, asked.batch), ...own };
  const options = own[0] === undefined ? asked : { ...asked, batch: own[0].shape[0] ?? 1, shapes: shapesOf(own) };
  const nothing = empty(name, options.batch);
  if (record === undefined) return { ...nothing, problem: NOT_FOLLOWED };
  let unsaid: NoInputs | undefined;
  const uses = new Uses();
  const lowerer = new Lowerer(m, self, keras, uses.watch);
  let inputs: readonly ConcreteInput[] = [];
  let saved = NO_SAVED;
  const problem = m.aside(lowerer.tracer, () => {
    const made = concreteInputs(m, record, options);
    if ("problem" in made) {
      unsaid = made;
      return made.problem;
    }
    inputs = made.inputs;
    lowerer.samples = inputs[0]?.input.shape[0] ?? 1;
    unsaid = own.length === 0 ? undefined : unfit(own, inputs);
    if (unsaid !== undefined) return unsaid.problem;
    for (const [i, it] of inputs.entries())
      if (own[i] === undefined) lowerer.bind([it.tensor], [it.input]);
      else lowerer.feed(it.tensor, own[i]);
    try {
      const value = callLayer(m, self, made.args);
      saved = savedWeights(m, self, lowerer.weights);
      const { rows } = lowerer;
      const why = value.kind === "unknown" ? value.reason : lowerer.unreached;
      if (why !== undefined) return rows.some((it) => it.problem !== undefined) ? undefined : why;
      return rows.length > 0 ? undefined : `${record.name} runs no layer`;
    } catch (thrown) {
      if (thrown instanceof Raised) return raises(record);
      throw thrown;
    }
  });
  const { rows } = lowerer;
  const read = new Set(rows.flatMap((row) => row.nodes.flatMap((node) => node.inputs)));
  const weights = lowerer.weights.all.filter((it) => read.has(it.name));
  const constants = lowerer.g.constants.filter((it) => read.has(it.name));
  const drawn = own.length > 0 ? [] : inputs;
  const lowered = drawn.map(({ input }): LoweredInput => ({ ...input, kind: uses.kindOf(input) }));
  const memory = memoryOf(lowered, weights, rows);
  const { outputs } = lowerer;
  const about = { problem, location: unsaid?.place ?? record.place, lacksShape: unsaid?.lacksShape ?? false };
  return { ...nothing, ...about, inputs: lowered, weights, constants, rows, outputs, saved, memory };
}

const shapesOf = (own: readonly OwnData[]) => Object.fromEntries(own.map(({ shape }, i) => [String(i), shape]));
/** Why the program's own arrays are not what the model takes. */
function unfit(own: readonly OwnData[], inputs: readonly ConcreteInput[]): NoInputs | undefined {
  if (own.length !== inputs.length) {
    const names = inputs.map(({ input }) => input.input).join(", ");
    return no(`its inputs are ${names}, and the number of arrays that are named is ${own.length}`);
  }
  const i = own.findIndex(({ shape }, at) => `${shape}` !== `${inputs[at]?.input.shape}`);
  const [data, input] = [own[i], inputs[i]?.input];
  const printed = (sizes: readonly number[]) => printShape(new Shape(sizes));
  if (data === undefined || input === undefined) return undefined;
  return no(`${data.name} is ${printed(data.shape)}, and the input ${input.input} takes ${printed(input.shape)}`);
}

const NO_SAVED: SavedWeights = { variables: [], layers: [], top: [] };

const empty = (name: string, batch: number): Lowering<Place> => ({
  name,
  batch,
  opset: OPSET,
  inputs: [],
  weights: [],
  constants: [],
  rows: [],
  outputs: [],
  saved: NO_SAVED,
  memory: { weights: 0, activations: 0, peak: 0 },
  problem: undefined,
  location: undefined,
  lacksShape: false,
});

/** What layers do with the inputs, which says what kind they are. */
class Uses {
  private readonly first = new Map<string, string>();
  private readonly tokens = new Map<string, InputKind>();

  readonly watch = (record: LayerRecord, given: Readonly<Record<string, Given>>, inputs: readonly Tensor[]): void => {
    for (const { name } of inputs) {
      if (!this.first.has(name)) this.first.set(name, record.declared ?? "");
      const { input_dim: size } = given;
      if (record.declared !== "Embedding" || typeof size !== "number") continue;
      const masked = record.args["mask_zero"]?.value;
      const lowest = masked?.kind === "bool" && masked.value && size > 1 ? 1 : 0;
      this.tokens.set(name, { kind: "tokens", lowest, highest: Math.max(size - 1, 0) });
    }
  };

  kindOf({ name, shape, dtype }: Pick<LoweredInput, "name" | "shape" | "dtype">): InputKind {
    const tokens = this.tokens.get(name);
    if (tokens !== undefined) return tokens;
    if (dtype === "bool") return { kind: "bool" };
    const isImage = shape.length === 4 && [1, 3, 4].some((n) => shape[3] === n || shape[1] === n);
    const scaled = /^(Rescaling|Normalization|Resizing|Random)/.test(this.first.get(name) ?? "");
    if (isImage) return { kind: "image", highest: scaled || dtype !== "float32" ? 255 : 1 };
    return dtype === "float32" ? { kind: "float" } : { kind: "integer", highest: 9 };
  }
}
