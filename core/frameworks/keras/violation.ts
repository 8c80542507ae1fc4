import { NONE } from "../../tensor/dim.ts";
import { printShape, Shape } from "../../tensor/shape.ts";
import type { Weight } from "./define.ts";

/**
 * A named constraint that certainly does not hold: Keras raises. `code` is the diagnostic's; `argument` is what to
 * underline, or else the call.
 */
export interface Violation {
  readonly constraint: string;
  readonly code:
    | "bad-argument"
    | "shared-layer-shape"
    | "incompatible-input"
    | "incompatible-shapes"
    | "bad-reshape"
    | "empty-output"
    | "undefined-last-axis";
  readonly argument?: string | undefined;
  readonly message: string;
}
export const NONE_VIOLATED: readonly Violation[] = [];
/** `holds` must be false only where the constraint certainly fails. */
export const check = (
  holds: boolean,
  constraint: string,
  message: string,
  where: { readonly argument?: string; readonly code?: Violation["code"] } = {},
): readonly Violation[] =>
  holds
    ? NONE_VIOLATED
    : [
        {
          constraint,
          code: where.code ?? (where.argument === undefined ? "incompatible-input" : "bad-argument"),
          argument: where.argument,
          message,
        },
      ];

/** Keras's own words: `expected ndim=3, found ndim=2`. */
export function rankViolation(
  name: string,
  x: Shape,
  rank?: number,
  minRank?: number,
  maxRank?: number,
): readonly Violation[] | undefined {
  const fits = (rank === undefined || x.rank === rank) && x.rank >= (minRank ?? 0) && x.rank <= (maxRank ?? Infinity);
  if (fits) return undefined;
  const wanted =
    rank !== undefined
      ? `ndim=${rank}`
      : minRank !== undefined && x.rank < minRank
        ? `min_ndim=${minRank}`
        : `max_ndim=${maxRank}`;
  return check(false, "input-rank", `${name} expects an input of ${wanted}; this one has ndim=${x.rank}`);
}

/** `Shapes used to initialize variables must be fully-defined`, in keras.src.backend.common.variables. */
export function undefinedSizes(weights: readonly Weight[]): readonly Violation[] {
  const weight = weights.find(({ shape }) => shape.includes(NONE));
  if (weight === undefined) return NONE_VIOLATED;
  const text = `${weight.name} ${printShape(new Shape(weight.shape))}`;
  return check(
    false,
    "weights-defined",
    `a weight needs a size for every axis, and this would be ${text}: give the input a number in place of that None`,
    { code: "undefined-last-axis" },
  );
}
