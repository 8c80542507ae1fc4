import { dictOf, itemsOf, listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { reasonOf, type TensorValue, type Value } from "../../../interpreter/values.ts";

/** What a tuple, a list or a dictionary holds, as far as that is known. */
export function partsOf(m: Machine, value: Value): readonly Value[] {
  if (value.kind === "tuple") return value.items;
  if (value.kind === "list") return listOf(m, value).items;
  return value.kind === "dict" ? [...dictOf(m, value).entries.values()].map((it) => it.value) : [];
}

/**
 * Tensors in a value, flattened as Keras flattens: dictionaries by sorted keys. Undefined where something is not known.
 */
export function flatTensors(m: Machine, value: Value): readonly TensorValue[] | undefined {
  if (value.kind === "tensor") return [value];
  if (value.kind === "none") return [];
  let parts = itemsOf(m, value);
  if (value.kind === "dict" && dictOf(m, value).open === undefined) {
    const sorted = [...dictOf(m, value).entries].sort(([a], [b]) => (a < b ? -1 : 1));
    parts = sorted.map(([, entry]) => entry.value);
  }
  const flat = parts?.map((part) => flatTensors(m, part));
  return flat === undefined || flat.includes(undefined) ? undefined : flat.flatMap((it) => it ?? []);
}

/** Why a value is not all tensors: what is not known in it, or in what it holds. */
export function reasonInside(m: Machine, value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "list" && listOf(m, value).rest !== undefined) return listOf(m, value).rest?.reason;
  return (
    reasonOf(value) ??
    partsOf(m, value).reduce<string | undefined>((why, part) => why ?? reasonInside(m, part), undefined)
  );
}
