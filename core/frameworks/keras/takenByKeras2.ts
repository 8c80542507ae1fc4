import type { Machine } from "../../interpreter/machine.ts";
import { check, type Given, type Violation } from "./define.ts";
import { isList } from "./layers/families/arguments.ts";
import { versionIn } from "./version.ts";

type Taken = (value: Given) => boolean;
const anything: Taken = () => true;
const wholeFrom =
  (least: number): Taken =>
  (value) =>
    (typeof value === "number" && value >= least) || typeof value === "boolean";
const numberFrom =
  (least: number, most = Number.POSITIVE_INFINITY): Taken =>
  (value) => {
    const number = typeof value === "object" && value !== null && "float" in value ? value.float : value;
    return typeof number === "number" && number >= least && number <= most;
  };
/** What Python's `int` makes such a number of. */
const intFrom =
  (least: number): Taken =>
  (value) =>
    numberFrom(least)(value) || (typeof value === "string" && /^\s*\d+\s*$/.test(value));
/** It reads the first two of a list. */
const pair: Taken = (value) => isList(value) && value.length > 1;
const longList: Taken = (value) => isList(value) && value.length > 2;
const either =
  (...all: readonly Taken[]): Taken =>
  (value) =>
    all.some((it) => it(value));

const isZero: Taken = (value) => value === 0;
const notBelowZero: Taken = (value) => !belowZero(value);
const belowZero: Taken = (value) => typeof value === "number" && value < 0;
const convolution = { "groups-accepted": notBelowZero, "channels-in-groups": isZero, "filters-in-groups": isZero };
const convLstm = { "step-shape-defined": anything };

/** What Keras 3 refuses and tf-keras 2.21 takes, by layer and constraint of its declaration: of which values. */
const TAKEN: Readonly<Record<string, Readonly<Record<string, Taken>>>> = {
  AlphaDropout: { "rate-accepted": anything },
  BatchNormalization: { "axis-accepted": isList },
  Bidirectional: { "layer-runs-ahead": anything },
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  ConvLSTM1D: convLstm,
  ConvLSTM2D: convLstm,
  ConvLSTM3D: convLstm,
  Cropping2D: { "cropping-accepted": belowZero },
  Cropping3D: { "cropping-accepted": belowZero, "output-not-empty": anything },
  Dense: { "units-accepted": intFrom(0) },
  DepthwiseConv1D: { "depth_multiplier-accepted": wholeFrom(0) },
  DepthwiseConv2D: { "depth_multiplier-accepted": wholeFrom(0) },
  Discretization: { "bins-or-boundaries": (bins) => bins === null, "boundaries-known": anything },
  Dropout: { "noise_shape-accepted": anything },
  GaussianDropout: { "rate-accepted": anything },
  GaussianNoise: { "stddev-accepted": anything },
  GroupNormalization: { "groups-accepted": (value) => typeof value === "number" },
  Hashing: { "hash-dtype": anything },
  LeakyReLU: { "alpha-accepted": (value) => value !== null },
  MultiHeadAttention: { "num_heads-accepted": wholeFrom(0), "value_dim-accepted": wholeFrom(0) },
  Normalization: { "moments-alike": anything, "moments-per-axis": anything },
  RandomContrast: { "factor-accepted": longList, "input-rank": anything },
  RandomRotation: { "factor-accepted": either(longList, numberFrom(0), pair) },
  RandomTranslation: { "height_factor-accepted": longList, "width_factor-accepted": longList },
  RandomZoom: { "height_factor-accepted": either(longList, numberFrom(-1, 1)) },
  RepeatVector: { "n-accepted": wholeFrom(Number.NEGATIVE_INFINITY) },
  Reshape: {
    "target_shape-accepted": (value) => isList(value) && value.every(wholeFrom(Number.NEGATIVE_INFINITY)),
  },
  SeparableConv1D: { "padding-not-causal": anything },
  UpSampling3D: { "input-rank": anything },
  UpSampling1D: { "size-accepted": wholeFrom(Number.NEGATIVE_INFINITY) },
  UnitNormalization: { "input-float": anything },
};

