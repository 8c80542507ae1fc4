import type { Fault, Repair } from "../../../../interpreter/record.ts";
import type { Meeting } from "../../training/meeting.ts";
import { type Metric, metricsOf } from "../../training/metric.ts";
import { bothShapes, faultOf } from "../labels/fault.ts";
import { refusedBy } from "./shapes.ts";
import { meaningless } from "./silent.ts";

/**
 * The metrics of one output beside its labels: an error for one that cannot be counted, a warning for one that says
 * nothing. Metrics of the program's own may want anything. `names` are the model's outputs', where they are known.
 */
export function checkMetrics(meeting: Meeting, names: readonly string[] | undefined, count: number): boolean {
  let fits = true;
  for (const metric of metricsOf(meeting.m, meeting.record, names, count, meeting.index)) {
    const fault = faultIn(metric, meeting);
    if (fault !== undefined) meeting.m.report(fault);
    if (fault?.severity === "error") fits = false;
  }
  return fits;
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
