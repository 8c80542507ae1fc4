import { callValue } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Step, Tracer } from "../../../interpreter/trace.ts";
import {
  type Args,
  type Instance,
  positional,
  type TensorValue,
  tuple,
  type Value,
} from "../../../interpreter/values.ts";
import { Builder, outputSizes, refuse, type Tensor } from "../../../lowering/builder.ts";
import { type Constant, elements, elementType } from "../../../lowering/graph.ts";
import type { LoweredWeight } from "../../../lowering/lowering.ts";
import { Refusal } from "../../../lowering/refusal.ts";
import { isUnknown } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, Shape } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { operandOf } from "../../operation/operand.ts";
import { recall } from "../../operation/recipes.ts";
import { variableFacts } from "../../operation/variables.ts";
import type { Given, LayerDeclaration, LayerHandle, LoweringSite, Weight, WeightTensors } from "../define.ts";
import { isHandle } from "../layers/families/handles.ts";
import { LAYERS } from "../layers/index.ts";
import { parametersOf } from "../runtime/cost.ts";
import { madeBy } from "../runtime/graph.ts";
import { callInner, callLayer, givenOf, innerInstance } from "../runtime/layerCall.ts";
import { macsOf } from "../runtime/macs.ts";
import { flatTensors } from "../runtime/parts.ts";
import { rulesFor } from "../runtime/policy.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { EAGER, isSymbolic, newTensor } from "../runtime/tensors.ts";
import { layerSignature } from "../signatures.ts";
import { type MaskSite, masksGiven, masksSeen, unmask } from "./lostMasks.ts";
import { lowerOperation, multiplies } from "./operations/index.ts";
import { OperationNamer } from "./operations/namer.ts";
import type { OwnData } from "./ownData.ts";
import { MAY_NOT_RUN } from "./reasons.ts";
import { type Row, Rows, type Slot } from "./rows.ts";
import { LoweredWeights } from "./weights.ts";

type LayerStep = Extract<Step, { kind: "layer" }>;
type LeaveStep = Extract<Step, { kind: "leave" }>;
type OperationStep = Extract<Step, { kind: "operation" }>;

type OwnRow = Omit<Row, "depth">;
/** What is known of a row before it is lowered. */
type Own = Pick<Row, "name" | "type" | "isOperation" | "location" | "params" | "macs"> & {
  /** Why Keras may announce another shape than it gives. */
  readonly announces?: string | undefined;
};
const NOTHING = { predicted: undefined, outputs: [], nodes: [], problem: undefined } as const;

/** Told of a layer's call before it is lowered. */
export type Watch = (record: LayerRecord, given: Readonly<Record<string, Given>>, inputs: readonly Tensor[]) => void;

/**
 * Lowers what a traced program runs, call by call: a row for each layer and for each operation. What is refused is
 * lost, and with it what depends on it; everything else goes on.
 */
export class Lowerer {
  private readonly list = new Rows();
  /** What the model itself gives, as far as it is reached. */
  outputs: readonly Tensor[] = [];
  /** Why it does not give all that it should. */
  unreached: string | undefined;
  readonly weights: LoweredWeights;
  readonly g: Builder;
  private readonly m: Machine;
  private readonly root: Instance;
  private readonly watch: Watch;
  private readonly tensors = new Map<number, Tensor>();
  /** What is made of other calls and runs now, the innermost last. */
  private readonly around: { readonly layer: Instance; readonly trains: boolean }[] = [];
  /** Rows that give no tensor, by the tensors that they would have given. An operation's is shown once it is missed. */
  private readonly lost = new Map<number, Slot>();
  /** Operations that read nothing of the run, by what they yield. */
  private readonly made = new Map<number, OperationStep>();
  /** What was made outside the model, as it was made again. */
  private readonly again = new Map<number, TensorValue>();
  private readonly names = new OperationNamer();
  /** The first layer of whose output Keras announces another shape: what follows differs for it. */
  private announced: string | undefined;
  /** Above 0 inside a layer that another one runs: what is there belongs to the outer one's row. */
  private inside = 0;

  /** How many samples the inputs have. */
  samples = 1;

  constructor(m: Machine, root: Instance, keras: 2 | 3, watch: Watch) {
    this.g = new Builder(keras);
    this.m = m;
    this.root = root;
    this.watch = watch;
    this.weights = new LoweredWeights(m, root);
  }

