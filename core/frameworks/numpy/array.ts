import type { Machine } from "../../interpreter/machine.ts";
import {
  int,
  type MethodValue,
  NONE_VALUE,
  nativeClass,
  positional,
  type TensorFamily,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { NONE, product } from "../../tensor/dim.ts";
import { hasRank } from "../../tensor/shape.ts";
import { dtypeValue } from "../operation/dtypes.ts";
import { getItem } from "../operation/getItem.ts";
import { remember } from "../operation/history.ts";
import { sizeTuple } from "../operation/indexing.ts";
import { changed, current, reshaped, set, spoil } from "../operation/storage.ts";
import { refuseSymbolic } from "../operation/symbolic.ts";
import { callable, run } from "../operation.ts";
import { NUMPY } from "./library.ts";
import { METHODS } from "./methods.ts";
import { OPERATORS } from "./operators.ts";
import { PLAIN } from "./plain.ts";

export const NDARRAY = nativeClass("numpy.ndarray", [], {});

/** NumPy's arrays: the data that a script handles. */
export const ARRAY: TensorFamily = {
  name: "ARRAY",
  isData: true,
  attribute,
  subscript,
  set,
  changed,
  spoil,
  setAttribute,
  current,
  // A single element is of a type of its own, as numpy.float64.
  type: ({ shape }) => (hasRank(shape) && shape.rank > 0 ? NDARRAY : undefined),
  operator,
  record: remember,
};

/** One element is a number only where the dtype says so: an array of objects holds lists, and one of texts texts. */
function subscript(m: Machine, tensor: TensorValue, index: Value): Value {
  const found = getItem(m, ARRAY, tensor, index);
  if (found.kind !== "tensor" || !hasRank(found.shape) || found.shape.rank > 0 || found.facts !== undefined)
    return found;
  if (found.dtype === "string") return unknown("a text out of an array is not followed");
  return found.dtype === undefined ? unknown("not known what an element of this array is") : found;
}

function operator(m: Machine, op: string, left: Value, right: Value | undefined): Value {
  const other = left.kind === "tensor" && left.family !== ARRAY ? left : right;
  if (other?.kind === "tensor" && other.family !== ARRAY) {
    // An array on the left converts the tensor on its right first, which a symbolic one refuses.
    if (other.family.isSymbolic === true && left !== other && !other.assumed)
      refuseSymbolic(m, `numpy.ndarray ${op}`, other, positional());
    return other.family.operator(m, op, left, right);
  }
  const found = OPERATORS[right === undefined ? `unary ${op}` : op];
  if (found === undefined) return unknown(`${op} of arrays is not followed`);
  return run(m, NUMPY, found, right === undefined ? positional(left) : positional(left, right));
}

/** `x.shape = (2, 2)`: whoever holds this very array sees another shape. */
function setAttribute(m: Machine, array: TensorValue, name: string, value: Value): void {
  const method = METHODS.get("reshape");
  const made = name === "shape" && method !== undefined ? run(m, NUMPY, method, positional(array, value)) : undefined;
  if (made?.kind === "tensor") reshaped(m, array, made);
}

function attribute(m: Machine, tensor: TensorValue, name: string): Value | undefined {
  const { shape, dtype } = tensor;
  if (name === "shape") return hasRank(shape) ? sizeTuple(shape) : unknown(shape.reason);
  if (name === "ndim") return hasRank(shape) ? int(shape.rank) : unknown(shape.reason);
  if (name === "size")
    return hasRank(shape) ? (shape.dims.includes(NONE) ? NONE_VALUE : int(product(shape))) : unknown(shape.reason);
  if (name === "dtype") return dtype === undefined ? unknown("its dtype is not known") : dtypeValue(dtype);
  const method = METHODS.get(name);
  if (name === "T" && method !== undefined) return run(m, NUMPY, method, positional(tensor));
  if (name === "nbytes" || name === "itemsize") return unknown(`${name} is not followed`);
  if (name === "flat" || name === "data") return { ...unknown(`${name} is not followed`), may: [tensor] };
  if (method === undefined)
    return PLAIN.get(name) === undefined ? undefined : bound(tensor, PLAIN.get(name) ?? NONE_VALUE);
  return bound(tensor, callable(NUMPY, method));
}
const bound = (self: TensorValue, method: Value): MethodValue => ({ kind: "method", self, function: method });
