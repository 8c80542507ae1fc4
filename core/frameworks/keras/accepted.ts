import { isDType } from "../../tensor/dtype.ts";
import { snakeCase } from "./runtime/automaticNames.ts";
import { aliasesOf, canonicalNames } from "./signatures.ts";

/**
 * What Keras's constructors do not take for an argument, whatever the class: arguments of one name mean the same in all
 * of them. Held to Keras by test/oracle/arguments. What a layer reads of its arguments is declared with the layer.
 */
export interface Accepted {
  /**
   * Letters of the kinds of value that are refused: `n` None, `b` a bool, `s` a string, `i` an int, `f` a float, `l` a
   * list or tuple, `o` a function, and Keras's own `L` layers, `I` initializers, `R` regularizers, `C` constraints.
   */
  readonly refused: string;
  /** The same for what only the call refuses. */
  readonly refusedLater?: string;
  /** The strings that it takes, and what they are names of. */
  readonly names?: () => ReadonlySet<string>;
  readonly noun?: string;
  /** Its numbers, and those of a list; `must` says in words which. */
  readonly numbers?: (value: number) => boolean;
  readonly must?: string;
  /** Whatever is false stands for `None`: 0, an empty list. */
  readonly orFalse?: true;
  /** A string with a slash is refused. */
  readonly slash?: true;
}

const OBJECTS = "oLIRC";
const NOT_AN_OBJECT = "bifl";

const registries = new Map<string, ReadonlySet<string>>();
/** The names by which `get` finds what a module of Keras's has. */
const registry = (area: string) => (): ReadonlySet<string> => {
  const known = registries.get(area);
  if (known !== undefined) return known;
  const prefix = `keras.${area}.`;
  const names = canonicalNames()
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => [name, ...aliasesOf(name)])
    .map((name) => name.slice(name.lastIndexOf(".") + 1));
  const made = new Set([...names, ...names.map(snakeCase), ...(MORE[area] ?? [])]);
  for (const name of LESS[area] ?? []) made.delete(name);
  registries.set(area, made);
  return made;
};
/** Names that no module shows. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  initializers: ["uniform", "normal", "one", "zero", "glorotnormal", "glorotuniform", "henormal", "heuniform"],
};
/** Functions that `get` does not look for. */
const LESS: Readonly<Record<string, readonly string[]>> = { regularizers: ["l1_l2"] };

/** `int` is, and `float` is not. */
export const isTypeName = (text: string): boolean => isDType(text) || text === "int" || /float8|int4/.test(text);
/** What names a dtype policy. */
export const isPolicyName = (text: string): boolean =>
  isTypeName(text) || text === "mixed_float16" || text === "mixed_bfloat16" || text.includes("_from_");

const INITIALIZER: Accepted = {
  refused: NOT_AN_OBJECT,
  // A function of a shape and a dtype is one.
  refusedLater: "RC",
  names: registry("initializers"),
  noun: "initializer",
};
const REGULARIZER: Accepted = { refused: NOT_AN_OBJECT, names: registry("regularizers"), noun: "regularizer" };
const CONSTRAINT: Accepted = { refused: NOT_AN_OBJECT, names: registry("constraints"), noun: "constraint" };
const SIZES: Accepted = { refused: OBJECTS };
/** The names are the declarations' own. */
const ACTIVATION: Accepted = { refused: NOT_AN_OBJECT };
const among = (...names: readonly string[]) => {
  const made = new Set(names);
  return () => made;
};

const OF_LAYERS: Readonly<Record<string, Accepted>> = {
  name: { refused: `bifl${OBJECTS}`, slash: true },
  trainable: { refused: `nifsl${OBJECTS}` },
  dtype: { refused: `bifl${OBJECTS}` },
  activity_regularizer: REGULARIZER,
  activation: ACTIVATION,
  recurrent_activation: ACTIVATION,
  data_format: { refused: OBJECTS },
  rate: { refused: `nsl${OBJECTS}` },
  recurrent_dropout: { refused: `nsl${OBJECTS}` },
  dropout: { refused: `nsl${OBJECTS}` },
  seed: { refused: `fsl${OBJECTS}` },
  ...Object.fromEntries(
    "strides kernel_size dilation_rate pool_size units output_size depth_multiplier filters groups"
      .split(" ")
      .map((name) => [name, SIZES]),
  ),
};
const SHARE = { numbers: (value: number) => value >= 0 && value <= 1, must: "lie between 0 and 1" };
const RATE: Accepted = { refused: "nsl", ...SHARE };
const PENALTY: Accepted = { refused: `sl${OBJECTS}`, numbers: (value) => value >= 0, must: "not be negative" };
const OF_SCORES = {
  // They give it to no variable before they are built.
  name: { refused: "" },
  average: { refused: "bifl", names: among("micro", "macro", "weighted"), noun: "average" },
  threshold: { refused: "bisl", numbers: (value: number) => value > 0, must: "be positive" },
};
const REDUCTIONS = among("none", "sum", "sum_over_batch_size", "mean", "mean_with_sample_weight");
const OF_OTHERS: Readonly<Record<string, Readonly<Record<string, Accepted>>>> = {
  initializers: { seed: { refused: `fsl${OBJECTS}` } },
  regularizers: { l1: PENALTY, l2: PENALTY },
  optimizers: {
    name: { refused: `bifl${OBJECTS}` },
    learning_rate: { refused: "nbisl" },
    gradient_accumulation_steps: {
      refused: `bsl${OBJECTS}`,
      orFalse: true,
      numbers: (value) => value >= 2,
      must: "be at least 2",
    },
  },
  losses: {
    reduction: { refused: `bifl${OBJECTS}`, names: REDUCTIONS, noun: "reduction" },
    dtype: { refused: `f${OBJECTS}` },
  },
  metrics: {
    name: { refused: `bifl${OBJECTS}`, orFalse: true },
    dtype: { refused: `bifl${OBJECTS}`, orFalse: true },
    num_classes: { refused: `nsl${OBJECTS}` },
    target_class_ids: { refused: "nbifso" },
    thresholds: { refused: OBJECTS, ...SHARE },
    num_thresholds: { refused: `ns${OBJECTS}`, numbers: (value) => value >= 1, must: "be positive" },
    ...Object.fromEntries("precision recall sensitivity specificity".split(" ").map((name) => [name, RATE])),
  },
  callbacks: {
    save_freq: { refused: `nfl${OBJECTS}`, names: among("epoch"), noun: "frequency" },
  },
};

