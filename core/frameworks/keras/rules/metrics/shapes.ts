import { provablyClash } from "../../../../tensor/broadcast.ts";
import { type Dim, product, provablyDifferent, provablyLess } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import type { Meeting } from "../../training/meeting.ts";
import type { Metric } from "../../training/metric.ts";
import { mismatch, sameRank } from "../labels/mismatch.ts";

/** Why a metric certainly cannot be counted for these labels and outputs (keras.src.metrics), if so. */
export function refusedBy({ name, given }: Metric, meeting: Meeting): string | undefined {
  const isPlain = !given.some((it) => FORMS.has(it)) && given.filter((it) => it === "?").length < 2;
  const { label, output, batch } = meeting;
  const [y, scores] = [label.shape.withBatch(batch), output.shape.withBatch(batch)];
  const loss = AS_LOSS[name] ?? name;
  const asLoss = meeting.loss && mismatch({ ...meeting, loss: { ...meeting.loss, name: loss } });
  if (asLoss !== undefined) return name === loss ? asLoss : "it compares them one by one";
  switch (name) {
    case "sparse_categorical_accuracy":
      return clash(squeezed(y, scores), scores.slice(0, -1))
        ? "it wants one class number for each row of scores"
        : undefined;
    case "categorical_accuracy":
      return clash(y.slice(0, -1), scores.slice(0, -1)) ? "it wants rows of the outputs' length" : undefined;
    case "sparse_top_k_categorical_accuracy":
      return isPlain && provablyDifferent(count(y), count(scores.slice(0, -1)))
        ? "it wants one class number for each row of scores"
        : undefined;
    case "top_k_categorical_accuracy":
      return y.rank === 1 ? "it wants one-hot rows" : undefined;
    case "f1_score":
    case "f_beta_score":
      if (y.rank !== 2 || scores.rank !== 2) return "it wants labels and outputs of two axes";
      return provablyLess(1, y.last) && provablyDifferent(y.last, scores.last)
        ? "it wants as many labels as outputs in a row"
        : undefined;
  }
  if (!isPlain || !FLAT.has(name)) return undefined;
  const [truth, values] = sameRank(y, scores);
  return provablyDifferent(count(truth), count(values))
    ? `it counts each of the ${printShape(scores)} outputs against a label of its own`
    : undefined;
}

/** Arguments that change which shapes go together. */
const FORMS = new Set(
  "class_id top_k multi_label label_weights from_sorted_ids sparse_y_true sparse_y_pred axis".split(" "),
);
/** Metrics that take labels and outputs as a loss does: element by element, or as that crossentropy. */
const AS_LOSS: Readonly<Record<string, string>> = {
  exact_accuracy: "mean_squared_error",
  binary_accuracy: "mean_squared_error",
  root_mean_squared_error: "mean_squared_error",
  log_cosh_error: "log_cosh",
};
/** Those that make one row of everything. */
const FLAT = new Set(
  (
    "auc precision recall true_positives true_negatives false_positives false_negatives sensitivity_at_specificity " +
    "specificity_at_sensitivity precision_at_recall recall_at_precision mean_io_u io_u binary_io_u"
  ).split(" "),
);
const count = ({ dims }: Shape): Dim => product(dims);

/** Labels of the outputs' rank lose their axis of 1. */
const squeezed = (y: Shape, scores: Shape): Shape => (y.rank === scores.rank && y.last === 1 ? y.slice(0, -1) : y);

/** From the last axis on, as NumPy broadcasts. */
function clash(a: Shape, b: Shape): boolean {
  const shared = Math.min(a.rank, b.rank);
  return Array.from({ length: shared }, (_, i) => -1 - i).some((axis) => provablyClash(a.at(axis), b.at(axis)));
}