/** Those of them that the Keras of the program refuses too. */
export const refusedThere = (
  m: Machine,
  layer: string,
  violations: readonly Violation[],
  given: Readonly<Record<string, Given>>,
): readonly Violation[] =>
  violations.length === 0 || versionIn(m) === 3
    ? violations
    : violations.filter(({ constraint, argument }) => {
        const taken = TAKEN[layer]?.[constraint];
        return taken?.(argument === undefined ? null : (given[argument] ?? null)) !== true;
      });

const numberIn = (value: Given | undefined): number | undefined => {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "object" && value !== null && "float" in value) return value.float;
  return typeof value === "number" ? value : undefined;
};
const isBelowZero: Taken = (value) => (numberIn(value) ?? 0) < 0;
const isShort: Taken = (value) => value === null || (isList(value) && value.length < 2);
const someIn =
  (isWrong: (number: number, place: number) => boolean): Taken =>
  (value) =>
    isList(value) && value.some((it, i) => isWrong(numberIn(it) ?? 0, i));
const isFloat: Taken = (value) => typeof value === "object" && value !== null && "float" in value;

/** What tf-keras 2.21 refuses and Keras 3 takes, by layer and argument: which values. */
const REFUSED: Readonly<Record<string, Readonly<Record<string, Taken>>>> = {
  BatchNormalization: { axis: isFloat },
  RandomBrightness: {
    factor: either(
      isShort,
      longList,
      someIn((n) => Math.abs(n) > 1),
    ),
  },
  RandomContrast: {
    factor: either(
      (value) => numberIn(value) === 0,
      someIn((n, i) => n < 0 || (i === 0 && n > 1)),
    ),
  },
  RandomRotation: { factor: either(isBelowZero, isShort) },
  RandomTranslation: { height_factor: isBelowZero, width_factor: isBelowZero },
  TextVectorization: { output_mode: (value) => value === "one_hot" },
};
export function refusedInKeras2(
  m: Machine,
  layer: string,
  given: Readonly<Record<string, Given>>,
): readonly Violation[] {
  const refused = versionIn(m) === 2 ? REFUSED[layer] : undefined;
  return Object.entries(refused ?? {}).flatMap(([argument, isRefused]) => {
    const value = given[argument];
    const words = `\`${argument}\` has a value that Keras 2 does not take`;
    return check(value === undefined || !isRefused(value), `${argument}-accepted`, words, { argument });
  });
}
/** Of which argument such a layer of Keras 2 takes Python's `int`. */
const cutBy = (layer: string): string | undefined =>
  layer === "Dense"
    ? "units"
    : layer === "UpSampling1D"
      ? "size"
      : /^(?:Separable)?Conv\d/.test(layer)
        ? "filters"
        : undefined;
/** What the layer reads: Keras 2 takes a fraction, as a division gives one, for the whole number before it. */
export function readThere(m: Machine, layer: string, given: Record<string, Given>): Record<string, Given> {
  const name = cutBy(layer);
  const value = name === undefined ? undefined : given[name];
  if (name === undefined || typeof value !== "object" || value === null || !("float" in value)) return given;
  return versionIn(m) === 3 || !Number.isFinite(value.float) ? given : { ...given, [name]: Math.trunc(value.float) };
}

/** Without `leaky_relu`, `relu6` and `log_softmax`: tf-keras knows them, though its list does not have them. */
const ACTIVATIONS: ReadonlySet<string> = new Set(
  (
    "celu glu hard_shrink hard_silu hard_swish hard_tanh log_sigmoid soft_shrink sparse_plus sparse_sigmoid " +
    "sparsemax squareplus tanh_shrink threshold"
  ).split(" "),
);
/** Names of activations that only Keras 3 has. */
export function unknownThere(m: Machine, given: Readonly<Record<string, Given>>): readonly Violation[] {
  if (versionIn(m) === 3) return [];
  return Object.entries(given).flatMap(([argument, name]) => {
    if (typeof name !== "string" || !/(?:^|_)activation$/.test(argument)) return [];
    const isLater = ACTIVATIONS.has(name);
    const words = `\`${argument}\` names no activation of Keras 2: "${name}"`;
    return check(!isLater, `${argument}-accepted`, words, { argument });
  });
}