  readonly tracer: Tracer = (step) => {
    if (step.kind === "same") this.alias(step.from, step.to);
    else if (step.kind === "operation" && !step.inputs.some((it) => this.reaches(it))) this.keep(step);
    else if (step.kind === "enter" || step.kind === "leave") this.container(step);
    else if (this.inside > 0) this.bind(step.outputs, this.lowered(step));
    else if (step.kind === "layer") this.add(step, this.layerRow(step.layer, this.macsOf(step)));
    else this.operation(step);
  };
  get rows(): readonly Row[] {
    return this.list.shown;
  }

  bind(values: readonly TensorValue[], tensors: readonly Tensor[]): void {
    if (values.length !== tensors.length) refuse("its rule does not give as many tensors as the layer does");
    for (const [i, { id }] of values.entries()) if (tensors[i] !== undefined) this.tensors.set(id, tensors[i]);
  }

  /** A row for an array of the program's that an input takes, whose numbers are made again. */
  feed(input: TensorValue, { name, value, shape }: OwnData): void {
    const own = { name, type: "Data", isOperation: true, location: undefined, params: 0, macs: 0 };
    const row = this.rowOf({ outputs: [input] }, own, () => {
      const found = this.g.cast(this.find(value), elementType(input.dtype ?? "float32") ?? "float32");
      const isDrawn = this.g.pending.some(({ op }) => op.startsWith("Random"));
      return isDrawn ? refuse(`${name} is drawn at random: no other run has its numbers`) : [found];
    });
    const slot = this.list.add({ ...row, predicted: [shape] });
    if (row.problem !== undefined) this.lost.set(input.id, slot);
  }

  /** The tensor that holds a value's numbers; refused where there is none. */
  readonly find = (value: TensorValue): Tensor => {
    const found = this.tensors.get(value.id) ?? this.weights.added(value) ?? this.known(value) ?? this.constant(value);
    if (found === undefined) return this.remade(value) ?? this.missing(value);
    const shape = numbersOf(value.shape);
    if (shape === undefined || `${shape}` === `${found.shape}` || elements(found) !== elements({ shape })) return found;
    return this.g.reshape(found, shape);
  };
  /** A small array whose elements the analysis knows. */
  private known({ facts, shape, dtype }: TensorValue): Tensor | undefined {
    const sizes = numbersOf(shape);
    const element = dtype === undefined ? undefined : elementType(dtype);
    if (facts?.values === undefined || sizes === undefined || element === undefined) return undefined;
    return elements({ shape: sizes }) === facts.values.length
      ? this.g.constant(facts.values, element, sizes)
      : undefined;
  }
  /** What is made of sizes and constants alone becomes a part of each row that reads it. */
  private keep(step: OperationStep): void {
    for (const { id } of step.outputs) this.made.set(id, step);
  }
  private constant(value: TensorValue): Tensor | undefined {
    const step = this.made.get(value.id);
    const place = step?.outputs.findIndex((it) => it.id === value.id) ?? 0;
    return step && lowerOperation(this.m, this.g, step, this.find)[place];
  }
  /** What was made outside the model, out of constants too, is made again: the same each time. */
  private remade(value: TensorValue): Tensor | undefined {
    const known = this.again.get(value.id);
    if (known !== undefined) return this.constant(known);
    if (isSymbolic(value) || this.lost.has(value.id)) return undefined;
    const made = recall(value);
    if (made === undefined) return this.begun(value) ?? this.calledOutside(value);
    const { m } = this;
    m.isRemaking = true;
    let given: Value;
    try {
      given = callValue(m, made.recipe.function, made.recipe.args);
    } finally {
      m.isRemaking = false;
    }
    const result = flatTensors(m, given)?.[made.index];
    if (result === undefined) return given.kind === "unknown" ? refuse(given.reason) : undefined;
    this.again.set(value.id, result);
    return this.known(result) ?? this.constant(result);
  }
  /** A variable that is no layer's own stays as it began. */
  private begun(value: TensorValue): Tensor | undefined {
    const initial = variableFacts(this.m, value)?.initial;
    if (initial?.kind === "tensor") return this.find(initial);
    const values = initial && operandOf(this.m, initial).values;
    return values && this.known({ ...value, facts: { values } });
  }
  /** A layer that was called on such an array: positions that are embedded once and added to every sample. */
  private calledOutside(value: TensorValue): Tensor | undefined {
    const made = madeBy(this.m, value);
    if (made === undefined) return undefined;
    const types = made.inputs.map(({ shape, dtype }): TensorType => ({ shape, dtype }));
    return this.traced((args) => callLayer(this.m, made.layer, args), made.inputs.map(this.find), types)[0];
  }
  private missing(value: TensorValue): never {
    const lost = this.lost.get(value.id);
    if (lost === undefined) return refuse("it reads a tensor that comes from outside the model");
    this.reveal(value);
    return refuse(`it is not reached: it needs what ${lost.row.name} yields`);
  }

