import { callValue } from "../../interpreter/calls.ts";
import { listOf, makeList } from "../../interpreter/containers.ts";
import { joinValues } from "../../interpreter/join.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { truth } from "../../interpreter/operators.ts";
import {
  type Args,
  int,
  NONE_VALUE,
  positional,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { withRank } from "../../tensor/conflict.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank } from "../../tensor/shape.ts";
import { notRun, ranCond, ranEach, ranWhile, runsEach } from "./rounds.ts";

/** Functions that take functions: a branch is run, and what it yields is known. */

const UNALIKE = unknown("what the function yields for each element");

/** An argument by name or place. */
export const argument = ({ list }: Args, name: string, position: number): Value =>
  list.find((arg) => arg.name === name)?.value ??
  list.filter((arg) => arg.name === undefined)[position]?.value ??
  NONE_VALUE;

/** New tensors in the place of a value's, with what `change` makes of them. */
export function renewed(
  m: Machine,
  value: Value,
  type: string,
  change: (it: TensorValue) => Partial<TensorValue>,
): Value {
  const again = (it: Value): Value => renewed(m, it, type, change);
  if (value.kind === "tuple") return { ...value, items: value.items.map(again) };
  if (value.kind === "list") {
    const { items, rest } = listOf(m, value);
    return rest === undefined ? makeList(m, items.map(again)) : unknown(rest.reason);
  }
  if (value.kind === "dict") return unknown("a dictionary of tensors is not followed here");
  if (value.kind !== "tensor") return value;
  const made: TensorValue = { ...value, facts: undefined, ...change(value), id: m.fresh(), origin: m.here };
  value.family.record?.(m, type, [value], [made]);
  notRun(m, type, [value], made);
  return made;
}

/** `cond(pred, true_fn, false_fn)`: both are run; what they yield must be alike. */
export function cond(m: Machine, args: Args): Value {
  const predicate = argument(args, "pred", 0);
  const decided = truth(m, predicate);
  const [yes, no] = [argument(args, "true_fn", 1), argument(args, "false_fn", 2)];
  const first = decided === false ? undefined : callValue(m, yes, positional());
  const second = decided === true ? undefined : callValue(m, no, positional());
  if (m.tracer !== undefined) return ranCond(m, predicate, first, second);
  const both = first === undefined || second === undefined ? (first ?? second) : joinValues(first, second);
  return both === undefined ? unknown("what the branches yield") : renewed(m, both, "Cond", () => ({}));
}

/** One of several functions, all with the same operands. */
export function switched(m: Machine, branches: Value, operands: readonly Value[]): Value {
  const items = branches.kind === "list" ? listOf(m, branches).items : branches.kind === "tuple" ? branches.items : [];
  const results = items.map((branch) => callValue(m, branch, positional(...operands)));
  return results.length === 0
    ? unknown("which branches there are")
    : renewed(m, results.reduce(joinValues), "Switch", () => ({}));
}

/** The first axis of the tensors that a function is mapped over. */
export function lengthOf(m: Machine, value: Value): Dim {
  if (value.kind === "tensor") return hasRank(value.shape) ? value.shape.at(0) : unknownDim(value.shape.reason);
  const [first] = value.kind === "tuple" ? value.items : value.kind === "list" ? listOf(m, value).items : [];
  return first === undefined ? unknownDim("what is mapped over") : lengthOf(m, first);
}
/** One element of each. */
export function entryOf(m: Machine, value: Value, at: number): Value {
  if (value.kind === "tensor") return value.family.subscript(m, value, int(at));
  if (value.kind === "tuple") return { ...value, items: value.items.map((it) => entryOf(m, it, at)) };
  return value.kind === "list"
    ? makeList(
        m,
        listOf(m, value).items.map((it) => entryOf(m, it, at)),
      )
    : value;
}

/** `map(f, xs)`: f of one element, stacked. */
export function mapped(m: Machine, f: Value, xs: Value, type: string, dtype?: DType | undefined): Value {
  const length = lengthOf(m, xs);
  if (runsEach(m, length))
    return ranEach(m, length, (i) => callValue(m, f, positional(entryOf(m, xs, i))), dtype) ?? UNALIKE;
  return stackedOn(m, callValue(m, f, positional(entryOf(m, xs, 0))), length, type, dtype);
}
/** As many of a value's tensors, on a first axis. */
export function stackedOn(m: Machine, value: Value, length: Dim, type: string, dtype?: DType | undefined): Value {
  const stacked = (shape: AnyShape): AnyShape => withRank(shape, (it) => it.insert(0, length));
  return renewed(m, value, type, (it) => ({ shape: stacked(it.shape), dtype: dtype ?? it.dtype }));
}

/** `while_loop(cond, body, loop_vars)`: a traced run goes round as long as it knows that it must. */
export function whileLoop(m: Machine, args: Args, variables: Value): Value {
  const [goesOn, body, initial] = ["cond", "body", "loop_vars"].map((name, i) => argument(args, name, i));
  if (goesOn === undefined || body === undefined || initial === undefined) return unknown("a loop over nothing");
  return ranWhile(m, goesOn, body, initial) ?? looped(m, variables, "WhileLoop");
}

/** A loop's variables keep their shapes, or the program fails. */
export function looped(m: Machine, initial: Value, type: string): Value {
  return renewed(m, initial, type, () => ({}));
}
