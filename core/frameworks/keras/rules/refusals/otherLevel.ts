import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { hasRank, identicalShapes, type Shape } from "../../../../tensor/shape.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { isSymbolic } from "../../runtime/tensors.ts";
import type { Explanation } from "./index.ts";

/**
 * A tensor of another level of a network is merged: `c1` where `c2`, named and made like it, has the rows and columns
 * of the one that it is merged with.
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
  const name = tensors.find(({ value }) => value.id === given.id)?.name;
  const stem = /^(?<stem>\D+)\d+$/.exec(name ?? "")?.groups?.["stem"];
  if (name === undefined || stem === undefined) return undefined;
  const fitting = tensors.filter(
    (it) =>
      it.name !== name &&
      new RegExp(`^${stem}\\d+$`).test(it.name) &&
      hasRank(it.value.shape) &&
      identicalShapes(it.value.shape.slice(0, -1), other.slice(0, -1)),
  );
  const [only] = fitting;
  if (only === undefined || fitting.length !== 1) return undefined;
  const edit = { place: merge.called ?? merge.place, text: `${index} ${only.name}`, form: "item" };
  return { repairs: [{ title: `${only.name}, which has as many rows and columns`, preferred: true, edits: [edit] }] };
}
