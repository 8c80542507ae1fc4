import type { Framework } from "../../interpreter/framework.ts";
import { native, type Value } from "../../interpreter/values.ts";
import { DTYPES } from "../../tensor/dtype.ts";
import { SHAPING as NUMPY_SHAPING } from "../numpy/ops/shaping.ts";
import { dtypeValue } from "../operation/dtypes.ts";
import { callable, type Operation } from "../operation.ts";
import { DATA, describeDataset } from "./data/index.ts";
import { EXAMPLES } from "./examples.ts";
import { isGone } from "./gone.ts";
import { INITIALIZERS } from "./initializers.ts";
import { tensorflow } from "./library.ts";
import { NUMPY_BEHAVIOR } from "./numpyBehavior.ts";
import { COUNTS } from "./ops/counts.ts";
import { CREATION, RANDOM } from "./ops/creation.ts";
import { IMAGE, IMAGE_OF_1 } from "./ops/image.ts";
import { MORE_IMAGE } from "./ops/imageMore.ts";
import { DECOMPOSITIONS } from "./ops/linear.ts";
import { LINALG, MATH } from "./ops/math.ts";
import { NN, pick } from "./ops/nn.ts";
import { SHAPING } from "./ops/shaping.ts";
import { SIGNAL } from "./ops/signal.ts";
import { AUDIO, FILES, STRINGS } from "./ops/text.ts";
import { OTHERS } from "./others.ts";
import { declared, type Lines } from "./rules.ts";

/** Functions of `tf.math` and `tf.linalg` that `tf` has by the same name. */
const ROOT_MATH =
  "abs acos acosh add add_n argmax argmin asin asinh atan atan2 atanh cos cosh cumsum divide equal exp floor greater " +
  "greater_equal less less_equal logical_and logical_not logical_or maximum minimum multiply negative not_equal pow " +
  "reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum round scalar_mul " +
  "sigmoid sign sin sinh sqrt square subtract tan tanh truediv";
const MODULES: Readonly<Record<string, Lines>> = {
  "": {
    ...pick(MATH, ROOT_MATH),
    ...pick(LINALG, "matmul tensordot einsum norm"),
    ...SHAPING,
    ...CREATION,
    ...pick(COUNTS, "complex unique unique_with_counts dynamic_partition"),
  },
  "math.": { ...MATH, ...pick(COUNTS, "bincount confusion_matrix"), ...pick(SHAPING, "top_k") },
  "linalg.": {
    ...LINALG,
    ...DECOMPOSITIONS,
    ...pick(CREATION, "eye"),
    ...pick(MATH, "l2_normalize"),
  },
  "signal.": SIGNAL,
  "strings.": STRINGS,
  "audio.": AUDIO,
  "nn.": NN,
  "compat.v1.image.": IMAGE_OF_1,
  "image.": { ...IMAGE, ...MORE_IMAGE, ...pick(FILES, "encode_jpeg encode_png") },
  "io.": { ...FILES, ...pick(IMAGE, "decode_jpeg decode_png decode_image decode_bmp decode_gif") },
  "random.": RANDOM,
  // NumPy's own functions, on tensors.
  "experimental.numpy.": pick(NUMPY_SHAPING, "swapaxes moveaxis ravel"),
};
const OPERATIONS: readonly Operation[] = Object.entries(MODULES).flatMap(([module, lines]) =>
  declared(`tensorflow.${module}`, lines),
);

const NOT_OURS = /^tensorflow\.(?:compat\.v[12]\.|python\.)?keras(\.|$)/;
const SUBMODULES = new Set(
  (
    "math linalg nn image io random data config debugging distribute summary train saved_model strings sparse ragged " +
    "lite errors losses experimental autograph test compat compat.v1 compat.v2 dtypes signal python sets types " +
    "version python.util python.util.deprecation python.util.tf_export " +
    "sysconfig lookup feature_column estimator profiler tpu nest audio bitwise quantization xla initializers " +
    "io.gfile experimental.numpy python.ops python.ops.numpy_ops python.ops.numpy_ops.np_config " +
    "data.experimental config.experimental distribute.experimental distribute.cluster_resolver"
  )
    .split(" ")
    .map((name) => `tensorflow.${name}`),
);

/** The modules that TensorFlow's own functions are written in, as code has them that was taken out of it. */
const PRIVATE =
  /^tensorflow\.python\.(?:framework\.(?:ops|dtypes|tensor_shape)|ops\.(?:math_ops|array_ops|nn_ops|nn))(?:\.(\w+))?$/;
function ofPrivate(values: Map<string, Value>, spelled: string, name: string | undefined): Value | undefined {
  if (name === undefined) return { kind: "module", name: spelled };
  const places = ["tensorflow", "tensorflow.math", "tensorflow.nn", "tensorflow.compat", "tensorflow.compat.v1"];
  return older(
    values,
    spelled,
    places.map((it) => values.get(`${it}.${name}`)).find((it) => it !== undefined),
  );
}

const OLD = /^(?:tf|tensorflow)\.compat\.v1\./;
/** TensorFlow 1's function of that name, which takes other arguments: what does not fit is no fault. */
function older(values: Map<string, Value>, spelled: string, value: Value | undefined): Value | undefined {
  if (value?.kind !== "native") return value;
  const known = values.get(spelled);
  if (known !== undefined) return known;
  const made = native(value.name, (m, args) => {
    m.guarded++;
    try {
      return value.call(m, args);
    } finally {
      m.guarded--;
    }
  });
  values.set(spelled, made);
  return made;
}

/** TensorFlow, as a program that uses Keras `version` sees it. `tf.keras` is Keras's own. */
export function createTensorflow(version: 2 | 3 = 3): Framework {
  const library = tensorflow(version);
  const values = new Map<string, Value>([
    ...OTHERS,
    ...INITIALIZERS,
    ...NUMPY_BEHAVIOR,
    ...EXAMPLES,
    ...DATA,
    ...DTYPES.map((it) => [`tensorflow.${it}`, dtypeValue(it)] as const),
  ]);
  for (const op of OPERATIONS) values.set(op.name, callable(library, op));
  return {
    name: "tensorflow",
    roots: ["tensorflow", "tf"],
    describe: (_, value) => describeDataset(value),
    lacks: isGone,
    names: (module) => [...values.keys()].flatMap((name) => nameIn(module.replace(/^tf(?=\.|$)/, "tensorflow"), name)),
    resolve: (_, qualifiedName) => {
      if (NOT_OURS.test(qualifiedName)) return undefined;
      const name = qualifiedName
        .replace(/^tf(?=\.|$)/, "tensorflow")
        .replace(/^tensorflow\.compat\.v[12]\.(?=.)/, "tensorflow.")
        .replace(/^tensorflow\.dtypes\.(?=.)/, "tensorflow.");
      const own = PRIVATE.exec(qualifiedName);
      if (own !== null) return ofPrivate(values, qualifiedName, own[1]);
      const isOld = OLD.test(qualifiedName);
      if (name === "tensorflow" || SUBMODULES.has(name)) return { kind: "module", name: isOld ? qualifiedName : name };
      const ofOld = isOld ? values.get(qualifiedName.replace(OLD, "tensorflow.compat.v1.")) : undefined;
      return ofOld ?? (isOld ? older(values, qualifiedName, values.get(name)) : values.get(name));
    },
  };
}

const nameIn = (module: string, name: string): readonly string[] => {
  const rest = name.startsWith(`${module}.`) ? name.slice(module.length + 1) : ".";
  return rest.includes(".") ? [] : [rest];
};
