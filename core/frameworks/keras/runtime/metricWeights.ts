import type { Machine } from "../../../interpreter/machine.ts";
import type { Args, Instance, Value } from "../../../interpreter/values.ts";
import type { Dim } from "../../../tensor/dim.ts";
import type { Weight } from "../define.ts";
import { lookup } from "../signatures.ts";
import { versionIn } from "../version.ts";
import { bind, toGiven } from "./given.ts";
import { argumentsOf, keepArguments } from "./keptArguments.ts";
import { partsOf } from "./parts.ts";
import { heldVariables } from "./variable.ts";

/**
 * What metrics count in. In Keras 2 a metric is a layer, so a model that holds one counts that among its weights that
 * do not train, though it lists no row for it. A layer counts none, and Keras 3 keeps metrics apart.
 */

/** Of a metric of Keras's own: what it was made with, where its weights are counted. */
export function keepMetricArguments(m: Machine, self: Instance, args: Args): void {
  if (versionIn(m) === 2) keepArguments(m, self, args);
}

/** The weights of the metrics that a model holds; undefined where they are not all known. */
export function weightsOfMetrics(m: Machine, model: Instance): readonly Weight[] | undefined {
  const entry = m.read(model.id);
  if (versionIn(m) === 3 || entry?.kind !== "attributes") return [];
  const metrics = new Map<number, Instance>();
  const visit = (value: Value, depth: number): void => {
    if (value.kind === "instance" && isMetric(value)) metrics.set(value.id, value);
    if (value.kind !== "instance" && depth < 3) for (const part of partsOf(m, value)) visit(part, depth + 1);
  };
  for (const value of entry.entries.values()) visit(value, 0);
  const weights = [...metrics.values()].map((it) => weightsOf(m, it));
  return weights.some((it) => it === undefined) ? undefined : weights.flatMap((it) => it ?? []);
}

const isMetric = ({ class: { mro } }: Instance): boolean => mro.some((it) => it.qualifiedName === "keras.Metric");

function weightsOf(m: Machine, metric: Instance): readonly Weight[] | undefined {
  const own = metric.class.mro.find((it) => it.members !== undefined);
  const added = heldVariables(m, metric)?.map(({ weight }) => ({ ...weight, trainable: false }));
  if (added === undefined || own === undefined) return undefined;
  if (own.qualifiedName === "keras.Metric") return added;
  const signature = lookup(own.qualifiedName);
  const args = signature === undefined ? {} : bind(signature, argumentsOf(m, metric)).args;
  const given = (name: string) => (args[name] === undefined ? undefined : toGiven(m, args[name].value));
  const shapes = (COUNTERS[own.name] ?? total)(given);
  return (
    shapes && [...shapes.map((shape): Weight => ({ name: "", shape, trainable: false, dtype: "float32" })), ...added]
  );
}

type Counters = (given: (name: string) => unknown) => readonly (readonly Dim[])[] | undefined;
/** As all do that take a mean: a sum, and how many it is of. */
const total: Counters = () => [[], []];
const perThreshold =
  (count: number): Counters =>
  (given) => {
    const thresholds = given("thresholds") ?? 0;
    if (typeof thresholds === "object" && "float" in thresholds) return Array(count).fill([1]);
    const size = Array.isArray(thresholds) ? thresholds.length : typeof thresholds === "number" ? 1 : undefined;
    return size === undefined ? undefined : Array(count).fill([size]);
  };
const overThresholds: Counters = (given) => {
  const [number, own, labels] = [given("num_thresholds") ?? 200, given("thresholds"), given("multi_label")];
  const isPlain = typeof number === "number" && (own ?? null) === null && labels !== true;
  return isPlain ? Array(4).fill([number]) : undefined;
};
const confusion: Counters = (given) => {
  const classes = given("num_classes");
  return typeof classes === "number" ? [[classes, classes]] : undefined;
};
const later: Counters = () => undefined;
const COUNTERS: Readonly<Record<string, Counters>> = {
  Sum: () => [[]],
  ...Object.fromEntries(["Precision", "Recall"].map((name) => [name, perThreshold(2)])),
  ...Object.fromEntries(
    ["TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"].map((name) => [name, perThreshold(1)]),
  ),
  ...Object.fromEntries(
    ["AUC", "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity"].map(
      (name) => [name, overThresholds],
    ),
  ),
  ...Object.fromEntries(["IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU"].map((name) => [name, confusion])),
  BinaryIoU: () => [[2, 2]],
  // Their sizes are known with the first data.
  MeanTensor: later,
  F1Score: later,
  FBetaScore: later,
  R2Score: later,
};
