import type { Machine } from "../../interpreter/machine.ts";
import {
  bool,
  FALSE,
  int,
  nativeMethod,
  positional,
  str,
  type TensorFamily,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { conflict } from "../../tensor/conflict.ts";
import { NONE } from "../../tensor/dim.ts";
import { hasRank, printShape } from "../../tensor/shape.ts";
import { getItem, listAsTuple, type Refusal } from "../operation/getItem.ts";
import { run } from "../operation.ts";
import { shapeTuple } from "../tensorflow/tensorShape.ts";
import { KERAS_LIBRARY } from "./library.ts";
import { OPERATORS, RESHAPE, SQUEEZE } from "./operators.ts";
import { producerOf } from "./runtime/graph.ts";
import { recordOf } from "./runtime/records.ts";
import { versionIn } from "./version.ts";

/** `isinstance(x, keras.KerasTensor)`: what a layer's `call` sees is none. */
export function isSymbolicClass(answer: boolean): NonNullable<TensorFamily["isA"]> {
  return ({ qualifiedName }) => (qualifiedName === "keras.KerasTensor" ? answer : undefined);
}

/** The symbolic tensors of a functional model. What is done with them becomes a part of the model's graph. */
export const KERAS: TensorFamily = {
  name: "KERAS",
  isData: false,
  isSymbolic: true,
  attribute,
  subscript,
  operator,
  iterated,
  counted,
  miscounted,
  isA: isSymbolicClass(true),
};

/** Says who is told of every operation that makes symbolic tensors: the model's graph. */
export function recordOperations(record: NonNullable<TensorFamily["record"]>): void {
  KERAS.record = record;
}

/**
 * `for row in x`, `a, b = x`: Keras 3 never goes through the rows of a symbolic tensor ("Iterating over a symbolic
 * KerasTensor is not supported."), Keras 2 not along an axis of any size, which the batch mostly is.
 */
function iterated(m: Machine, x: TensorValue): string | undefined {
  const { shape } = x;
  if (!hasRank(shape) || shape.rank === 0 || shape.at(0) !== NONE) return undefined;
  const why =
    "has no rows to go through or to unpack: its batch has any size. " +
    "A recurrent layer gives its states beside its output with return_state=True.";
  refuse(m, x, why);
  return "a symbolic tensor has no rows to go through";
}

/** `len(x)`: neither Keras counts the rows of a symbolic tensor. */
function counted(m: Machine, x: TensorValue): string | undefined {
  if (m.tracing > 0) return undefined;
  refuse(m, x, "has no length. Its axes are in x.shape, and a size that only a run knows is keras.ops.shape(x)[0].");
  return "a symbolic tensor has no length";
}

/** Python asks a symbolic tensor for what it has not. */
function refuse(m: Machine, { shape, assumed, origin }: TensorValue, why: string): void {
  const message = `a model's symbolic tensor ${printShape(shape)} ${why}`;
  const related = origin === undefined ? [] : [{ place: origin, message: "the symbolic tensor" }];
  const code = "symbolic-tensor-in-function";
  if (!assumed) m.report({ code, severity: "error", place: m.here, message, related, repairs: [] });
}

/** `y, h, c = layer(x)`: what a recurrent layer gives with `return_state=True`, its output and each of its states. */
function miscounted(m: Machine, items: readonly Value[], targets: number): string | undefined {
  const [made, ...others] = items.map((it) =>
    it.kind === "tensor" && !it.assumed ? producerOf(m, it)?.node : undefined,
  );
  const operation = made?.operation;
  if (operation?.kind !== "layer" || others.some((it) => it !== made)) return undefined;
  const record = recordOf(m, operation.layer);
  if (record?.declared === undefined || made?.outputs.length !== items.length) return undefined;
  const ways = record.declared === "Bidirectional" ? ", of both its directions" : "";
  const message =
    `${record.name} gives ${items.length} tensors, its output and its states${ways}, ` +
    `and they are unpacked into ${targets}`;
  const related = [{ place: record.place, message: `${record.name} is made here` }];
  const edits = [{ place: m.here, text: String(items.length), form: "unpack all" }];
  const repairs = [{ title: `${items.length} names for them`, preferred: true, edits }];
  m.report({ code: "return-sequences", severity: "error", place: m.here, message, related, repairs });
  return `${record.name} gives another number of tensors`;
}

function operator(m: Machine, op: string, left: Value, right: Value | undefined): Value {
  // KerasTensor has no `__eq__`: it is Python's own identity.
  if (op === "==") return same(left, right);
  const found = OPERATORS[right === undefined ? `unary ${op}` : op];
  if (found === undefined) return unknown(`${op} of symbolic tensors is not followed`);
  return run(m, KERAS_LIBRARY, found, right === undefined ? positional(left) : positional(left, right));
}
function same(left: Value, right: Value | undefined): Value {
  if (left.kind !== "tensor" || right?.kind !== "tensor") return FALSE;
  if (left.family !== right.family) return unknown("a symbolic tensor has no value to compare", "bool");
  return left.id < 0 || right.id < 0
    ? unknown("not known whether they are one tensor", "bool")
    : bool(left.id === right.id);
}

/**
 * `GetItem` takes an integer, or a tuple of integers, slices, `None` and `...`; a slice that stands alone it does
 * not.
 */
const refused: Refusal = (parts, index) => {
  if (parts.some((part) => part.kind === "array" || part.kind === "mask"))
    return conflict("index-is-supported", "an array of indices on a symbolic tensor");
  if (index.kind === "tuple" || index.kind === "int") return undefined;
  return conflict("index-alone", index.kind === "slice" ? "a slice" : index.kind);
};

/** Keras 2 indexes as TensorFlow does. */
const refusedByTensorflow: Refusal = (parts) =>
  parts.some((part) => part.kind === "array") ? conflict("index-is-scalar", "an array of indices") : undefined;

function subscript(m: Machine, tensor: TensorValue, index: Value): Value {
  const isOwn = versionIn(m) === 3 && m.tracing === 0;
  return getItem(m, KERAS, tensor, listAsTuple(m, index), isOwn ? refused : refusedByTensorflow);
}

/** `_keras_history`: what made the tensor, at which of its calls, and which of its results it is. */
function history(m: Machine, tensor: TensorValue): Value {
  const made = producerOf(m, tensor);
  if (made?.node.operation.kind !== "layer")
    return unknown("the operation that made a symbolic tensor is not followed");
  const items = [made.node.operation.layer, int(made.node.index), int(made.index)];
  return { kind: "tuple", items, fields: [versionIn(m) === 3 ? "operation" : "layer", "node_index", "tensor_index"] };
}

function attribute(m: Machine, tensor: TensorValue, name: string): Value | undefined {
  const { shape, dtype } = tensor;
  switch (name) {
    case "shape":
      return shapeTuple(shape);
    case "dtype":
      return dtype === undefined ? unknown("its dtype is not known", "str") : str(dtype);
    case "ndim":
      return hasRank(shape) ? int(shape.rank) : unknown(shape.reason);
    case "sparse":
    case "ragged":
      return FALSE;
    case "_keras_history":
      return history(m, tensor);
    case "name":
    case "_keras_mask":
      return unknown(`${name} of a symbolic tensor is not followed`);
    case "reshape":
    case "squeeze":
      return { kind: "method", self: tensor, function: METHODS[name] };
    case "get_shape":
      return versionIn(m) === 3 ? undefined : { kind: "method", self: tensor, function: GET_SHAPE };
    default:
      return undefined;
  }
}
const METHODS = {
  reshape: nativeMethod("KerasTensor.reshape", (m, args) => run(m, KERAS_LIBRARY, RESHAPE, args)),
  squeeze: nativeMethod("KerasTensor.squeeze", (m, args) => run(m, KERAS_LIBRARY, SQUEEZE, args)),
};
/** Of Keras 2. */
export const GET_SHAPE = nativeMethod("KerasTensor.get_shape", (_, { list: [self] }) =>
  self?.value.kind === "tensor" ? shapeTuple(self.value.shape) : unknown("no tensor"),
);