/** What one class alone refuses. */
const OF_CLASSES: Readonly<Record<string, Readonly<Record<string, Accepted>>>> = {
  AUC: {
    thresholds: { refused: `if${OBJECTS}` },
    num_thresholds: { refused: `nsf${OBJECTS}`, numbers: (value) => value > 1, must: "be larger than 1" },
    curve: { refused: "nbifl", names: among("ROC", "PR", "roc", "pr"), noun: "curve" },
    summation_method: {
      refused: "nbifl",
      names: among("interpolation", "Interpolation", "majoring", "minoring"),
      noun: "method",
    },
  },
  FBetaScore: { ...OF_SCORES, beta: { ...OF_SCORES.threshold, refused: "nbisl" } },
  F1Score: OF_SCORES,
  R2Score: {
    class_aggregation: {
      refused: "bifl",
      names: among("uniform_average", "variance_weighted_average"),
      noun: "aggregation",
    },
  },
  SGD: { momentum: { ...SHARE, refused: "nbisl" } },
  CategoricalGeneralizedCrossEntropy: {
    q: { refused: "nbsl", numbers: (value) => value > 0 && value < 1, must: "lie between 0 and 1" },
  },
  ReduceLROnPlateau: { factor: { refused: "sl", numbers: (value) => value < 1, must: "be less than 1" } },
  VarianceScaling: {
    mode: { refused: "nbifl", names: among("fan_in", "fan_out", "fan_avg"), noun: "mode" },
    scale: { refused: "nsl", numbers: (value) => value > 0, must: "be positive" },
  },
  OrthogonalRegularizer: { mode: { refused: "nbifl", names: among("rows", "columns"), noun: "mode" } },
};

/** Attention looks at a seed only where it drops something; that of several heads makes its layers when called. */
const LATE_SEED: Accepted = { refused: "" };
const OF_HEADS = { seed: LATE_SEED, dropout: { refused: "", refusedLater: `nsl${OBJECTS}` } };
const OF_ATTENTION: Readonly<Record<string, Readonly<Record<string, Accepted>>>> = {
  Attention: { seed: LATE_SEED },
  AdditiveAttention: { seed: LATE_SEED },
  MultiHeadAttention: OF_HEADS,
  GroupQueryAttention: OF_HEADS,
};

/** Those whose constructors do not hand their arguments on to `Layer`'s. */
const OWN_WAY = new Set(["HashedCrossing", "StringLookup", "IntegerLookup"]);

/** What is known of an argument of a class, by the class's canonical name; undefined where nothing is. */
export function acceptedBy(className: string, argument: string): Accepted | undefined {
  const { area, short } = classNamed(className);
  if (OWN_WAY.has(short)) return undefined;
  if (area !== "layers") return OF_CLASSES[short]?.[argument] ?? OF_OTHERS[area]?.[argument];
  // SimpleRNN takes it and forgets it.
  if (short === "SimpleRNN" && argument === "activity_regularizer") return undefined;
  const own = OF_ATTENTION[short]?.[argument] ?? OF_LAYERS[argument];
  if (own !== undefined) return own;
  if (argument.endsWith("_initializer")) return INITIALIZER;
  if (argument.endsWith("_regularizer")) return REGULARIZER;
  return argument.endsWith("_constraint") ? CONSTRAINT : undefined;
}

interface ClassName {
  /** Of which part of Keras it is: `layers`. */
  readonly area: string;
  readonly short: string;
}
const classNames = new Map<string, ClassName>();
/** It is asked for each argument of each object, and there are few classes. */
function classNamed(name: string): ClassName {
  const known = classNames.get(name);
  if (known !== undefined) return known;
  const [, area = "", short = ""] = /^keras\.(\w+)(?:\.schedules)?\.(\w+)$/.exec(name) ?? [];
  const made = { area, short };
  classNames.set(name, made);
  return made;
}
