import { listOf } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  native,
  positional,
  type TensorFamily,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Conflict, isConflict } from "../../tensor/conflict.ts";
import { indexed, type Subscript } from "../../tensor/indexing.ts";
import { unknownRank } from "../../tensor/shape.ts";
import { tensor as made } from "../operation.ts";
import { explain } from "./faults.ts";
import { indexedFacts, subscripts } from "./indexing.ts";
import { fromTensor } from "./operand.ts";
import { remember } from "./recipes.ts";

/** What a library does not take as an index. */
export type Refusal = (parts: readonly Subscript[], index: Value) => Conflict | undefined;

/** `x[index]`. An index that the library refuses is a fault, and the shape that it was meant to give is assumed. */
export function getItem(m: Machine, family: TensorFamily, tensor: TensorValue, index: Value, refuses?: Refusal): Value {
  const parts = subscripts(m, index);
  const { dtype, assumed } = tensor;
  if ("reason" in parts) return made(m, family, unknownRank(parts.reason), dtype, { assumed });
  const refused = refuses?.(parts, index);
  const shape = indexed(tensor.shape, parts);
  const broken = refused ?? (isConflict(shape) ? shape : undefined);
  if (broken !== undefined && !assumed) m.report(explain("indexing", broken, m.here));
  const result = made(m, family, isConflict(shape) ? unknownRank("the index does not fit") : shape, dtype, {
    assumed: assumed || broken !== undefined,
    facts: broken === undefined ? indexedFacts(fromTensor(tensor), index) : undefined,
  });
  const recipe = { function: GET_ITEM, args: positional(tensor, index) };
  remember([result], recipe);
  family.record?.(m, "GetItem", [tensor], [result], recipe);
  m.tracer?.({
    kind: "operation",
    name: "GetItem",
    argument: (name) => (name === "index" ? index : undefined),
    inputs: [tensor],
    outputs: [result],
    place: m.blame ?? m.here,
  });
  return result;
}

/** `x[index] = value`: the array of that content, which is another one here. */
export function setItem(m: Machine, tensor: TensorValue, index: Value, value: Value): TensorValue {
  const { family, shape, dtype, assumed, origin } = tensor;
  const result = { ...made(m, family, shape, dtype, { assumed }), origin };
  remember([result], { function: SET_ITEM, args: positional(tensor, index, value) });
  family.record?.(m, "SetItem", [tensor], [result]);
  m.tracer?.({
    kind: "operation",
    name: "SetItem",
    argument: (name) => ({ x: tensor, index, value })[name],
    inputs: [tensor],
    outputs: [result],
    place: m.blame ?? m.here,
  });
  return result;
}
const SET_ITEM = native("SetItem", (m, { list: [x, index, value] }) =>
  x?.value.kind === "tensor" && index !== undefined && value !== undefined
    ? setItem(m, x.value, index.value, value.value)
    : unknown("no tensor"),
);

const GET_ITEM = native("GetItem", (m, { list: [x, index] }) =>
  x?.value.kind === "tensor" && index !== undefined
    ? x.value.family.subscript(m, x.value, index.value)
    : unknown("no tensor"),
);

/** TensorFlow and Keras take a list of indices for a tuple of them; NumPy takes it for an array. */
export const listAsTuple = (m: Machine, index: Value): Value =>
  index.kind === "list" && listOf(m, index).rest === undefined ? tuple(listOf(m, index).items) : index;
