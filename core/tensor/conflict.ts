import type { Dim } from "./dim.ts";
import { type AnyShape, hasRank, type Shape } from "./shape.ts";

/** Why shapes certainly do not go together: the name of the constraint, in kebab-case, and the sizes that break it. */
export interface Conflict {
  readonly conflict: string;
  readonly detail: string;
  /** Of a reshape: how many elements there are, along which axes, and what they were to become. */
  readonly reshape?: { readonly elements: Dim; readonly from: readonly Dim[]; readonly target: readonly Dim[] };
}
export const conflict = (name: string, detail: string): Conflict => ({ conflict: name, detail });
export const isConflict = (it: object): it is Conflict => "conflict" in it && typeof it.conflict === "string";

/** A shape, or why there is none. */
export type ShapeResult = AnyShape | Conflict;

/** Applies a rule that needs the rank; an unknown rank stays unknown. */
export const withRank = <T>(it: AnyShape, rule: (shape: Shape) => T): T | Exclude<AnyShape, Shape> =>
  hasRank(it) ? rule(it) : it;
