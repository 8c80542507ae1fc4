import { provablyClash } from "../../../../tensor/broadcast.ts";
import { type Dim, isUnknown, provablyDifferent } from "../../../../tensor/dim.ts";
import { printShape, Shape } from "../../../../tensor/shape.ts";
import { isElementwise } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";

const EQUAL = new Set(["categorical_crossentropy", "binary_crossentropy", "binary_focal_crossentropy"]);

type Met = Pick<Meeting, "loss" | "label" | "output" | "batch">;

/** Why the loss certainly refuses the labels; the batch axes are taken to agree (keras.src.backend.tensorflow.nn). */
export function mismatch(met: Met): string | undefined {
  const { label, output } = met;
  if (isUnknown(output.shape.last)) return undefined;
  if (label.shape.rank === 0 || !isUnknown(label.shape.last)) return refused(met);
  // A last axis of 1 may go: whether it is one or not, it is refused.
  const ends: readonly Dim[] = [1, output.shape.last];
  const each = ends.map((last) => {
    const shape = new Shape([...label.shape.dims.slice(0, -1), last]);
    return refused({ ...met, label: { ...label, shape } });
  });
  return each.every((it) => it !== undefined) ? each[0] : undefined;
}

function refused({ loss, label, output, batch }: Met): string | undefined {
  if (loss === undefined) return undefined;
  const [y, scores] = sameRank(label.shape, output.shape);
  if (loss.name === "sparse_categorical_crossentropy") {
    const classes = y.rank === scores.rank && y.last === 1 ? y.slice(0, -1) : y;
    return classes.rank !== scores.rank - 1 || differ(classes, scores.slice(0, -1), provablyDifferent)
      ? `${loss.name} wants one class for each row of scores, ${printShape(scores.slice(0, -1))}`
      : undefined;
  }
  // It makes each label a row of its own, so that labels which are rows already meet the predictions one axis off.
  if (loss.name === "categorical_generalized_cross_entropy")
    return clashes(y.concat([scores.last]), scores, batch)
      ? `${loss.name} wants the number of a class for each row of scores`
      : undefined;
  if (EQUAL.has(loss.name))
    return y.rank !== scores.rank || differ(y, scores, provablyDifferent)
      ? `${loss.name} wants the same shape`
      : undefined;
  if (!isElementwise(loss.name)) return undefined;
  const clash = y.rank === scores.rank ? differ(y, scores, provablyClash) : clashes(y, scores, batch);
  return clash ? `${loss.name} goes over both, element by element` : undefined;
}

/** Shapes of different rank are broadcast from the last axis, the batch among them. */
function clashes(y: Shape, scores: Shape, batch: Meeting["batch"]): boolean {
  const [a, b] = [y.withBatch(batch), scores.withBatch(batch)];
  const count = Math.min(a.rank, b.rank);
  return Array.from({ length: count }, (_, i) => -1 - i).some((axis) => provablyClash(a.at(axis), b.at(axis)));
}

/** Keras drops or adds a last axis of 1 where the ranks differ by one (`squeeze_or_expand_to_same_rank`). */
export function sameRank(y: Shape, output: Shape): readonly [Shape, Shape] {
  if (y.rank === output.rank + 1 && y.last === 1)
    return output.rank === 1 ? [y, new Shape([...output.dims, 1])] : [y.slice(0, -1), output];
  if (output.rank === y.rank + 1 && output.last === 1)
    return y.rank === 1 ? [new Shape([...y.dims, 1]), output] : [y, output.slice(0, -1)];
  return [y, output];
}

const differ = (a: Shape, b: Shape, unlike: typeof provablyDifferent): boolean =>
  a.dims.slice(1).some((dim, i) => unlike(dim, b.dims[i + 1] ?? dim));
