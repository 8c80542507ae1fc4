/** Keras's cells in ONNX's terms: gates in its order, weights turned, a bias for the input and one for the state. */
import { type Builder, needed, refuse, type Tensor } from "../../../../lowering/builder.ts";
import {
  type ArgSpecs,
  casesOf,
  flag,
  type Given,
  type LayerHandle,
  type Values,
  type WeightTensors,
  weightsBehind,
} from "../../define.ts";
import { activationName, isList, listOf } from "./arguments.ts";
import { isHandle } from "./handles.ts";
import type { Cell } from "./recurrence.ts";

const simple = { activation: activationName() };
const gated = { ...simple, recurrent_activation: activationName() };
const grouped = { ...gated, reset_after: flag() };

/** The gates along the last axis in another order. */
function reordered(g: Builder, x: Tensor, order: readonly number[]): Tensor {
  const axis = x.shape.length - 1;
  const parts = g.split(x, axis, Array<number>(order.length).fill((x.shape[axis] ?? 0) / order.length));
  return g.concat(
    order.map((i) => needed(parts[i])),
    axis,
  );
}
const withZeros = (g: Builder, bias: Tensor): Tensor =>
  g.concat([bias, g.constant(Array<number>(bias.shape[0] ?? 0).fill(0))], 0);

type Weights = Pick<Cell, "kernel" | "recurrent" | "bias">;
const weights = (g: Builder, w: WeightTensors, bias: Tensor | undefined, order?: readonly number[]): Weights => {
  const turned = (it: Tensor | undefined) => {
    const kernel = needed(it, "a kernel");
    return g.transpose(order ? reordered(g, kernel, order) : kernel, 1, 0);
  };
  return { kernel: turned(w["kernel"]), recurrent: turned(w["recurrent_kernel"]), bias };
};

export function simpleCell(g: Builder, a: Values<typeof simple>, w: WeightTensors): Cell {
  const { bias } = w;
  return { op: "RNN", states: 1, activations: [a.activation], ...weights(g, w, bias && withZeros(g, bias)) };
}

/** Keras's gates are i f c o, ONNX's i o f c. */
export function lstmCell(g: Builder, a: Values<typeof gated>, w: WeightTensors): Cell {
  const order = [0, 3, 1, 2];
  const bias = w["bias"] && withZeros(g, reordered(g, w["bias"], order));
  const activations = [a.recurrent_activation, a.activation, a.activation];
  return { op: "LSTM", states: 2, activations, ...weights(g, w, bias, order) };
}

/** z r h in both; what `reset_after` says ONNX calls `linear_before_reset`, and then both biases are there. */
export function gruCell(g: Builder, a: Values<typeof grouped>, w: WeightTensors): Cell {
  const { bias } = w;
  const both = bias && (a.reset_after ? g.reshape(bias, [2 * (bias.shape[1] ?? 0)]) : withZeros(g, bias));
  const more = { linear_before_reset: a.reset_after ? 1 : 0 };
  return { op: "GRU", states: 1, activations: [a.recurrent_activation, a.activation], more, ...weights(g, w, both) };
}

/**
 * What a graphics card's LSTM (4 gates) and GRU (3) keep: the kernel of each gate lies the other way round, and
 * there are two biases. Source: `_convert_rnn_weights` in tf_keras.src.saving.legacy.hdf5_format.
 */
export function cuDnnCell(g: Builder, gates: 3 | 4, w: WeightTensors): Cell {
  const turned = (name: string, turn: (it: Tensor, rows: number, units: number) => Tensor) => {
    const kernel = needed(w[name], "a kernel");
    const [rows = 0, columns = 0] = kernel.shape;
    const parts = g.split(kernel, 1, Array<number>(gates).fill(columns / gates));
    return g.concat(
      parts.map((it) => turn(it, rows, columns / gates)),
      1,
    );
  };
  const kernel = turned("kernel", (it, rows, units) => g.transpose(g.reshape(it, [units, rows]), 1, 0));
  const recurrent = turned("recurrent_kernel", (it) => g.transpose(it, 1, 0));
  const bias = needed(w["bias"], "a bias");
  const [size = 0] = bias.shape;
  const both = { kernel, recurrent_kernel: recurrent, bias: g.reshape(bias, [2, size / 2]) };
  const activations = { activation: "tanh", recurrent_activation: "sigmoid" };
  if (gates === 3) return gruCell(g, { ...activations, reset_after: true }, both);
  return lstmCell(g, activations, { ...both, bias: g.reduce("ReduceSum", both.bias, [0]) });
}

const only = <A extends ArgSpecs>(args: A, cell: LayerHandle): Values<A> => {
  const [a, other] = casesOf(args, (cell.args ?? {}) as Parameters<typeof casesOf>[1]);
  return a === undefined || other !== undefined ? refuse(`the arguments of its ${cell.type} are not known`) : a;
};
/** A cell that was given to RNN. */
function cellOf(g: Builder, cell: LayerHandle, w: WeightTensors): Cell {
  if (cell.type === "SimpleRNNCell") return simpleCell(g, only(simple, cell), w);
  if (cell.type === "LSTMCell") return lstmCell(g, only(gated, cell), w);
  if (cell.type === "GRUCell") return gruCell(g, only(grouped, cell), w);
  return refuse(`its cell ${cell.type} is not lowered`);
}
/** The same of cells on each other, in whose place a stack may be told. */
export function cellsOf(g: Builder, stack: Given, w: WeightTensors): readonly Cell[] {
  const named = (i: number): WeightTensors => (isList(stack) ? weightsBehind(`${i}/`, w) : w);
  return listOf(stack).map((it, i) => (isHandle(it) ? cellOf(g, it, named(i)) : refuse("its cell is not known")));
}
