import type { Machine } from "../../../interpreter/machine.ts";
import type { TensorValue } from "../../../interpreter/values.ts";
import { provablyClash } from "../../../tensor/broadcast.ts";
import { isUnknown, printDim, provablyDifferent } from "../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";

/** `fit` and `evaluate` want as many labels as samples, and labels that the loss can hold against the outputs. */
export function checkLabelsShape(
  m: Machine,
  loss: string | undefined,
  [output, ...outputs]: readonly TensorValue[],
  [label, ...labels]: readonly TensorValue[],
  [sample]: readonly TensorValue[],
): void {
  if (output === undefined || label === undefined || sample === undefined) return;
  if (outputs.length > 0 || labels.length > 0 || output.assumed || label.assumed) return;
  const [y, yPredicted, x] = [label.shape, output.shape, sample.shape];
  if (!hasRank(y) || !hasRank(yPredicted) || !hasRank(x) || y.rank === 0 || x.rank === 0) return;
  if (provablyDifferent(y.batch, x.batch)) {
    refuse(m, label, `There are ${printDim(x.batch)} samples and ${printDim(y.batch)} labels`);
    return;
  }
  const why = yPredicted.rank === 0 ? undefined : mismatch(loss, y, yPredicted);
  if (why !== undefined)
    refuse(m, label, `The labels are ${printShape(y)} and the model yields ${printShape(yPredicted)}: ${why}`);
}

function refuse(m: Machine, label: TensorValue, message: string): void {
  const related = label.origin === undefined ? [] : [{ place: label.origin, message: "the labels come from here" }];
  m.report({ code: "labels-shape", severity: "error", place: m.here, message, related, repairs: [] });
}

const EQUAL = new Set(["categorical_crossentropy", "binary_crossentropy"]);
const BROADCAST = new Set(
  "mse mae mean_squared_error mean_absolute_error mean_squared_logarithmic_error msle huber log_cosh".split(" "),
);

/** Why the loss certainly refuses them; the batch axes are taken to agree (keras.src.backend.tensorflow.nn). */
function mismatch(loss: string | undefined, given: Shape, predicted: Shape): string | undefined {
  if ([given.last, predicted.last].some(isUnknown)) return undefined;
  const [y, output] = sameRank(given, predicted);
  if (loss === "sparse_categorical_crossentropy") {
    const classes = y.rank === output.rank && y.last === 1 ? y.slice(0, -1) : y;
    return classes.rank !== output.rank - 1 || differ(classes, output.slice(0, -1), provablyDifferent)
      ? `${loss} wants one class for each row of scores, ${printShape(output.slice(0, -1))}`
      : undefined;
  }
  if (loss !== undefined && EQUAL.has(loss))
    return y.rank !== output.rank || differ(y, output, provablyDifferent) ? `${loss} wants the same shape` : undefined;
  if (loss === undefined || !BROADCAST.has(loss) || y.rank !== output.rank) return undefined;
  return differ(y, output, provablyClash) ? `${loss} subtracts one from the other` : undefined;
}

/** Keras drops or adds a last axis of 1 where the ranks differ by one (`squeeze_or_expand_to_same_rank`). */
function sameRank(y: Shape, output: Shape): readonly [Shape, Shape] {
  if (y.rank === output.rank + 1 && y.last === 1)
    return output.rank === 1 ? [y, new Shape([...output.dims, 1])] : [y.slice(0, -1), output];
  if (output.rank === y.rank + 1 && output.last === 1)
    return y.rank === 1 ? [new Shape([...y.dims, 1]), output] : [y, output.slice(0, -1)];
  return [y, output];
}

const differ = (a: Shape, b: Shape, unlike: typeof provablyDifferent): boolean =>
  a.dims.slice(1).some((dim, i) => unlike(dim, b.dims[i + 1] ?? dim));
