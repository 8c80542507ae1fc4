import { identical } from "../../tensor/dim.ts";
import { joinShapes } from "../../tensor/shape.ts";
import type { TensorType } from "../../tensor/type.ts";
import type { Inference, Violation, Weight } from "./define.ts";

/** What holds whatever an argument is that may be one thing or another. */

/** What both cases violate. */
export const certain = (a: readonly Violation[], b: readonly Violation[]): readonly Violation[] =>
  a.filter((v) => b.some((w) => w.constraint === v.constraint));

/** What both cases support: a violation only if it is certain, a shape only as far as they agree. */
export function joined(a: Inference, b: Inference): Inference {
  const weights = sameWeights(a.weights, b.weights);
  const sameNesting = JSON.stringify(a.nesting) === JSON.stringify(b.nesting);
  return {
    violations: certain(a.violations, b.violations),
    outputs: sameNesting ? joinedOutputs(a.outputs, b.outputs) : undefined,
    nesting: sameNesting ? a.nesting : undefined,
    weights: weights ? a.weights : [],
    weightsUnknown:
      a.weightsUnknown ?? b.weightsUnknown ?? (weights ? undefined : "an argument that decides them is not known"),
  };
}
const sameWeights = (a: readonly Weight[], b: readonly Weight[]): boolean =>
  a.length === b.length &&
  a.every((w, i) => {
    const other = b[i]?.shape ?? [];
    return (
      w.name === b[i]?.name &&
      w.trainable === b[i]?.trainable &&
      w.shape.length === other.length &&
      w.shape.every((d, j) => identical(d, other[j] ?? 0))
    );
  });

function joinedOutputs(a: Inference["outputs"], b: Inference["outputs"]): Inference["outputs"] {
  if (a === undefined || b === undefined) return undefined;
  const type = (x: TensorType, y: TensorType): TensorType => ({
    shape: joinShapes(x.shape, y.shape),
    dtype: x.dtype === y.dtype ? x.dtype : undefined,
  });
  if ("shape" in a) return "shape" in b ? type(a, b) : undefined;
  if ("shape" in b || a.length !== b.length) return undefined;
  return a.map((it, i) => type(it, b[i] ?? it));
}