  private reveal({ id }: TensorValue): void {
    const lost = this.lost.get(id);
    if (lost !== undefined) lost.hidden = false;
  }

  /** It is a part of the run: what is made of sizes and constants alone the analysis knows. */
  private reaches(value: TensorValue): boolean {
    if (this.tensors.has(value.id) || this.weights.added(value) !== undefined) return true;
    return this.lost.has(value.id) && this.known(value) === undefined;
  }

  private alias(from: TensorValue, to: TensorValue): void {
    const found = this.tensors.get(from.id);
    const lost = this.lost.get(from.id);
    if (found !== undefined) this.tensors.set(to.id, found);
    else if (lost !== undefined) this.lost.set(to.id, lost);
  }

  // ---- rows
  // ----------------------------------------------------------------------------------------------------------

  private layerRow(layer: Instance, macs: number | undefined): Own {
    const record = recordOf(this.m, layer);
    const params = parametersOf(this.m, layer).total;
    const { name = "?", type = "?", place } = record ?? {};
    const announces = this.g.keras === 3 ? LAYERS.get(record?.declared ?? "")?.announces : undefined;
    return { name, type, isOperation: false, location: place, params, macs, announces };
  }
  private macsOf({ layer, inputs, outputs: [output] }: LayerStep): number | undefined {
    const macs = output && macsOf(this.m, layer, inputs, output);
    return typeof macs === "number" ? macs : undefined;
  }
  private operation(step: OperationStep): void {
    const macs = multiplies(step.name) ? undefined : 0;
    this.add(step, { ...this.names.of(step.name), isOperation: true, location: step.place, params: 0, macs });
  }
  /** What only asks for a shape is lowered nowhere and missed by no one: a refused operation is hidden until then. */
  private add(step: LayerStep | OperationStep, own: Own): void {
    const row = this.rowOf(step, own, () => this.lowered(step));
    const slot = this.list.add(row, row.problem !== undefined && row.isOperation);
    if (row.problem !== undefined) for (const { id } of step.outputs) this.lost.set(id, slot);
  }
  /** A layer that is made of other calls: their rows follow, and it gives what they gave. */
  private container(step: LeaveStep | Extract<Step, { kind: "enter" }>): void {
    if (this.inside > 0) return;
    // What the model itself gives is missed where it is lost.
    if (step.layer.id === this.root.id) {
      if (step.kind === "leave") for (const it of step.outputs) this.reveal(it);
      if (step.kind === "leave") this.gave(step);
      return;
    }
    if (step.kind === "enter") {
      this.around.push({ layer: step.layer, trains: step.training });
      const { announces: _, ...about } = this.layerRow(step.layer, undefined);
      this.list.enter({ ...about, ...NOTHING });
      return;
    }
    this.around.pop();
    const slot = this.list.leave();
    if (slot === undefined) return;
    const gives = () => (step.problem === undefined ? step.outputs.map(this.find) : refuse(step.problem));
    // Its weights are made when it is first called.
    const macs = summed(this.list.under(slot).map((it) => it.macs));
    slot.row = { ...this.rowOf(step, this.layerRow(step.layer, macs), gives), depth: slot.row.depth };
    if (slot.row.problem !== undefined) for (const { id } of step.outputs) this.lost.set(id, slot);
  }

  private gave({ outputs, problem }: LeaveStep): void {
    const found = outputs.flatMap((it) => this.tensors.get(it.id) ?? []);
    const unknown = outputs.find((it) => !this.tensors.has(it.id));
    // They are told apart by their order alone, so a part of them would be taken for others.
    if (unknown === undefined) this.outputs = found;
    if (unknown === undefined && problem === undefined) return;
    const why = unknown === undefined || hasRank(unknown.shape) ? undefined : unknown.shape.reason;
    this.unreached = problem ?? why ?? "what it gives comes from outside the model";
  }

