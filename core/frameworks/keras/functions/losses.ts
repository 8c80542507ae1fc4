import { memberOf, storeAttribute } from "../../../interpreter/attributes.ts";
import { callMethod } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  type ClassValue,
  type Instance,
  type NativeValue,
  NONE_VALUE,
  native,
  nativeClass,
  nativeMethod,
  type Place,
  str,
  type TensorValue,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { broadcastShapes } from "../../../tensor/broadcast.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { operandOf } from "../../operation/operand.ts";
import { noteVariable } from "../../operation/variables.ts";
import { checkCalledLoss } from "../rules/labels/calledLoss.ts";
import { snakeCase } from "../runtime/automaticNames.ts";
import { bind } from "../runtime/given.ts";
import { readDType, readShape } from "../runtime/input.ts";
import { keepMetricArguments } from "../runtime/metricWeights.ts";
import { checkMade } from "../runtime/plainObject.ts";
import { globalPolicy } from "../runtime/policy.ts";
import { EAGER, isSymbolic, newTensor } from "../runtime/tensors.ts";
import type { Signature } from "../signatures.ts";
import { versionIn } from "../version.ts";

/** Losses and metrics, called by the program itself: `loss(y_true, y_pred)`. */

const KEPT = ["reduction", "from_logits", "axis"] as const;
const DEFAULT_REDUCTION = "sum_over_batch_size";

const scalar = (m: Machine): Value => {
  const { compute } = globalPolicy(m);
  return newTensor(m, { shape: new Shape([]), dtype: compute === undefined ? undefined : "float32" }, EAGER, false);
};

/** A constructor that keeps those of its arguments that rules and results depend on. */
const keeping = (signature: Pick<Signature, "parameters" | "keywords">, checked?: Signature): NativeValue =>
  nativeMethod("__init__", (m, { list: [self, ...list], open }) => {
    if (self?.value.kind !== "instance") return NONE_VALUE;
    if (checked !== undefined) checkMade(m, checked, open === undefined ? { list } : { list, open });
    m.setSlot(placeSlot(m, self.value), m.here);
    const { args } = bind(signature, open === undefined ? { list } : { list, open });
    for (const name of KEPT) {
      const stored = open === undefined ? args[name]?.value : unknown(open);
      if (stored !== undefined) storeAttribute(m, self.value, `%${name}`, stored);
    }
    return NONE_VALUE;
  });

/** Where a loss was made. */
const placeSlot = (m: Machine, { id }: Instance): number => m.named(`loss made ${id}`);

/** What a loss of Keras's own was given for an argument. */
export function argumentOfLoss(m: Machine, self: Instance, name: (typeof KEPT)[number]): Value | undefined {
  const entry = m.read(self.id);
  return entry?.kind === "attributes" ? entry.entries.get(`%${name}`) : undefined;
}

/** `Loss.__call__`: what `call` yields for each sample, made one number unless the reduction is none. */
function callLoss(m: Machine, self: Instance, args: Args): Value {
  const own = memberOf(m, self.class, "call");
  const values = own === undefined ? undefined : callMethod(m, self, "call", args);
  const inputs = args.list.map((it) => it.value);
  if (self.class.members !== undefined && args.open === undefined)
    checkCalledLoss(m, self, truthAndPrediction(args), m.slot<Place>(placeSlot(m, self)));
  if (inputs.some((it) => it.kind === "tensor" && isSymbolic(it))) return unknown("a loss of symbolic tensors");
  const reduction = argumentOfLoss(m, self, "reduction");
  if (reduction === undefined || (reduction.kind === "str" && reduction.value !== "none")) return scalar(m);
  const whole = reduction.kind === "none" || (reduction.kind === "str" && reduction.value === "none");
  if (whole) return values ?? perSampleOf(m, self, args);
  return unknown("what a loss with this reduction yields is not followed");
}

const truthAndPrediction = (args: Args): readonly (Value | undefined)[] => {
  const { y_true, y_pred } = bind(CALLED, args).args;
  return [y_true?.value, y_pred?.value];
};
const CALLED: Pick<Signature, "parameters" | "keywords"> = {
  keywords: "*",
  parameters: ["y_true", "y_pred", "sample_weight"].map((name) => ({
    name,
    kind: "positional",
    default: { literal: null },
  })),
};

const callable = nativeMethod("Loss.__call__", (m, { list: [self, ...list] }) =>
  self?.value.kind === "instance" ? callLoss(m, self.value, { list }) : unknown("no loss"),
);
const LOSS_PARAMETERS: Pick<Signature, "parameters" | "keywords"> = {
  keywords: "*",
  parameters: ["name", "reduction", "dtype"].map((name) => ({
    name,
    kind: "positional",
    default: { literal: name === "reduction" ? DEFAULT_REDUCTION : null },
  })),
};
export const LOSS: ClassValue = nativeClass("keras.Loss", [], {
  __init__: keeping(LOSS_PARAMETERS),
  __call__: callable,
});
export const lossClass = (signature: Signature): ClassValue =>
  nativeClass(signature.name, [LOSS], { __init__: keeping(signature, signature) });

