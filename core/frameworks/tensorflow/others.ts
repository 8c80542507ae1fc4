import { storeAttribute } from "../../interpreter/attributes.ts";
import { opening } from "../../interpreter/builtins/files.ts";
import { callValue } from "../../interpreter/calls.ts";
import { listOf, makeList } from "../../interpreter/containers.ts";
import { heldBy } from "../../interpreter/held.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  bool,
  type ClassValue,
  type NativeValue,
  NONE_VALUE,
  native,
  nativeClass,
  nativeMethod,
  positional,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { Shape, unknownRank } from "../../tensor/shape.ts";
import {
  cond,
  entryOf,
  argument as given,
  lengthOf,
  looped,
  mapped,
  stackedOn,
  whileLoop,
} from "../operation/control.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { structures } from "../operation/nested.ts";
import { operandOf } from "../operation/operand.ts";
import { ranEach, runsEach } from "../operation/rounds.ts";
import { noteVariable } from "../operation/variables.ts";
import { tensor } from "../operation.ts";
import { EAGER } from "./eagerTensor.ts";
import { TENSORFLOW } from "./library.ts";
import { dimsOf, TENSOR_SHAPE } from "./tensorShape.ts";

/** What of TensorFlow is no tensor function: variables, scopes, decorators, settings. */

const argument = (args: Args, name: string, position: number): Value | undefined => {
  const value = given(args, name, position);
  return value.kind === "none" ? undefined : value;
};
/** `tf.map_fn(fn, elems)`; the type of what comes out may be said. */
function mapFunction(m: Machine, args: Args): Value {
  const said = argument(args, "fn_output_signature", 8) ?? argument(args, "dtype", 2);
  // Of several results each is of its own.
  const isOne = said !== undefined && said.kind !== "tuple" && said.kind !== "list";
  const dtype = isOne ? dtypeOf(said, TENSORFLOW) : undefined;
  if (dtype === null) return unknown("a map to a type that is not followed");
  return mapped(m, given(args, "fn", 0), given(args, "elems", 1), "Map", dtype);
}

/** `tf.scan(fn, elems, initializer)`: what each step yields, which the next one is given, stacked. */
function scan(m: Machine, args: Args): Value {
  const [f, elements] = [given(args, "fn", 0), given(args, "elems", 1)];
  const initial = argument(args, "initializer", 2);
  const reverse = argument(args, "reverse", 6);
  if (reverse !== undefined && (reverse.kind !== "bool" || reverse.value)) return unknown("a scan from the end");
  const length = lengthOf(m, elements);
  const first = initial ?? entryOf(m, elements, 0);
  const step = (before: Value, i: number): Value => callValue(m, f, positional(before, entryOf(m, elements, i)));
  if (!runsEach(m, length)) return stackedOn(m, initial === undefined ? first : step(first, 0), length, "Scan");
  let state = first;
  const ran = ranEach(m, length, (i) => {
    if (i > 0 || initial !== undefined) state = step(state, i);
    return state;
  });
  return ran ?? unknown("what the function yields for each element");
}
/** `tf.foldl(fn, elems, initializer)`: what the last step of such a scan yields. */
function fold(m: Machine, args: Args): Value {
  const [f, elements] = [given(args, "fn", 0), given(args, "elems", 1)];
  const initial = argument(args, "initializer", 2);
  const length = lengthOf(m, elements);
  const step = (before: Value, i: number): Value => callValue(m, f, positional(before, entryOf(m, elements, i)));
  const first = initial ?? entryOf(m, elements, 0);
  if (!runsEach(m, length)) return looped(m, initial === undefined ? first : step(first, 0), "Fold");
  let state = first;
  for (let i = initial === undefined ? 1 : 0; i < length; i++) state = step(state, i);
  return state;
}

/** `tf.Variable(initial_value, …)`: a tensor like any other here. */
const makeVariable = nativeMethod("tensorflow.Variable", (m, { list: [, ...list] }) => {
  const initial = argument({ list }, "initial_value", 0);
  if (initial === undefined) return unknown("a variable without an initial value");
  if (initial.kind === "function" || initial.kind === "method")
    return unknown("an initial value that a function makes");
  const named = argument({ list }, "dtype", 6);
  const { shape: own, leaves, tensor: from } = operandOf(m, initial);
  // Where that is said, another value may be of another shape.
  const said = argument({ list }, "shape", 11);
  const shape =
    said === undefined
      ? own
      : said.kind === "tuple" || said.kind === "list"
        ? new Shape(dimsOf(m, said))
        : unknownRank("the shape that the variable is given is not known");
  const dtype =
    named === undefined || named.kind === "none"
      ? TENSORFLOW.concrete(leaves)
      : (dtypeOf(named, TENSORFLOW) ?? undefined);
  const made = tensor(m, EAGER, shape, dtype, { assumed: from?.assumed });
  if (made.kind !== "tensor") return made;
  const trainable = argument({ list }, "trainable", 1);
  const name = stringOf(argument({ list }, "name", 4)) ?? "Variable";
  const trains = trainable?.kind !== "bool" || trainable.value;
  noteVariable(m, made, { name, trainable: trains, initial, library: "tensorflow" });
  return made;
});
export const VARIABLE = nativeClass("tensorflow.Variable", [], {
  __new__: { kind: "static", function: makeVariable },
});

