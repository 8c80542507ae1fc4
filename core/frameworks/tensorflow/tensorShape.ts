import { makeList } from "../../interpreter/containers.ts";
import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  bool,
  int,
  nativeClass,
  nativeMethod,
  sizeOf,
  type TupleValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, NONE, product, unknown as unknownDim } from "../../tensor/dim.ts";
import { type AnyShape, hasRank, Shape } from "../../tensor/shape.ts";
import { sizeValue } from "../operation/indexing.ts";
import { shapePart } from "../operation/shapePart.ts";

/**
 * `tf.TensorShape` is a tuple of sizes and `None` with a few methods of its own; so whatever takes a tuple takes it.
 */

export const dimsOf = (m: Machine, value: Value | undefined): readonly Dim[] =>
  value === undefined
    ? []
    : iterate(m, value).items.map((item) => (item.kind === "none" ? NONE : (sizeOf(item) ?? unknownDim("not a size"))));

const method = (name: string, answer: (m: Machine, dims: readonly Dim[], args: Args) => Value) =>
  nativeMethod(`tensorflow.TensorShape.${name}`, (m, args) => answer(m, dimsOf(m, args.list[0]?.value), args));
const property = (name: string, answer: (dims: readonly Dim[]) => Value): Value => ({
  kind: "property",
  get: method(name, (_, dims) => answer(dims)),
});
const elements = (dims: readonly Dim[]): Value => (dims.includes(NONE) ? sizeValue(NONE) : int(product(dims)));

export const TENSOR_SHAPE = nativeClass("tensorflow.TensorShape", [], {
  __new__: {
    kind: "static",
    function: nativeMethod("tensorflow.TensorShape", (m, { list: [, dims] }) =>
      dims === undefined || dims.value.kind === "none" || dims.value.kind === "unknown"
        ? unknown("a shape of unknown rank")
        : shapeTuple(new Shape(dimsOf(m, dims.value))),
    ),
  },
  as_list: method("as_list", (m, dims) => makeList(m, dims.map(sizeValue))),
  num_elements: method("num_elements", (_, dims) => elements(dims)),
  is_fully_defined: method("is_fully_defined", (_, dims) => bool(!dims.includes(NONE))),
  concatenate: method("concatenate", (m, dims, { list: [, other] }) =>
    shapeTuple(new Shape([...dims, ...dimsOf(m, other?.value)])),
  ),
  with_rank: method("with_rank", (_, dims) => shapeTuple(new Shape(dims))),
  assert_has_rank: method("assert_has_rank", () => ({ kind: "none" })),
  rank: property("rank", (dims) => int(dims.length)),
  ndims: property("ndims", (dims) => int(dims.length)),
  dims: property("dims", (dims) => shapeTuple(new Shape(dims))),
});

export function shapeTuple(shape: AnyShape): Value {
  if (!hasRank(shape)) return shapePart(shape);
  const made: TupleValue = { kind: "tuple", items: [...shape].map(sizeValue), type: TENSOR_SHAPE };
  return made;
}
