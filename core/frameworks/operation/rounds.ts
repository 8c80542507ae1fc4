import { callValue } from "../../interpreter/calls.ts";
import { itemsOf, listOf, makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { truth } from "../../interpreter/operators.ts";
import { int, numberOf, positional, type TensorValue, type Value } from "../../interpreter/values.ts";
import { withRank } from "../../tensor/conflict.ts";
import type { Dim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";

/**
 * Functions that take functions, where a program is traced on tensors of certain sizes: every round is run as it would
 * be, so that what runs is told of, and not only what it is shaped like.
 */

/** More rounds than that would be a long list of what runs. */
const MOST_ROUNDS = 64;

export const runsEach = (m: Machine, length: Dim): length is number =>
  m.tracer !== undefined && typeof length === "number" && length > 0 && length <= MOST_ROUNDS;

/** What each round yields, stacked; undefined where it is not the same structure of tensors in each. */
export function ranEach(m: Machine, count: number, round: (i: number) => Value, dtype?: DType): Value | undefined {
  return joined(
    m,
    Array.from({ length: count }, (_, i) => round(i)),
    (tensors, first) => {
      const shape = withRank(first.shape, (it) => it.insert(0, count));
      return told(m, "tensorflow.stack", tensors, { ...first, shape, dtype: dtype ?? first.dtype }, { axis: int(0) });
    },
  );
}

/** What the branch that is taken yields; where only the run decides, both are there to choose from. */
export function ranCond(m: Machine, condition: Value, yes: Value | undefined, no: Value | undefined): Value {
  const [only, other] = yes === undefined ? [no, undefined] : [yes, no];
  if (only === undefined) return UNDECIDED;
  if (other === undefined) return only;
  const chosen = joined(m, [only, other], (tensors, first) => {
    const [x1, x2] = tensors;
    const given = { condition, ...(x1 && { x1 }), ...(x2 && { x2 }) };
    return told(m, "tensorflow.where", condition.kind === "tensor" ? [condition, ...tensors] : tensors, first, given);
  });
  return chosen ?? UNDECIDED;
}
const UNDECIDED: Value = { kind: "unknown", reason: "what the branches yield" };

/** A number of rounds, or undefined where they are too many or nobody knows how many. */
export const roundsBetween = (m: Machine, from: Value, to: Value): readonly number[] | undefined => {
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === undefined || last === undefined || !runsEach(m, Math.max(1, last - first))) return undefined;
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
};

/** Rounds as long as the condition is known to hold; undefined where nobody knows whether one more is due. */
export function ranWhile(m: Machine, condition: Value, body: Value, initial: Value): Value | undefined {
  if (m.tracer === undefined) return undefined;
  const call = (f: Value, values: Value): Value => {
    const items = values.kind === "tuple" ? values.items : values.kind === "list" ? listOf(m, values).items : [values];
    return callValue(m, f, positional(...items));
  };
  let values = initial;
  for (let i = 0; i <= MOST_ROUNDS; i++) {
    const goesOn = truth(m, call(condition, values));
    if (goesOn === false) return values;
    if (goesOn === undefined) return undefined;
    values = call(body, values);
  }
  return undefined;
}

/** One value of several of the same structure, leaf by leaf. */
function joined(
  m: Machine,
  values: readonly Value[],
  leaf: (tensors: readonly TensorValue[], first: TensorValue) => Value,
): Value | undefined {
  const [first] = values;
  if (first?.kind === "tensor") {
    const tensors = values.filter((it) => it.kind === "tensor");
    return tensors.length === values.length ? leaf(tensors, first) : undefined;
  }
  const rows = values.map((it) => itemsOf(m, it));
  if (first === undefined || rows.some((it) => it === undefined || it.length !== rows[0]?.length)) return undefined;
  const items = (rows[0] ?? []).map((_, i) => {
    const column = rows.flatMap((it) => it?.[i] ?? []);
    return joined(m, column, leaf);
  });
  const known = items.filter((it) => it !== undefined);
  if (known.length < items.length) return undefined;
  return first.kind === "tuple" ? { ...first, items: known } : makeList(m, known);
}

/** That what was made of these tensors is not followed in a run. */
export function notRun(m: Machine, name: string, inputs: readonly TensorValue[], made: TensorValue): void {
  m.tracer?.({
    kind: "operation",
    name,
    argument: () => undefined,
    inputs,
    outputs: [made],
    place: m.blame ?? m.here,
  });
}

/** A new tensor, and that an operation of that name made it of these. */
function told(
  m: Machine,
  name: string,
  inputs: readonly TensorValue[],
  like: TensorValue,
  given: Readonly<Record<string, Value>>,
): TensorValue {
  const made: TensorValue = { ...like, facts: undefined, id: m.fresh(), origin: m.here };
  const place = m.blame ?? m.here;
  m.tracer?.({ kind: "operation", name, argument: (it) => given[it], inputs, outputs: [made], place });
  return made;
}
