import { listOf, makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import type { Args, TensorValue, Value } from "../../interpreter/values.ts";

/** Arrays that the program has written into since, as they are by now: the arguments may hold them in lists. */
export function settled(m: Machine, args: Args, inputs: readonly TensorValue[]): Args {
  if (m.isRemaking || inputs.every((it) => now(m, it) === it)) return args;
  return { ...args, list: args.list.map((it) => ({ ...it, value: replaced(m, it.value, (array) => now(m, array)) })) };
}
const now = (m: Machine, it: TensorValue): TensorValue => it.family.current?.(m, it) ?? it;

/** The same structure with each tensor replaced. */
export function replaced(m: Machine, value: Value, change: (tensor: TensorValue) => TensorValue): Value {
  if (value.kind === "tensor") return change(value);
  if (value.kind === "tuple") return { ...value, items: value.items.map((it) => replaced(m, it, change)) };
  if (value.kind !== "list") return value;
  const { items, rest } = listOf(m, value);
  const list = items.map((it) => replaced(m, it, change));
  return list.every((it, i) => it === items[i]) ? value : makeList(m, list, rest);
}

/** Arguments without the text that they came from. A list of tensors is copied: the program may change its own. */
export function bare(m: Machine, { list, open }: Args): Args {
  const plain = list.map(({ name, value }) => ({ name, value: kept(m, value) }));
  return open === undefined ? { list: plain } : { list: plain, open };
}
function kept(m: Machine, value: Value): Value {
  if (value.kind !== "list") return value;
  const { items, rest } = listOf(m, value);
  return items.some((it) => it.kind === "tensor") ? makeList(m, items, rest) : value;
}
