import { callValue } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { whileTraced } from "../../../interpreter/noneSize.ts";
import {
  type Args,
  entry,
  int,
  type NativeValue,
  native,
  numberOf,
  positional,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { argument, cond, entryOf, lengthOf, looped, mapped, switched, whileLoop } from "../../operation/control.ts";
import { ranEach, roundsBetween, runsEach } from "../../operation/rounds.ts";
import { bare } from "../../operation/settled.ts";
import { tensorsIn } from "../../operation.ts";
import { runsAgain } from "../runtime/graph.ts";
import { EAGER, isSymbolic, newTensor } from "../runtime/tensors.ts";

/** keras.ops that take functions. */

function scanned(m: Machine, args: Args): Value {
  const [f, initial, xs] = [argument(args, "f", 0), argument(args, "init", 1), argument(args, "xs", 2)];
  if (xs.kind === "none") return unknown("a scan over nothing but a number of steps");
  const length = lengthOf(m, xs);
  const isReversed = argument(args, "reverse", 4);
  if (runsEach(m, length) && (isReversed.kind === "none" || (isReversed.kind === "bool" && !isReversed.value)))
    return ranScan(m, f, initial, xs, length);
  // The function takes the carry and one element, and gives both again: the carry keeps its shape.
  const step = native("scan", (machine, { list: [x] }) => {
    const result = callValue(machine, f, positional(initial, x?.value ?? initial));
    return result.kind === "tuple" ? (result.items[1] ?? unknown("what f yields")) : unknown("f yields no pair");
  });
  return { kind: "tuple", items: [looped(m, initial, "Scan"), mapped(m, step, xs, "Scan")] };
}

function ranScan(m: Machine, f: Value, initial: Value, xs: Value, length: number): Value {
  let carry = initial;
  const ys = ranEach(m, length, (i) => {
    const result = callValue(m, f, positional(carry, entryOf(m, xs, i)));
    const [next, y] = result.kind === "tuple" ? result.items : [];
    carry = next ?? unknown("f yields no pair");
    return y ?? unknown("f yields no pair");
  });
  return { kind: "tuple", items: [carry, ys ?? unknown("what f yields for each element")] };
}

/** Every element together with those before it: what the function makes of two slices, as long as what it is given. */
function associated(m: Machine, args: Args): Value {
  const [elements, axis] = [argument(args, "elems", 1), numberOf(argument(args, "axis", 3)) ?? 0];
  if (elements.kind === "tensor" && hasRank(elements.shape) && normaliseAxis(axis, elements.shape.rank) === undefined)
    return unknown(`there is no axis ${axis} to scan along`);
  return looped(m, callValue(m, argument(args, "f", 0), positional(elements, elements)), "AssociativeScan");
}

/** A loop's variables are tensors when it is done, though it begins with numbers. */
function variables(m: Machine, value: Value): Value {
  if (value.kind === "tuple") return { ...value, items: value.items.map((it) => variables(m, it)) };
  const dtype = value.kind === "int" ? "int32" : value.kind === "float" ? "float32" : undefined;
  return dtype === undefined ? value : newTensor(m, { shape: new Shape([]), dtype }, EAGER, false);
}

/** An operation of a model's graph, which runs again with the function that it was given. */
function again(name: string, call: NativeValue["call"]): readonly [string, NativeValue] {
  const own: NativeValue = native(name, (m, args) => {
    // On what is symbolic the function is run as Keras traces one, on the backend's own tensors.
    const given = tensorsIn(m, args).filter(isSymbolic);
    const made = given.length > 0 ? whileTraced(m, () => call(m, args)) : call(m, args);
    if (made.kind === "tensor" && isSymbolic(made) && m.tracer === undefined)
      runsAgain(m, made, given, { function: own, args: bare(m, args) });
    return made;
  });
  return [name, own];
}

/** One round tells whether the value keeps its shape; if not, all of them are gone round, where they are few. */
function foriLoop(m: Machine, args: Args, body: Value, initial: Value): Value {
  const [from, to] = [numberOf(argument(args, "lower", 0)), numberOf(argument(args, "upper", 1))];
  const count = from === undefined || to === undefined ? undefined : Math.max(0, to - from);
  if (count === 0) return initial;
  const place = newTensor(m, { shape: new Shape([]), dtype: "int32" }, EAGER, false);
  const round = (value: Value): Value => callValue(m, body, positional(place, value));
  const first = round(initial);
  const [was, is] = [initial, first].map((it) =>
    it.kind === "tensor" && hasRank(it.shape) ? printShape(it.shape) : "",
  );
  if (was === is) return looped(m, first, "ForiLoop");
  if (count === undefined || count > MOST_ROUNDS) return unknown("the shape changes in every round");
  let value = first;
  for (let i = 1; i < count; i++) value = round(value);
  return value;
}
const MOST_ROUNDS = 16;

export const CONTROL: readonly (readonly [string, NativeValue])[] = [
  entry("keras.ops.cond", cond),
  entry("keras.ops.switch", (m, args) =>
    switched(
      m,
      argument(args, "branches", 1),
      args.list
        .filter((it) => it.name === undefined)
        .slice(2)
        .map((it) => it.value),
    ),
  ),
  again("keras.ops.map", (m, args) => mapped(m, argument(args, "f", 0), argument(args, "xs", 1), "Map")),
  again("keras.ops.vectorized_map", (m, args) =>
    mapped(m, argument(args, "function", 0), argument(args, "elements", 1), "VectorizedMap"),
  ),
  entry("keras.ops.while_loop", (m, args) => whileLoop(m, args, variables(m, argument(args, "loop_vars", 2)))),
  again("keras.ops.fori_loop", (m, args) => {
    const initial = argument(args, "init_val", 3);
    const rounds = roundsBetween(m, argument(args, "lower", 0), argument(args, "upper", 1));
    const body = argument(args, "body_fun", 2);
    // The symbolic form does not ask the body.
    if (rounds === undefined && initial.kind === "tensor" && isSymbolic(initial)) return looped(m, initial, "ForiLoop");
    if (rounds === undefined) return foriLoop(m, args, body, variables(m, initial));
    return rounds.reduce<Value>((value, i) => callValue(m, body, positional(int(i), value)), initial);
  }),
  entry("keras.ops.scan", scanned),
  entry("keras.ops.associative_scan", associated),
  // What it gives, without the function that gives the gradient.
  entry("keras.ops.custom_gradient", (_, args) => {
    const f = argument(args, "f", 0);
    return native("custom_gradient", (m, given) => {
      if (given.list.some(({ value }) => value.kind === "tensor" && isSymbolic(value)))
        return unknown("TensorFlow differentiates no symbolic tensors");
      const result = callValue(m, f, given);
      return result.kind === "tuple" ? (result.items[0] ?? result) : unknown("f yields no pair");
    });
  }),
];
