import { isUnknown } from "../../../../tensor/dim.ts";
import { isRegression } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import type { Metric } from "../../training/metric.ts";
import { activationAt } from "../labels/lastLayer.ts";

/** A metric that is counted, and says nothing: why, and what would. */
export interface Meaningless {
  readonly why: string;
  /** The metric to write in its place. */
  readonly instead?: string | undefined;
}

const UNBOUNDED = new Set(["linear", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "swish", "softplus"]);
/** Who asks for the binary accuracy by its name says that the labels are zeros and ones. */
const ACCURACIES = new Set("accuracy categorical_accuracy sparse_categorical_accuracy".split(" "));
/** Metrics that cut at a threshold between 0 and 1. */
const CUT = new Set("auc precision recall binary_accuracy".split(" "));

export function meaningless(metric: Metric, meeting: Meeting): Meaningless | undefined {
  return (
    overOneValue(metric, meeting) ?? ofNumbers(metric, meeting) ?? ofExact(metric, meeting) ?? ofLogits(metric, meeting)
  );
}

/** The largest of one value is always the first; and so is the largest of one class number. */
function overOneValue({ name }: Metric, { label, output }: Meeting): Meaningless | undefined {
  if (name !== "categorical_accuracy" && name !== "sparse_categorical_accuracy") return undefined;
  if (output.shape.last === 1)
    return { why: "it looks for the largest of one value, which is always the first", instead: "binary_accuracy" };
  if (name !== "categorical_accuracy" || isUnknown(output.shape.last)) return undefined;
  const isNumbers = label.shape.rank === output.shape.rank - 1 || label.shape.last === 1;
  return isNumbers
    ? { why: "it reads one-hot rows, and the labels are class numbers", instead: "sparse_categorical_accuracy" }
    : undefined;
}

/** How often a predicted number is a class. */
function ofNumbers({ name }: Metric, meeting: Meeting): Meaningless | undefined {
  const { loss, label, output } = meeting;
  const activation = activationAt(meeting)?.name;
  const isNumber = label.dtype?.startsWith("float") === true && label.facts === undefined;
  if (!ACCURACIES.has(name) || loss === undefined || !isRegression(loss.name) || !isNumber) return undefined;
  return output.shape.last === 1 && activation !== undefined && UNBOUNDED.has(activation)
    ? { why: `the model predicts a number (${loss.name}, no sigmoid), and it counts classes`, instead: "mae" }
    : undefined;
}

/** How often a probability is exactly the label. */
function ofExact({ name }: Metric, meeting: Meeting): Meaningless | undefined {
  if (name !== "exact_accuracy" || activationAt(meeting) === undefined) return undefined;
  return { why: "the class Accuracy counts outputs that equal their label exactly, as no computed number does" };
}

/** Thresholds between 0 and 1, where the outputs are logits. */
function ofLogits({ name, given }: Metric, meeting: Meeting): Meaningless | undefined {
  const isSet = given.some((it) => /^(?:from_logits|thresholds?|\?)$/.test(it));
  if (!CUT.has(name) || isSet || meeting.loss?.fromLogits !== true || activationAt(meeting)?.name !== "linear")
    return undefined;
  return { why: "it cuts probabilities between 0 and 1, and the outputs are logits (from_logits=True)" };
}
