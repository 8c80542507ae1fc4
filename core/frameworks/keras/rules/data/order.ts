import type { Repair } from "../../../../interpreter/record.ts";
import { provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import type { Given } from "./adapt.ts";

/** Most inputs that are tried in other orders. */
const MOST = 4;

/** The order in which the tensors would fit the inputs, if there is one: the place of each input's tensor. */
export function otherOrder(
  expected: readonly TensorType[],
  given: readonly TensorType[],
): readonly number[] | undefined {
  if (expected.length !== given.length || given.length < 2 || given.length > MOST) return undefined;
  return permutations(given.map((_, i) => i)).find((order) =>
    order.every((at, i) => fits(expected[i] as TensorType, given[at] as TensorType)),
  );
}

const permutations = (of: readonly number[]): readonly (readonly number[])[] =>
  of.length === 0
    ? [[]]
    : of.flatMap((it) => permutations(of.filter((one) => one !== it)).map((rest) => [it, ...rest]));

function fits({ shape: wanted }: TensorType, { shape: found }: TensorType): boolean {
  if (!hasRank(wanted) || !hasRank(found) || wanted.rank !== found.rank) return false;
  return wanted.dims.slice(1).every((dim, i) => !provablyDifferent(dim, found.at(i + 1)));
}

/** The list that was given, in that order. */
export function reordered({ arg }: Given, order: readonly number[]): readonly Repair[] {
  const { node, place } = arg ?? {};
  if (place === undefined || (node?.kind !== "List" && node?.kind !== "Tuple")) return [];
  const edit = { place, text: order.join(" "), form: "reorder" };
  return [{ title: "In the order of the model's inputs", preferred: true, edits: [edit] }];
}