  private rowOf(step: Pick<LayerStep, "outputs">, own: Own, lower: () => readonly Tensor[]): OwnRow {
    const shapes = step.outputs.map((it) => numbersOf(it.shape)).filter((it) => it !== undefined);
    const predicted = shapes.length === step.outputs.length && shapes.length > 0 ? shapes : undefined;
    this.g.drain();
    const before = this.inside;
    try {
      const outputs = this.g.within(own.name, () => lower().map((it) => this.own(it)));
      this.bind(step.outputs, outputs);
      const macs = own.isOperation && own.macs === undefined ? this.eachSample(outputs) : own.macs;
      const { announces, ...about } = own;
      const isOther = predicted !== undefined && `${outputs.map((it) => it.shape)}` !== `${predicted}`;
      if (isOther && announces !== undefined) this.announced ??= `${own.name}: ${announces}`;
      const differs = isOther ? this.announced : undefined;
      return { ...about, macs, predicted, outputs, nodes: this.g.drain(), problem: undefined, differs };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      this.inside = before;
      this.g.drain();
      const { announces: _, ...about } = own;
      return { ...about, predicted, outputs: [], nodes: [], problem: thrown.message };
    }
  }

  /** Multiply–accumulates of the nodes on one sample; of what has no axis of samples, all of them. */
  private eachSample([output]: readonly Tensor[]): number | undefined {
    const { macs } = this.g;
    const samples = output === undefined || (output.shape[0] ?? 1) % this.samples > 0 ? 1 : this.samples;
    return macs === undefined || macs % samples > 0 ? undefined : macs / samples;
  }

  /** A constant or a weight that is handed out as it is needs a node that gives it. */
  private own(it: Tensor): Tensor {
    const given = this.g.constants.includes(it as Constant) || this.weights.all.includes(it as LoweredWeight);
    return given ? this.g.node("Identity", [it]) : it;
  }
  private lowered(step: LayerStep | OperationStep): readonly Tensor[] {
    if (this.m.conditional > 0) refuse(MAY_NOT_RUN);
    if (step.kind === "operation") return lowerOperation(this.m, this.g, step, this.find);
    if (step.problem !== undefined) refuse(step.problem);
    const record = recordOf(this.m, step.layer) ?? refuse("its constructor was not followed");
    const call = step.call as Readonly<Record<string, Given>>;
    const around = this.around.at(-1);
    const { call: parameters = [] } = layerSignature(record.declared, this.g.keras) ?? {};
    if (around?.trains && call["call.training"] !== false && parameters.some(({ name }) => name === "training"))
      refuse(`the argument training of the call of ${recordOf(this.m, around.layer)?.name} around it is not lowered`);
    const inputs = step.inputs.map(this.find);
    const { outputs, named } = step;
    const { unmasks, tensors = [] } = LAYERS.get(record.declared ?? "") ?? {};
    const seen = masksSeen(inputs, this.maskSite(tensors.length > 1 && inputs.length > 1));
    const made = this.declared(step.layer, record, { inputs: seen, named, outputs, given: call, weights: undefined });
    if (this.g.keras === 3 && unmasks === true) unmask(this.tensors, inputs);
    return masksGiven(made, inputs, seen);
  }

  /** Where a layer is called whose inputs' masks were taken off. */
  private maskSite(isOfSeveral: boolean): MaskSite {
    const around = this.around.at(-1)?.layer;
    const isNested = this.inside > 0 || (around !== undefined && this.isGraph(around));
    return { isNested, isGraph: around === undefined && this.isGraph(this.root), isOfSeveral };
  }
  private isGraph(layer: Instance): boolean {
    const { model } = recordOf(this.m, layer) ?? {};
    return model !== undefined && model.kind !== "subclass";
  }

  // ---- layers
  // --------------------------------------------------------------------------------------------------------

