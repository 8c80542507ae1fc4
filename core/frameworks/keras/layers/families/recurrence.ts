/** Recurrent layers as ONNX's LSTM, GRU and RNN, which run (steps, batch, features). Source: keras.src.layers.rnn. */
import { HARD_SIGMOID_SLOPE } from "../../../../lowering/activations.ts";
import { type Attributes, type Builder, masked, needed, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { LoweringSite } from "../../define.ts";
import { stepByStep } from "./stepping.ts";

/** One cell that runs along the time axis, in ONNX's terms: gates in its order, weights [gates · units, features]. */
export interface Cell {
  readonly op: "RNN" | "GRU" | "LSTM";
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  /** Of the input and then of the state, [2 · gates · units]. */
  readonly bias: Tensor | undefined;
  /** By the names of Keras, in ONNX's order. */
  readonly activations: readonly (string | null | undefined)[];
  readonly more?: Attributes;
  /** How many states it carries. */
  readonly states: number;
}
export interface Unrolling {
  readonly return_sequences: boolean;
  readonly return_state: boolean;
  readonly go_backwards: boolean;
  readonly zero_output_for_mask: boolean;
}

const ACTIVATIONS: Readonly<Record<string, { op: string; alpha?: number; beta?: number }>> = {
  linear: { op: "Affine", alpha: 1, beta: 0 },
  relu: { op: "Relu" },
  tanh: { op: "Tanh" },
  sigmoid: { op: "Sigmoid" },
  elu: { op: "Elu", alpha: 1 },
  leaky_relu: { op: "LeakyRelu", alpha: 0.2 },
  softsign: { op: "Softsign" },
  softplus: { op: "Softplus" },
};
/** Undefined where ONNX's operators lack one. Numbers are given only to those functions that take them. */
function activationAttributes({ keras }: Builder, names: Cell["activations"]): Attributes | undefined {
  const hardSigmoid = { op: "HardSigmoid", alpha: HARD_SIGMOID_SLOPE[keras], beta: 0.5 };
  const found = names.flatMap((name) => {
    if (name === undefined) return refuse("its activation is not one of Keras's names");
    return (name === "hard_sigmoid" ? hardSigmoid : ACTIVATIONS[name ?? "linear"]) ?? [];
  });
  if (found.length < names.length) return undefined;
  const [alphas, betas] = (["alpha", "beta"] as const).map((key) => found.flatMap((it) => it[key] ?? []));
  return {
    activations: found.map((it) => it.op),
    ...(alphas?.length && { activation_alpha: { floats: alphas } }),
    ...(betas?.length && { activation_beta: { floats: betas } }),
  };
}

/** What came out at every step, (batch, steps, units), and the states after the last. */
export interface Run {
  readonly outputs: Tensor;
  readonly last: Tensor;
  readonly states: readonly Tensor[];
}

/** The steps that count moved to the front, as ONNX wants them, and how to tell them apart again. */
interface Compaction {
  readonly x: Tensor;
  /** How many count, (batch,). */
  readonly lengths: Tensor;
  /** How many counted up to each step, (batch, steps). */
  readonly counts: Tensor;
}

/** Entries of axis 1 of (batch, steps, units), by an index for each step. */
function pick(g: Builder, x: Tensor, index: Tensor): Tensor {
  const [batch = 1, steps = 1, units = 1] = x.shape;
  const wide = g.broadcastTo(g.expand(index, 2), [batch, steps, units]);
  return g.node("GatherElements", [x, wide], { axis: 1 }, { shape: x.shape });
}

function compacted(g: Builder, x: Tensor, mask: Tensor): Compaction {
  const [, steps = 1] = x.shape;
  const ones = g.cast(mask, "int32");
  const counts = g.node("CumSum", [ones, g.constant(1, "int32")]);
  const places = g.constant(Array.from({ length: steps }, (_, i) => i));
  const late = g.multiply(g.subtract(1, g.cast(mask, "float32")), steps);
  const order = g.several(
    "TopK",
    [g.add(late, places), g.constant([steps], "int64")],
    { axis: 1, largest: 0, sorted: 1 },
    [
      { shape: mask.shape, dtype: "float32" },
      { shape: mask.shape, dtype: "int64" },
    ],
  );
  return { x: pick(g, x, needed(order[1])), lengths: g.reduce("ReduceSum", ones, [1]), counts };
}

/** At a step that does not count the output of the step before it comes again, and zero before the first. */
function spreadOut(g: Builder, outputs: Tensor, { counts }: Compaction): Tensor {
  const found = pick(g, outputs, g.cast(g.maximum(g.subtract(counts, 1), 0), "int64"));
  return g.multiply(found, g.cast(g.expand(g.binary("Greater", counts, 0, "bool"), 2), "float32"));
}

function run(g: Builder, cell: Cell, x: Tensor, initial: readonly Tensor[], mask: Tensor | undefined): Run {
  const [batch = 1, steps = 1] = x.shape;
  const units = cell.recurrent.shape[1] ?? 1;
  const activations = activationAttributes(g, cell.activations);
  if (activations === undefined) return stepByStep(g, cell, x, initial, mask);
  const compaction = mask && compacted(g, g.float(x), mask);
  // A sequence of length 0 is run as one of length 1, and what comes out is not used.
  const lengths = compaction && g.maximum(compaction.lengths, 1);
  const first = (it: Tensor | undefined) => it && g.expand(it, 0);
  const state = { shape: [1, batch, units] };
  const [all, ...ends] = g.several(
    cell.op,
    [
      g.transpose(compaction?.x ?? g.float(x), 1, 0, 2),
      first(cell.kernel),
      first(cell.recurrent),
      first(cell.bias),
      lengths,
      ...Array.from({ length: cell.states }, (_, i) => first(initial[i])),
    ],
    { hidden_size: units, ...activations, ...cell.more },
    [{ shape: [steps, 1, batch, units] }, ...Array<typeof state>(cell.states).fill(state)],
  );
  const outputs = g.transpose(g.squeeze(needed(all), 1), 1, 0, 2);
  const states = ends.map((it) => g.squeeze(needed(it), 0));
  if (compaction === undefined) return { outputs, last: needed(states[0]), states };
  const any = g.expand(g.binary("Greater", compaction.lengths, 0, "bool"), 1);
  const zero = g.constant(Array<number>(batch * units).fill(0), "float32", [batch, units]);
  return {
    outputs: spreadOut(g, outputs, compaction),
    last: g.where(any, needed(states[0]), zero),
    states: states.map((it, i) => g.where(any, it, initial[i] ?? zero)),
  };
}

/** With `zero_output_for_mask` a step that does not count gives zero. */
const onlyCounting = (g: Builder, outputs: Tensor, mask: Tensor): Tensor =>
  g.multiply(outputs, g.cast(g.expand(mask, 2), "float32"));

/** One step of a cell: the output, and the new states. */
export function oneStep(g: Builder, cell: Cell, [x, ...states]: readonly Tensor[]): readonly Tensor[] {
  if (states.length !== cell.states) return refuse("it is called without its states");
  const { last, states: next } = run(g, cell, g.expand(needed(x), 1), states, undefined);
  return [last, ...next];
}

/** Cells on top of each other along the time axis: the output, with its mask, and all states if they are asked for. */
export function unrolledCells(
  g: Builder,
  cells: readonly Cell[],
  a: Unrolling,
  [x, ...initial]: readonly Tensor[],
  given: Tensor | undefined,
): readonly Tensor[] {
  const turn = (it: Tensor) => (a.go_backwards ? g.reverse(it, 1) : it);
  // Keras looks for masks by the arguments' names where more than one holds tensors: beside states there is none.
  const mask = given && initial.length === 0 ? turn(given) : undefined;
  let steps = turn(needed(x, "an input"));
  let last = steps;
  let at = 0;
  const states: Tensor[] = [];
  for (const cell of cells) {
    const one = run(g, cell, steps, initial.slice(at, at + cell.states), mask);
    at += cell.states;
    steps = mask && a.zero_output_for_mask ? onlyCounting(g, one.outputs, mask) : one.outputs;
    last = mask && a.zero_output_for_mask ? g.take(steps, 1, (steps.shape[1] ?? 1) - 1) : one.last;
    states.push(...one.states);
  }
  const output = a.return_sequences ? masked(steps, given) : last;
  return a.return_state ? [output, ...states] : [output];
}

/** Of a layer that takes no masks. */
export function unmaskedCells(
  g: Builder,
  cell: Cell,
  a: Omit<Unrolling, "zero_output_for_mask">,
  { inputs, masks }: LoweringSite,
): readonly Tensor[] {
  if (masks[0] !== undefined) return refuse("its input has a mask");
  return unrolledCells(g, [cell], { ...a, zero_output_for_mask: false }, inputs, undefined);
}
