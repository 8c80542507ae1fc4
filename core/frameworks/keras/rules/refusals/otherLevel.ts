import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { hasRank, identicalShapes, type Shape } from "../../../../tensor/shape.ts";
import { madeBy } from "../../runtime/graph.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { isSymbolic } from "../../runtime/tensors.ts";
import type { Explanation } from "./index.ts";

interface Named {
  readonly name: string;
  readonly value: TensorValue;
}

/**
 * A tensor of another level of a network is merged: `c1` where `c2`, named and made like it, has the rows and columns
 * of the one that it is merged with; or what a pooling gave where what it was given has them.
 */
export function otherLevel(
  m: Machine,
  merge: LayerRecord,
  given: TensorValue,
  index: number,
  other: Shape,
): Explanation | undefined {
  const tensors = variablesIn(m, m.scope).flatMap(([name, value]) =>
    value.kind === "tensor" && isSymbolic(value) ? [{ name, value }] : [],
  );
  const isFitting = ({ shape }: TensorValue) =>
    hasRank(shape) && identicalShapes(shape.slice(0, -1), other.slice(0, -1));
  const fresh = alike(tensors, given, isFitting) ?? before(m, tensors, given, isFitting);
  if (fresh === undefined) return undefined;
  const edit = { place: merge.called ?? merge.place, text: `${index} ${fresh.name}`, form: "item" };
  return { repairs: [{ title: `${fresh.name}, which has as many rows and columns`, preferred: true, edits: [edit] }] };
}

/** The only one that fits of those that are numbered as it is. */
function alike(
  tensors: readonly Named[],
  given: TensorValue,
  isFitting: (it: TensorValue) => boolean,
): Named | undefined {
  const name = tensors.find(({ value }) => value.id === given.id)?.name;
  const stem = /^(?<stem>\D+)\d+$/.exec(name ?? "")?.groups?.["stem"];
  if (stem === undefined) return undefined;
  const like = new RegExp(`^${stem}\\d+$`);
  const fitting = tensors.filter((it) => it.name !== name && like.test(it.name) && isFitting(it.value));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What a pooling was given. */
function before(
  m: Machine,
  tensors: readonly Named[],
  given: TensorValue,
  isFitting: (it: TensorValue) => boolean,
): Named | undefined {
  const made = madeBy(m, given);
  const [input] = made?.inputs ?? [];
  if (made === undefined || input === undefined || !/Pooling\dD$/.test(recordOf(m, made.layer)?.declared ?? ""))
    return undefined;
  return isFitting(input) ? tensors.find(({ value }) => value.id === input.id) : undefined;
}