/** Losses of one value for each sample: the last axis is gone. */
export const LOSS_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error " +
    "binary_crossentropy categorical_crossentropy kl_divergence poisson hinge squared_hinge categorical_hinge " +
    "huber log_cosh binary_accuracy categorical_accuracy sparse_categorical_crossentropy sparse_categorical_accuracy " +
    "cosine_similarity binary_focal_crossentropy categorical_focal_crossentropy top_k_categorical_accuracy " +
    "sparse_top_k_categorical_accuracy circle ctc dice tversky categorical_generalized_cross_entropy " +
    "pearson_correlation concordance_correlation"
  ).split(" "),
);

export const lossFunction = (signature: Signature, short: string): NativeValue =>
  native(signature.name, (m, args) => {
    const { y_true, y_pred, axis } = bind(signature, args).args;
    const [truth, predicted] = [y_true, y_pred].map((it) => it && asTensor(m, it.value, short));
    if (truth?.kind !== "tensor" || predicted?.kind !== "tensor" || axis !== undefined)
      return unknown(`what ${signature.name} yields is not followed for these arguments`);
    if (isSymbolic(truth) || isSymbolic(predicted)) return unknown(`${signature.name} of symbolic tensors`);
    return valuesOf(m, short, truth, predicted);
  });

/** A list is made a tensor, but by what reads a shape of its labels first. */
function asTensor(m: Machine, value: Value, short: string): Value {
  if (value.kind !== "list" || short.startsWith("sparse_")) return value;
  const { shape, isNumber } = operandOf(m, value);
  return isNumber ? value : newTensor(m, { shape, dtype: "float32" }, EAGER, false);
}

/** The values of a loss by its function's name, before any reduction. */
function valuesOf(m: Machine, short: string, truth: TensorValue, predicted: TensorValue): TensorValue {
  const shape = (VALUES[short] ?? perSample)(truth, predicted, versionIn(m));
  const dtype: DType | undefined = predicted.dtype?.startsWith("float") ? predicted.dtype : undefined;
  return newTensor(m, { shape, dtype }, EAGER, truth.assumed || predicted.assumed);
}
type Rule = (truth: TensorValue, predicted: TensorValue, version: 2 | 3) => AnyShape;
const VALUES: Readonly<Record<string, Rule>> = {
  sparse_categorical_crossentropy: perLabel,
  sparse_categorical_accuracy: perLabel,
  sparse_top_k_categorical_accuracy: (truth) => truth.shape,
  // Labels with an axis of 1, or one by one for each class, would meet each prediction.
  categorical_generalized_cross_entropy: (truth, predicted) =>
    hasRank(truth.shape) &&
    truth.shape.rank > 1 &&
    (truth.shape.last === 1 || (hasRank(predicted.shape) && truth.shape.rank === predicted.shape.rank))
      ? unknownRank("each label meets each prediction")
      : perLabel(truth, predicted),
  dice: () => new Shape([]),
  tversky: () => new Shape([]),
  circle: (_, predicted) => dropLast(predicted.shape),
  ctc: (_, { shape }) => (hasRank(shape) ? shape.slice(0, 1) : shape),
  // Keras 2 takes the mean of each sample.
  binary_accuracy: (truth, predicted, version) => (version === 3 ? together : perSample)(truth, predicted),
};
/** What a loss of Keras's own yields without a reduction: its function's values, as float32. */
function perSampleOf(m: Machine, self: Instance, args: Args): Value {
  const [truth, predicted] = truthAndPrediction(args);
  const short = snakeCase(self.class.name);
  const isOwn = self.class.qualifiedName.startsWith("keras.losses.") && LOSS_FUNCTIONS.has(short);
  const weights = bind(CALLED, args).args["sample_weight"];
  if (
    !isOwn ||
    weights !== undefined ||
    argumentOfLoss(m, self, "axis") !== undefined ||
    truth?.kind !== "tensor" ||
    predicted?.kind !== "tensor"
  )
    return unknown("what a loss with this reduction yields is not followed");
  const { compute } = globalPolicy(m);
  return { ...valuesOf(m, short, truth, predicted), dtype: compute === undefined ? undefined : "float32" };
}

const dropLast = (shape: AnyShape): AnyShape =>
  !hasRank(shape) ? shape : shape.rank > 0 ? shape.slice(0, -1) : unknownRank("a loss of a scalar");

