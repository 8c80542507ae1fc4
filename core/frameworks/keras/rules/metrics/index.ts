import { callValue } from "../../../../interpreter/calls.ts";
import type { Fault, Repair } from "../../../../interpreter/record.ts";
import { positional, type Value } from "../../../../interpreter/values.ts";
import type { Meeting } from "../../training/meeting.ts";
import { type Metric, metricsOf } from "../../training/metric.ts";
import { versionIn } from "../../version.ts";
import { bothShapes, faultOf } from "../labels/fault.ts";
import { sameRank } from "../labels/mismatch.ts";
import { batchOf, ranOnce } from "../labels/ownLoss.ts";
import { refusedBy } from "./shapes.ts";
import { meaningless } from "./silent.ts";

/**
 * The metrics of one output beside its labels: an error for one that cannot be counted, a warning for one that says
 * nothing. A function of the program's own is run once. `names` are the model's outputs', where they are known.
 */
export function checkMetrics(meeting: Meeting, names: readonly string[] | undefined, count: number): boolean {
  let fits = true;
  for (const metric of metricsOf(meeting.m, meeting.record, names, count, meeting.index)) {
    if ("kind" in metric) {
      if (!goesThrough(meeting, metric)) fits = false;
      continue;
    }
    const fault = faultIn(metric, meeting);
    if (fault !== undefined) meeting.m.report(fault);
    if (fault?.severity === "error") fits = false;
  }
  return fits;
}

/** Keras 3 gives a metric the labels as they are, not of the outputs' rank as a loss. */
function goesThrough(meeting: Meeting, metric: Value): boolean {
  const { m, label, output } = meeting;
  const shape = versionIn(m) === 2 ? sameRank(label.shape, output.shape)[0] : label.shape;
  const given = positional(batchOf(meeting, label, shape), batchOf(meeting, output, output.shape));
  return ranOnce(m, () => callValue(m, metric, given)).every(({ severity }) => severity !== "error");
}

function faultIn(metric: Metric, meeting: Meeting): Fault | undefined {
  const place = metric.arg.place;
  const refused = refusedBy(metric, meeting);
  if (refused !== undefined) {
    const message = `${bothShapes(meeting)}: the metric ${metric.said} cannot be counted, ${refused}`;
    return faultOf(meeting, "error", { code: "metric-mismatch", place, message, repairs: repaired(metric) });
  }
  const silent = meaningless(metric, meeting);
  if (silent === undefined) return undefined;
  const message = `${bothShapes(meeting)}: the metric ${metric.said} says nothing, ${silent.why}`;
  return faultOf(meeting, "warning", {
    code: "metric-mismatch",
    place,
    message,
    repairs: silent.instead === undefined ? [] : respelled(metric, silent.instead),
  });
}

/** What chooses by the shapes does for any of them; of the accuracies, there is one for either form of labels. */
const INSTEAD: Readonly<Record<string, string>> = {
  sparse_categorical_accuracy: "categorical_accuracy",
  categorical_accuracy: "sparse_categorical_accuracy",
  binary_accuracy: "sparse_categorical_accuracy",
  sparse_top_k_categorical_accuracy: "top_k_categorical_accuracy",
  top_k_categorical_accuracy: "sparse_top_k_categorical_accuracy",
};
const repaired = (metric: Metric): readonly Repair[] => {
  const fresh = INSTEAD[metric.name];
  return fresh === undefined ? [] : respelled(metric, fresh);
};

/** The other metric, as a string or as a class as the one before. */
function respelled({ said, arg }: Metric, fresh: string): readonly Repair[] {
  const { place } = arg;
  if (place === undefined) return [];
  const isClass = /^[A-Z]/.test(said);
  const text = isClass ? classNamed(fresh) : fresh;
  return [{ title: text, preferred: true, edits: [{ place, text: `${said} ${text}`, form: "respell" }] }];
}
const classNamed = (name: string): string =>
  (name === "mae" ? "mean_absolute_error" : name).replace(/(?:^|_)([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
