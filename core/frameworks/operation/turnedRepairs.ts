import type { PlacedEdit, Repair } from "../../interpreter/record.ts";
import type { Place, TensorValue } from "../../interpreter/values.ts";
import type { Conflict } from "../../tensor/conflict.ts";
import { provablyEqual } from "../../tensor/dim.ts";
import { isRanked } from "./ranked.ts";

/**
 * A matrix product whose operands have the axis that is summed at the same place, as queries and keys have their
 * features: one of them is transposed, the second before all. `name` is the operation's: `keras.ops.matmul`, `@`.
 */
export function turnedRepairs(
  name: string,
  { conflict }: Conflict,
  operands: readonly TensorValue[],
  place: Place,
): readonly Repair[] {
  const [a, b] = operands;
  if (conflict !== "inner-axes-equal" || !/(?:^@|\.matmul|\.dot)$/.test(name) || operands.length !== 2) return [];
  if (a === undefined || b === undefined || !isRanked(a) || !isRanked(b)) return [];
  if (a.shape.rank < 2 || b.shape.rank < 2) return [];
  const isNumpy = /^(?:numpy|ndarray)\./.test(name) || a.family.name === "ARRAY";
  const edit = (index: 0 | 1, rank: number): PlacedEdit => {
    const turned = isNumpy && rank === 2 ? ".T" : `${isNumpy ? "numpy" : "ops"}.swapaxes …, -1, -2`;
    const text = name === "tensorflow.matmul" ? `, transpose_${index === 0 ? "a" : "b"}=True` : turned;
    return { place, text: `${index} ${text}`, form: "turned operand" };
  };
  const repairs: Repair[] = [];
  if (provablyEqual(a.shape.last, b.shape.last))
    repairs.push({ title: "Transpose the second", preferred: true, edits: [edit(1, b.shape.rank)] });
  if (provablyEqual(a.shape.at(-2), b.shape.at(-2)))
    repairs.push({ title: "Transpose the first", preferred: repairs.length === 0, edits: [edit(0, a.shape.rank)] });
  return repairs;
}
