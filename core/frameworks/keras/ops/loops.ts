import { callValue } from "../../../interpreter/calls.ts";
import { listOf, makeList } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  entry,
  int,
  type NativeValue,
  positional,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { withRank } from "../../../tensor/conflict.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { argument, looped, renewed } from "../../operation/control.ts";
import { tensor } from "../../operation.ts";
import { EAGER } from "../../tensorflow/eagerTensor.ts";

/** keras.backend's loops over time and over elements, and what derivatives are shaped like. */

const items = (m: Machine, value: Value): readonly Value[] =>
  value.kind === "tuple"
    ? value.items
    : value.kind === "list"
      ? listOf(m, value).items
      : value.kind === "none"
        ? []
        : [value];
const at = (m: Machine, x: TensorValue, axis: number): Value =>
  axis === 0
    ? x.family.subscript(m, x, int(0))
    : { ...x, shape: withRank(x.shape, (it) => it.remove(1)) as AnyShape, facts: undefined, id: m.fresh() };

/** `K.rnn(step_function, inputs, initial_states, …)`: the last output, all of them, and the states. */
function rnn(m: Machine, args: Args): Value {
  const inputs = argument(args, "inputs", 1);
  if (inputs.kind !== "tensor") return unknown("a recurrence over several inputs");
  const isTimeFirst = argument(args, "time_major", 8);
  if (isTimeFirst.kind === "bool" && isTimeFirst.value) return unknown("a recurrence with the time axis first");
  const states = argument(args, "initial_states", 2);
  const constants = items(m, argument(args, "constants", 5));
  const given = makeList(m, [...items(m, states), ...constants]);
  const step = callValue(m, argument(args, "step_function", 0), positional(at(m, inputs, 1), given));
  const [output, after] = items(m, step);
  if (output === undefined || after === undefined) return unknown("the step yields no pair of output and states");
  const steps = hasRank(inputs.shape) ? inputs.shape.at(1) : undefined;
  const sequence = renewed(m, output, "Rnn", (it) => ({
    shape:
      steps === undefined ? unknownRank("its length") : (withRank(it.shape, (one) => one.insert(1, steps)) as AnyShape),
  }));
  return tuple([looped(m, output, "Rnn"), sequence, looped(m, after, "Rnn")]);
}

/** `K.foldl(fn, elems, initializer)`: what is gathered keeps its shape. */
function folded(m: Machine, args: Args): Value {
  const [elements, initial] = [argument(args, "elems", 1), argument(args, "initializer", 2)];
  if (elements.kind !== "tensor") return unknown("a fold over several tensors");
  const first = at(m, elements, 0);
  return looped(
    m,
    callValue(m, argument(args, "fn", 0), positional(initial.kind === "none" ? first : initial, first)),
    "Fold",
  );
}

/** `K.gradients(loss, variables)`: one for each variable, shaped like it. */
function gradients(m: Machine, args: Args): Value {
  const like = (it: Value): Value =>
    it.kind === "tensor" ? { ...it, id: m.fresh(), facts: undefined, origin: m.here } : unknown("a gradient");
  return makeList(m, items(m, argument(args, "variables", 1)).map(like));
}

const shown = ({ shape }: TensorValue): string => (hasRank(shape) ? printShape(shape) : "?");

/** `keras.ops.jvp(fun, primals, tangents)`: what the function yields, and its change: of one shape. */
function jvp(m: Machine, args: Args): Value {
  const has = argument(args, "has_aux", 3);
  const [primals, tangents] = [items(m, argument(args, "primals", 1)), items(m, argument(args, "tangents", 2))];
  const forms = [primals, tangents].map((all) => all.map((it) => it.kind === "tensor" && shown(it)).join(" "));
  if (forms[0] !== forms[1]) return unknown("a tangent is wanted for each primal, of its form");
  const result = callValue(m, argument(args, "fun", 0), positional(...primals));
  const hasMore = has.kind === "bool" && has.value;
  const [output, more] = hasMore ? items(m, result) : [result];
  if (output === undefined) return unknown("what the function yields");
  const pair = [looped(m, output, "Jvp"), looped(m, output, "Jvp")];
  return tuple(hasMore && more !== undefined ? [...pair, more] : pair);
}

/** `K.ctc_decode(y_pred, input_length, greedy, beam_width, top_paths)`: a list of texts, and how likely each is. */
function decoded(m: Machine, args: Args): Value {
  const [y, greedy, paths] = [argument(args, "y_pred", 0), argument(args, "greedy", 2), argument(args, "top_paths", 4)];
  const several = paths.kind === "none" ? 1 : paths.kind === "int" ? paths.size : undefined;
  const count = greedy.kind === "none" || (greedy.kind === "bool" && greedy.value) ? 1 : several;
  if (y.kind !== "tensor" || y.family.isSymbolic || !hasRank(y.shape) || typeof count !== "number" || count > 64)
    return unknown("what is decoded is not known");
  const batch = y.shape.at(0);
  const longest = unknownDim("the longest text says");
  const texts = Array.from({ length: Math.max(0, count) }, () =>
    tensor(m, EAGER, new Shape([batch, longest]), "int64", { assumed: y.assumed }),
  );
  return tuple([makeList(m, texts), tensor(m, EAGER, new Shape([batch, count]), "float32", { assumed: y.assumed })]);
}

export const LOOPS: readonly (readonly [string, NativeValue])[] = [
  entry("keras.backend.rnn", rnn),
  entry("keras.backend.foldl", folded),
  entry("keras.backend.foldr", folded),
  entry("keras.backend.ctc_decode", decoded),
  entry("keras.backend.gradients", gradients),
  entry("keras.ops.jvp", jvp),
  entry("keras.ops.vectorize", () => unknown("keras.ops.vectorize is for JAX: with TensorFlow it raises")),
];
