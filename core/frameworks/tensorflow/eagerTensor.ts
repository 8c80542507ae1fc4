import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  int,
  type MethodValue,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  positional,
  type TensorFamily,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { hasRank } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { dtypeValue } from "../operation/dtypes.ts";
import { getItem, listAsTuple, type Refusal } from "../operation/getItem.ts";
import { remember } from "../operation/history.ts";
import { refuseSymbolic } from "../operation/symbolic.ts";
import { run } from "../operation.ts";
import { TENSORFLOW } from "./library.ts";
import { behavesAsNumpy } from "./numpyBehavior.ts";
import { OPERATORS } from "./operators.ts";
import { shapeTuple } from "./tensorShape.ts";

/**
 * TensorFlow's tensors: eager ones, and those that a layer's `call` sees. A size that is `None` in a static shape is a
 * number at run time: `tf.shape(x)` is a vector whose elements are known as sizes (`SizeFacts`), `None` among them, so
 * that `tf.reshape(x, [tf.shape(x)[0], 4, 8])` is `(None, 4, 8)` of a batch of any size.
 */
export const EAGER: TensorFamily = {
  name: "EAGER",
  isData: false,
  attribute,
  subscript: (m, tensor, index) =>
    behavesAsNumpy(m) ? getItem(m, EAGER, tensor, index) : getItem(m, EAGER, tensor, listAsTuple(m, index), refused),
  operator,
  record: remember,
  // Eager or traced, it is of a class of its own that no program names.
  type: () => OWN_CLASS,
};
const OWN_CLASS = nativeClass("tensorflow.EagerTensor", [], {});

/** A tensor of indices is for `tf.gather`; one of truth values is a mask. */
const refused: Refusal = (parts) =>
  parts.some((part) => part.kind === "array")
    ? { conflict: "index-is-scalar", detail: "an array of indices" }
    : undefined;

function operator(m: Machine, op: string, left: Value, right: Value | undefined): Value {
  const other = left.kind === "tensor" && left.family !== EAGER ? left : right;
  if (other?.kind === "tensor" && other.family !== EAGER && !other.family.isData) {
    // TensorFlow's own comparison, on the left, converts what stands on its right.
    if (left !== other && COMPARISONS.has(op) && !other.assumed) refuseSymbolic(m, op, other, positional());
    return other.family.operator(m, op, left, right);
  }
  const found = OPERATORS[right === undefined ? `unary ${op}` : op];
  if (found === undefined) return unknown(`${op} of tensors is not followed`);
  return run(m, TENSORFLOW, found, right === undefined ? positional(left) : positional(left, right));
}

function attribute(_: Machine, tensor: TensorValue, name: string): Value | undefined {
  if (name === "shape") return shapeTuple(tensor.shape);
  if (name === "dtype")
    return tensor.dtype === undefined ? unknown("its dtype is not known") : dtypeValue(tensor.dtype);
  if (name === "ndim") return hasRank(tensor.shape) ? int(tensor.shape.rank) : unknown(tensor.shape.reason);
  if (name === "name" || name === "op" || name === "device" || name === "graph")
    return unknown(`${name} is not followed`);
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return undefined;
  const bound: MethodValue = { kind: "method", self: tensor, function: method };
  return bound;
}

const COMPARISONS = new Set(["<", "<=", ">", ">=", "!="]);

const receiver = ({ list: [self] }: Args): TensorValue | undefined =>
  self?.value.kind === "tensor" ? self.value : undefined;
const itself = (name: string) => nativeMethod(`Tensor.${name}`, (_, args) => receiver(args) ?? unknown("no tensor"));

const METHODS: Readonly<Record<string, ReturnType<typeof nativeMethod>>> = {
  numpy: nativeMethod("Tensor.numpy", (m, args) => {
    const self = receiver(args);
    if (self === undefined) return unknown("no tensor");
    // One string is Python's own bytes, and no array.
    if (self.dtype === "string" && hasRank(self.shape) && self.shape.rank === 0) return unknown("the string it holds");
    return { ...self, id: m.fresh(), family: ARRAY, origin: m.here };
  }),
  get_shape: nativeMethod("Tensor.get_shape", (_, args) => {
    const self = receiver(args);
    return self === undefined ? unknown("no tensor") : shapeTuple(self.shape);
  }),
  set_shape: nativeMethod("Tensor.set_shape", () => NONE_VALUE),
  ...Object.fromEntries(["value", "read_value", "assign", "assign_add", "assign_sub"].map((it) => [it, itself(it)])),
  to_tensor: itself("to_tensor"),
  __str__: nativeMethod("Tensor.__str__", () => unknown("what it prints is not followed", "str")),
};