/** What stands above the diagonal counts as zero. */
const LOWER_TRIANGULAR: ClassValue = nativeClass("tensorflow.linalg.LinearOperatorLowerTriangular", [], {
  __init__: nativeMethod("LinearOperatorLowerTriangular.__init__", (m, args) => {
    const self = args.list[0]?.value;
    if (self?.kind === "instance") storeAttribute(m, self, MATRIX, given(args, "tril", 1));
    return NONE_VALUE;
  }),
  to_dense: nativeMethod("LinearOperatorLowerTriangular.to_dense", (m, { list: [self] }) => {
    const from = heldBy(m, self?.value, MATRIX);
    if (from === undefined) return unknown("a matrix that is not known");
    const { shape, leaves, tensor: made } = operandOf(m, from);
    return tensor(m, EAGER, shape, TENSORFLOW.concrete(leaves), { assumed: made?.assumed });
  }),
});
const MATRIX = "%matrix";

const quiet = (name: string): NativeValue => nativeMethod(name, () => NONE_VALUE);
/** An object that a `with` statement enters and that yields nothing that shapes depend on. */
const contextClass = (name: string, members: Readonly<Record<string, Value>> = {}): ClassValue =>
  nativeClass(name, [], {
    __init__: quiet(`${name}.__init__`),
    __enter__: nativeMethod(`${name}.__enter__`, (_, { list: [self] }) => self?.value ?? NONE_VALUE),
    __exit__: quiet(`${name}.__exit__`),
    ...members,
  });
const GRADIENT_TAPE = contextClass("tensorflow.GradientTape", {
  watch: quiet("GradientTape.watch"),
  reset: quiet("GradientTape.reset"),
  gradient: nativeMethod("GradientTape.gradient", gradients),
  jacobian: nativeMethod("GradientTape.jacobian", () => unknown("a jacobian")),
  batch_jacobian: nativeMethod("GradientTape.batch_jacobian", () => unknown("a jacobian")),
});
/** `tape.gradient(target, sources)`: as the sources, one tensor each. */
function gradients(m: Parameters<NativeValue["call"]>[0], args: Args): Value {
  const sources = argument(args, "sources", 2);
  const like = (value: Value): Value =>
    value.kind === "tensor" ? { ...value, id: m.fresh(), facts: undefined } : unknown("a gradient");
  if (sources === undefined) return unknown("a gradient");
  if (sources.kind === "tuple") return tuple(sources.items.map(like));
  if (sources.kind !== "list") return like(sources);
  const { items, rest } = listOf(m, sources);
  return makeList(m, items.map(like), rest);
}

const SCOPE = contextClass("tensorflow.Scope");
export const scope = (name: string): NativeValue =>
  native(name, (m) => ({ kind: "instance", id: m.allocate({ kind: "attributes", entries: new Map() }), class: SCOPE }));
const STRATEGY = contextClass("tensorflow.distribute.Strategy", {
  scope: nativeMethod("Strategy.scope", (m, args) => scope("Strategy.scope").call(m, args)),
  run: nativeMethod("Strategy.run", () => unknown("what the replicas yield")),
  reduce: nativeMethod("Strategy.reduce", () => unknown("what the replicas yield")),
  num_replicas_in_sync: unknown("the number of replicas"),
});

/** A decorator that keeps what it decorates, with arguments or without. */
const keeping = (name: string): NativeValue =>
  native(name, (_, args) => {
    const first = args.list.find((arg) => arg.name === undefined || arg.name === "func" || arg.name === "f")?.value;
    return first !== undefined && ["function", "method", "class", "native"].includes(first.kind) ? first : KEEP;
  });
/** A function that gives its result and how to differentiate it is called for its result. */
function customGradient(_: Machine, args: Args): Value {
  const given = args.list[0]?.value;
  if (given === undefined) return unknown("no function");
  return nativeMethod("tensorflow.custom_gradient.decorated", (m, inputs) => {
    const pair = callValue(m, given, inputs);
    return (pair.kind === "tuple" ? pair.items[0] : undefined) ?? unknown("a function with a gradient of its own");
  });
}
const KEEP = native("keep", (_, { list: [only] }) => only?.value ?? NONE_VALUE);

const none = (name: string): readonly [string, Value] => [name, native(name, () => NONE_VALUE)];
const isTensor = native("tensorflow.is_tensor", (_, { list: [x] }) =>
  x === undefined || x.value.kind === "unknown"
    ? unknown("not known whether it is a tensor", "bool")
    : bool(x.value.kind === "tensor" && x.value.family === EAGER),
);
const emptyList = (name: string): readonly [string, Value] => [
  name,
  native(name, () => unknown("this machine's devices", "list")),
];

