import { callValue } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  entry,
  int,
  type NativeValue,
  native,
  positional,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { Shape } from "../../../tensor/shape.ts";
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
  const elements = argument(args, "elems", 1);
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
    const made = call(m, args);
    if (made.kind === "tensor" && isSymbolic(made) && m.tracer === undefined)
      runsAgain(m, made, tensorsIn(m, args).filter(isSymbolic), { function: own, args: bare(m, args) });
    return made;
  });
  return [name, own];
}

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
    if (rounds === undefined) return looped(m, variables(m, initial), "ForiLoop");
    return rounds.reduce<Value>((value, i) => callValue(m, body, positional(int(i), value)), initial);
  }),
  entry("keras.ops.scan", scanned),
  entry("keras.ops.associative_scan", associated),
  entry("keras.ops.custom_gradient", (_, args) => argument(args, "f", 0)),
];