  private declared(
    layer: Instance,
    record: LayerRecord,
    how: {
      readonly inputs: readonly Tensor[];
      readonly named?: Readonly<Record<string, TensorValue>>;
      readonly outputs: readonly TensorType[];
      readonly given: Readonly<Record<string, Given>>;
      readonly weights: WeightTensors | undefined;
    },
  ): readonly Tensor[] {
    const declaration = LAYERS.get(record.declared ?? "");
    if (declaration?.lower === undefined) return refuse(`${record.declared ?? record.type} is not lowered yet`);
    const given = { ...givenOf(this.m, record, declaration.args), ...how.given };
    const outputs = how.outputs.map(({ shape }) => outputSizes(shape));
    this.watch(record, given, how.inputs);
    const at: Omit<LoweringSite, "masks"> = {
      inputs: how.inputs,
      argument: (name) => how.named?.[name] && this.find(how.named[name]),
      outputs,
      inner: (handle, inputs, inner) => this.inner(handle, inputs, inner ?? {}),
    };
    const first = (): readonly Weight[] => {
      const types = how.inputs.map(({ shape, dtype }): TensorType => ({ shape: new Shape(shape), dtype }));
      return this.inferred(record, declaration, types, how.given).weights;
    };
    const weights = how.weights ?? this.weights.of(layer, this.weights.isSettled(record) ? [] : first());
    const { lower } = declaration;
    const plain = () => lower(this.g, { ...given, activation: null }, weights, at);
    // One that is a layer or a function runs on what comes out, where it is the last thing that the layer does.
    const { activation } = given;
    const own = record.args["activation"]?.value;
    if (!ACTIVATED_LAST.test(declaration.name)) return lower(this.g, given, weights, at);
    if (isHandle(activation)) return this.inner(activation, plain(), {});
    if (!isUnknown(activation) || (own?.kind !== "function" && own?.kind !== "native" && own?.kind !== "method"))
      return lower(this.g, given, weights, at);
    const made = plain();
    const types = made.map(({ shape, dtype }): TensorType => ({ shape: new Shape(shape), dtype }));
    return this.traced((args) => callValue(this.m, own, args), made, types);
  }

  /** A layer inside a wrapper: a declared one by its rule, any other by running its own `call`. */
  private inner(
    { handle, type }: LayerHandle,
    inputs: readonly Tensor[],
    { weights, args = {} }: { readonly weights?: WeightTensors; readonly args?: Readonly<Record<string, Given>> },
  ): readonly Tensor[] {
    const layer = innerInstance(this.m, handle) ?? refuse(`the ${type} inside it is not known`);
    const record = recordOf(this.m, layer) ?? refuse(`the ${type} inside it is not known`);
    const declaration = LAYERS.get(record.declared ?? "");
    const types = inputs.map(({ shape, dtype }): TensorType => ({ shape: new Shape(shape), dtype }));
    if (declaration === undefined || record.model !== undefined)
      return this.traced((args) => callLayer(this.m, layer, args), inputs, types);
    const { outputs } = this.inferred(record, declaration, types, args);
    return this.g.within(record.name, () => this.declared(layer, record, { inputs, outputs, given: args, weights }));
  }
  private inferred(
    record: LayerRecord,
    declaration: LayerDeclaration,
    types: readonly TensorType[],
    args: Readonly<Record<string, Given>>,
  ): { readonly outputs: readonly TensorType[]; readonly weights: readonly Weight[] } {
    const { m } = this;
    const given = { ...givenOf(m, record, declaration.args), ...args };
    const inner = (handle: LayerHandle, of: readonly TensorType[]) => callInner(m, handle, of, []);
    const { outputs, weights } = declaration.infer(given, types, { ...rulesFor(m, record), eager: true, inner });
    if (outputs === undefined) return refuse(`what ${record.type} inside it yields is not known`);
    return { outputs: "shape" in outputs ? [outputs] : outputs, weights };
  }
  /** What a call of other code yields; whatever it runs belongs to this row. */
  private traced(
    call: (args: Args) => Value,
    inputs: readonly Tensor[],
    types: readonly TensorType[],
  ): readonly Tensor[] {
    const values = types.map((type) => newTensor(this.m, type, EAGER, false));
    this.bind(values, inputs);
    const [only] = values;
    this.inside++;
    const value = call(positional(values.length === 1 && only ? only : tuple(values)));
    this.inside--;
    const flat = flatTensors(this.m, value) ?? refuse("what it runs inside yields is not known");
    return flat.map(this.find);
  }
}

const ACTIVATED_LAST = /^(?:Einsum)?Dense$|^Activation$|Conv[123]D(?:Transpose)?$/;

const summed = (counts: readonly (number | undefined)[]): number | undefined =>
  counts.reduce((sum, it) => (sum === undefined || it === undefined ? undefined : sum + it), 0);

/** Sizes that are all numbers. */
export function numbersOf(shape: AnyShape): readonly number[] | undefined {
  if (!hasRank(shape)) return undefined;
  const sizes = shape.dims.filter((dim) => typeof dim === "number");
  return sizes.length === shape.rank ? sizes : undefined;
}
