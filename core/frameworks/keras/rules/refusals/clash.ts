import type { TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, provablyDifferent } from "../../../../tensor/dim.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import type { LayerRecord } from "../../runtime/records.ts";

/** Two tensors that a merge does not take together. */
export interface Pair {
  readonly a: Ranked;
  readonly b: Ranked;
  /** Which of the tensors they are. */
  readonly at: { readonly a: number; readonly b: number };
  /** The axes along which they differ. */
  readonly axes: readonly number[];
}
/** They differ in rows, columns or steps, and not in what each of them holds. */
export const isSpatial = ({ a, axes }: Pair): boolean =>
  axes.length > 0 && axes.every((axis) => axis < a.shape.rank - 1);

/** The first two that do not go together. */
export function clash({ declared, args }: LayerRecord, tensors: readonly TensorValue[]): Pair | undefined {
  const [a, ...others] = tensors.filter(isRanked);
  if (a === undefined || others.length !== tensors.length - 1) return undefined;
  const said = args["axis"]?.value;
  const axis = declared === "Concatenate" ? (said?.kind === "int" ? Number(said.size) : -1) : undefined;
  for (const [i, b] of others.entries()) {
    const at = { a: 0, b: i + 1 };
    if (a.shape.rank !== b.shape.rank) return { a, b, at, axes: [] };
    const joined = axis === undefined ? undefined : axis < 0 ? a.shape.rank + axis : axis;
    const isUnlike = (x: Dim, y: Dim) =>
      provablyDifferent(x, y) && (declared === "Concatenate" || declared === "Dot" || (x !== 1 && y !== 1));
    const axes = a.shape.dims.flatMap((dim, i) => (i > 0 && i !== joined && isUnlike(dim, b.shape.at(i)) ? [i] : []));
    if (axes.length > 0) return { a, b, at, axes };
  }
  return undefined;
}