/** Labels are numbers of classes: one axis less than predictions, or a last one of size 1. */
function perLabel(truth: TensorValue, predicted: TensorValue): AnyShape {
  if (!hasRank(truth.shape) || !hasRank(predicted.shape)) return unknownRank("labels or predictions are not known");
  const less = predicted.shape.rank - truth.shape.rank;
  return less === 1 || (less === 0 && truth.shape.rank > 0 && truth.shape.last === 1)
    ? dropLast(predicted.shape)
    : unknownRank("labels and predictions do not fit");
}
function together(truth: TensorValue, predicted: TensorValue): AnyShape {
  if (!hasRank(truth.shape) || !hasRank(predicted.shape) || truth.shape.rank !== predicted.shape.rank)
    return unknownRank("labels and predictions differ in rank");
  const result = broadcastShapes([truth.shape, predicted.shape]);
  return "conflict" in result ? unknownRank("labels and predictions do not fit") : result.shape;
}
function perSample(truth: TensorValue, predicted: TensorValue): AnyShape {
  return dropLast(together(truth, predicted));
}

/** Metrics whose result is one number. The others give one for each class or threshold. */
const SEVERAL = new Set(["F1Score", "FBetaScore"]);
/** Or where it is asked for. */
const ASKED = new Set(["R2Score", "Precision", "Recall", "ConcordanceCorrelation"]);
const SINGLE = new Set(["name", "dtype", "top_k", "class_id"]);
const hasSeveral = (m: Machine, self: Instance): boolean =>
  self.class.mro.some((it) => SEVERAL.has(it.name)) ||
  (self.class.mro.some((it) => ASKED.has(it.name)) && givenTo(m, self).some((name) => !SINGLE.has(name)));

const quiet = nativeMethod("Metric.update_state", () => NONE_VALUE);
/** Intersections over unions give what they have counted. */
const counting = nativeMethod("Metric.update_state", (_, { list: [self] }) =>
  self?.value.kind === "instance" && self.value.class.mro.some((it) => it.name.endsWith("IoU"))
    ? unknown("what it has counted is not followed")
    : NONE_VALUE,
);
const resultOf = nativeMethod("Metric.result", (m, { list: [self] }) =>
  self?.value.kind === "instance" && hasSeveral(m, self.value)
    ? unknown("what this metric yields is not followed")
    : scalar(m),
);

const GIVEN = "%given";
/** The names of the arguments that a metric was made with; `?` for one without a name, or where they are not known. */
export function givenTo(m: Machine, { id }: Instance): readonly string[] {
  const entry = m.read(id);
  const names = entry?.kind === "attributes" ? entry.entries.get(GIVEN) : undefined;
  return names?.kind === "str" ? names.value.split(" ") : [];
}

/** `add_weight(shape=(), …)`: what a metric counts in. */
const metricVariable = nativeMethod("Metric.add_weight", (m, { list: [, ...list] }) => {
  const { args } = bind({ parameters: METRIC_WEIGHT, keywords: "*" }, { list });
  const isName = args["shape"]?.value.kind === "str";
  const shape = args["shape"] === undefined || isName ? new Shape([]) : readShape(m, args["shape"].value);
  const made = newTensor(m, { shape, dtype: readDType(m, args["dtype"]?.value) }, EAGER, false);
  noteVariable(m, made, { name: "", trainable: false, library: "keras" });
  return made;
});
const METRIC_WEIGHT: Signature["parameters"] = ["shape", "initializer", "dtype", "name"].map((name) => ({
  name,
  kind: "positional",
  default: { literal: null },
}));

const initMetric = (checked?: Signature): NativeValue =>
  nativeMethod("Metric.__init__", (m, { list: [self, ...list], open }) => {
    const names = list.map(({ name }) => name ?? "?");
    if (open !== undefined) names.push("?");
    if (self?.value.kind === "instance" && names.length > 0) storeAttribute(m, self.value, GIVEN, str(names.join(" ")));
    const args = open === undefined ? { list } : { list, open };
    if (self?.value.kind === "instance" && checked !== undefined) keepMetricArguments(m, self.value, args);
    if (checked !== undefined) checkMade(m, checked, args);
    return NONE_VALUE;
  });
export const metricClass = (signature: Signature): ClassValue =>
  nativeClass(signature.name, [METRIC], { __init__: initMetric(signature) });
export const METRIC: ClassValue = nativeClass("keras.Metric", [], {
  __init__: initMetric(),
  __call__: nativeMethod("Metric.__call__", (m, { list: [self, ...list] }) => {
    if (self?.value.kind !== "instance") return unknown("no metric");
    callMethod(m, self.value, "update_state", { list });
    return callMethod(m, self.value, "result", { list: [] }) ?? unknown("no result");
  }),
  add_weight: metricVariable,
  add_variable: metricVariable,
  update_state: counting,
  reset_state: quiet,
  reset_states: quiet,
  result: resultOf,
});