const PREFIX = "tensorflow.";
const entries: readonly (readonly [string, Value])[] = [
  ["Variable", VARIABLE],
  ["GradientTape", GRADIENT_TAPE],
  ["TensorShape", TENSOR_SHAPE],
  ["Tensor", nativeClass("tensorflow.Tensor", [], {})],
  // No size is one in TensorFlow 2: programs for both versions ask.
  [
    "compat.v1.Dimension",
    nativeClass("tensorflow.compat.v1.Dimension", [], {
      __new__: nativeMethod("Dimension.__new__", () => unknown("a Dimension of TensorFlow 1")),
    }),
  ],
  ["Module", nativeClass("tensorflow.Module", [], { __init__: quiet("tensorflow.Module.__init__") })],
  ["linalg.LinearOperatorLowerTriangular", LOWER_TRIANGULAR],
  ["RaggedTensor", nativeClass("tensorflow.RaggedTensor", [], {})],
  ["compat.dimension_value", native("tensorflow.compat.dimension_value", (_, args) => given(args, "dimension", 0))],
  ["newaxis", NONE_VALUE],
  ["is_tensor", isTensor],
  ["function", keeping("tensorflow.function")],
  ["autograph.experimental.do_not_convert", keeping("tensorflow.autograph.experimental.do_not_convert")],
  ["custom_gradient", native("tensorflow.custom_gradient", customGradient)],
  ["name_scope", scope("tensorflow.name_scope")],
  ["variable_scope", scope("tensorflow.variable_scope")],
  ["device", scope("tensorflow.device")],
  ["init_scope", scope("tensorflow.init_scope")],
  ["control_dependencies", scope("tensorflow.control_dependencies")],
  ["cond", native("tensorflow.cond", cond)],
  ["map_fn", native("tensorflow.map_fn", mapFunction)],
  ["vectorized_map", native("tensorflow.vectorized_map", mapFunction)],
  ["while_loop", native("tensorflow.while_loop", (m, args) => whileLoop(m, args, given(args, "loop_vars", 2)))],
  ["scan", native("tensorflow.scan", scan)],
  ["foldl", native("tensorflow.foldl", fold)],
  ["get_logger", native("tensorflow.get_logger", () => unknown("the logger"))],
  ["TensorSpec", nativeClass("tensorflow.TensorSpec", [], { __init__: quiet("TensorSpec.__init__") })],
  ["__version__", str("2.21.0")],
  ["io.gfile.GFile", opening("tensorflow.io.gfile.GFile")],
  ["version.VERSION", str("2.21.0")],
  ["print", native("tensorflow.print", () => NONE_VALUE)],
  ...["deprecation.deprecated", "deprecation.deprecated_args", "tf_export.tf_export", "tf_export.keras_export"].map(
    (name): readonly [string, Value] => [`python.util.${name}`, native(`tensorflow.${name}`, () => KEEP)],
  ),
];
const STRATEGIES = [
  "MirroredStrategy",
  "MultiWorkerMirroredStrategy",
  "TPUStrategy",
  "OneDeviceStrategy",
  "experimental.TPUStrategy",
  "experimental.MultiWorkerMirroredStrategy",
  "experimental.CentralStorageStrategy",
];
const QUIET = [
  "random.set_seed",
  "set_random_seed",
  "config.run_functions_eagerly",
  "config.experimental_run_functions_eagerly",
  "config.experimental.set_memory_growth",
  "config.set_visible_devices",
  "config.experimental.set_visible_devices",
  "config.experimental.enable_op_determinism",
  "config.optimizer.set_jit",
  "config.threading.set_inter_op_parallelism_threads",
  "config.threading.set_intra_op_parallelism_threads",
  "debugging.set_log_device_placement",
  "compat.v1.disable_eager_execution",
  "disable_eager_execution",
  "disable_v2_behavior",
  "enable_eager_execution",
  "debugging.assert_equal",
  "debugging.assert_rank",
  "debugging.assert_shapes",
  "debugging.assert_greater",
  "debugging.assert_less",
  "assert_equal",
  "debugging.assert_near",
  "debugging.assert_non_negative",
  "debugging.assert_less_equal",
  "debugging.enable_check_numerics",
  "summary.scalar",
  "summary.image",
  "summary.histogram",
  "summary.text",
  "saved_model.save",
  "io.write_file",
  "group",
  "no_op",
];

export const OTHERS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...structures("tensorflow.nest"),
  ...entries.map(([name, value]) => [PREFIX + name, value] as const),
  ...STRATEGIES.map((name) => [`${PREFIX}distribute.${name}`, STRATEGY] as const),
  [
    `${PREFIX}distribute.get_strategy`,
    native("tensorflow.distribute.get_strategy", (m) => ({
      kind: "instance",
      id: m.allocate({ kind: "attributes", entries: new Map() }),
      class: STRATEGY,
    })),
  ],
  ...QUIET.map((name) => none(PREFIX + name)),
  ...["config.list_physical_devices", "config.experimental.list_physical_devices", "config.list_logical_devices"].map(
    (name) => emptyList(PREFIX + name),
  ),
]);
