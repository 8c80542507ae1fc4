import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  bool,
  entry,
  float,
  int,
  type NativeValue,
  NONE_VALUE,
  str,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { NONE, product } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { argument, mapped } from "../../operation/control.ts";
import { sizeTuple } from "../../operation/indexing.ts";
import type { Library } from "../../operation/library.ts";
import { operandOf } from "../../operation/operand.ts";
import { shapePart } from "../../operation/shapePart.ts";
import { tensor } from "../../operation.ts";
import { EAGER } from "../../tensorflow/eagerTensor.ts";
import { scope } from "../../tensorflow/others.ts";
import { KERAS } from "../kerasTensor.ts";

/** Keras's functions on tensors that yield no tensor. */

const first = ({ list: [it] }: Args): Value => it?.value ?? NONE_VALUE;
const tensorIn = (args: Args): TensorValue | undefined => {
  const value = first(args);
  return value.kind === "tensor" ? value : undefined;
};

/** `keras.ops.shape`: of a symbolic tensor sizes and `None`; of another a size of `None` is a number at run time. */
function shapeOf(m: Machine, args: Args): Value {
  const { shape } = operandOf(m, first(args));
  if (!hasRank(shape)) return shapePart(shape);
  if (tensorIn(args)?.family === KERAS) return sizeTuple(shape);
  return tuple(
    [...shape].map((dim) =>
      dim === NONE ? tensor(m, EAGER, new Shape([]), "int32", { facts: { sizes: [NONE] } }) : int(dim),
    ),
  );
}
function staticShape(m: Machine, args: Args): Value {
  const { shape } = operandOf(m, first(args));
  return hasRank(shape) ? sizeTuple(shape) : shapePart(shape);
}
function rankOf(m: Machine, args: Args): Value {
  const { shape } = operandOf(m, first(args));
  return hasRank(shape) ? int(shape.rank) : unknown(shape.reason);
}
function dtypeOf(m: Machine, args: Args): Value {
  if (tensorIn(args) === undefined && first(args).kind !== "unknown" && first(args).kind !== "instance")
    return unknown("only what is a tensor has a dtype", "str");
  const [dtype] = operandOf(m, first(args)).leaves;
  return dtype === undefined ? unknown("its dtype is not known", "str") : str(dtype);
}
function toArray(m: Machine, args: Args): Value {
  const from = tensorIn(args);
  if (from === undefined || from.family === KERAS) return unknown("what it holds is not known");
  return { ...from, id: m.fresh(), family: ARRAY, origin: m.here };
}
function getItem(m: Machine, args: Args): Value {
  const [x, key] = [argument(args, "x", 0), argument(args, "key", 1)];
  return x.kind === "tensor" ? x.family.subscript(m, x, key) : unknown("what is indexed is not known");
}
const isTensor =
  (family: (it: TensorValue) => boolean) =>
  (_: Machine, args: Args): Value => {
    const value = first(args);
    if (value.kind === "unknown") return unknown("not known whether it is a tensor", "bool");
    return bool(value.kind === "tensor" && family(value));
  };

const toValue = (m: Machine, args: Args): Value => toArray(m, args);
/** `keras.activations.get`: a function by its name, or the function itself. */
const activation =
  (functions: ReadonlyMap<string, NativeValue>) =>
  (_: Machine, args: Args): Value => {
    const wanted = first(args);
    if (wanted.kind === "none") return functions.get("keras.activations.linear") ?? wanted;
    if (wanted.kind !== "str") return wanted;
    const name = ALIASES[wanted.value] ?? wanted.value;
    return functions.get(`keras.activations.${name}`) ?? unknown(`the activation ${wanted.value}`);
  };
const ALIASES: Readonly<Record<string, string>> = { swish: "silu", hard_swish: "hard_silu" };
export const activations = (
  functions: ReadonlyMap<string, NativeValue>,
): readonly (readonly [string, NativeValue])[] => [
  entry("keras.activations.get", activation(functions)),
  entry("keras.activations.deserialize", activation(functions)),
];

export const FUNCTIONS: readonly (readonly [string, NativeValue])[] = [
  entry("keras.ops.shape", shapeOf),
  entry("keras.ops.ndim", rankOf),
  entry("keras.ops.dtype", dtypeOf),
  entry("keras.ops.convert_to_numpy", toArray),
  entry(
    "keras.ops.is_tensor",
    isTensor((it) => it.family === EAGER),
  ),
  entry(
    "keras.utils.is_keras_tensor",
    isTensor((it) => it.family === KERAS),
  ),
  entry(
    "keras.backend.is_keras_tensor",
    isTensor((it) => it.family === KERAS),
  ),
  entry("keras.activations.linear", (_, args) => first(args)),
  entry("keras.ops.get_item", getItem),
  entry("keras.config.epsilon", () => float(1e-7)),
  entry("keras.config.backend", () => str("tensorflow")),
];

/** keras.backend's own. */
export const backendFunctions = (_: Library): readonly (readonly [string, NativeValue])[] => [
  entry("keras.backend.int_shape", staticShape),
  entry("keras.backend.name_scope", scope("keras.backend.name_scope").call),
  entry("keras.backend.get_value", toValue),
  entry("keras.backend.eval", toValue),
  entry("keras.backend.count_params", (m, args) => {
    const { shape } = operandOf(m, first(args));
    return hasRank(shape) ? int(product(shape)) : unknown(shape.reason);
  }),
  entry("keras.backend.update", (_, args) => argument(args, "new_x", 1)),
  entry("keras.backend.update_add", (_, args) => first(args)),
  entry("keras.backend.update_sub", (_, args) => first(args)),
  entry("keras.backend.manual_variable_initialization", () => NONE_VALUE),
  entry("keras.backend.ndim", rankOf),
  entry("keras.backend.dtype", dtypeOf),
  entry("keras.backend.learning_phase", () => unknown("whether it trains is only known at run time")),
  entry("keras.backend.set_learning_phase", () => NONE_VALUE),
  entry("keras.backend.set_session", () => NONE_VALUE),
  ...["set_epsilon", "set_value", "batch_set_value", "reset_uids"].map((it) =>
    entry(`keras.backend.${it}`, () => NONE_VALUE),
  ),
  entry("keras.backend.map_fn", (m, args) => mapped(m, argument(args, "fn", 0), argument(args, "elems", 1), "MapFn")),
];
