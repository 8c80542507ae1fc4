import { dictOf, makeRecord } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type TensorValue, tuple, unknown, type Value } from "../../../interpreter/values.ts";
import { type Dim, join, NONE, sameDim } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { type Step, stepOf } from "../../operation/history.ts";
import { arrayOf, operandOf } from "../../operation/operand.ts";
import { tensor } from "../../operation.ts";
import { EAGER } from "../eagerTensor.ts";
import { TENSORFLOW } from "../library.ts";

/** What one element of a `tf.data.Dataset` is: tensors in tuples and dictionaries, or data sets again. Immutable. */
export type Spec =
  | {
      readonly kind: "tensor";
      readonly shape: AnyShape;
      readonly dtype: DType | undefined;
      readonly origin?: TensorValue["origin"];
      readonly facts?: TensorValue["facts"];
      readonly assumed?: boolean | undefined;
      /** What made it, in the program or in a function of `map`. */
      readonly step?: Step | undefined;
    }
  | { readonly kind: "tuple"; readonly items: readonly Spec[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [name: string, spec: Spec])[] }
  | { readonly kind: "dataset"; readonly element: Spec; readonly length: Dim }
  | { readonly kind: "unknown"; readonly reason: string };
export type TensorSpec = Extract<Spec, { kind: "tensor" }>;
/** The step of a part that a generator yields in another shape than is said: `inputs` are what it yields, and that. */
export const UNLIKE = "FromGenerator";

/** Reads a value as TensorFlow flattens it: tuples and dictionaries are structure, anything else is one tensor. */
export function specOf(m: Machine, value: Value, inner: (value: Value) => Spec | undefined): Spec {
  const own = inner(value);
  if (own !== undefined) return own;
  if (value.kind === "tuple") return { kind: "tuple", items: value.items.map((it) => specOf(m, it, inner)) };
  if (value.kind === "dict") {
    const { entries, open } = dictOf(m, value);
    if (open !== undefined) return { kind: "unknown", reason: open };
    const named = [...entries.values()].map(({ key, value: it }): readonly [string, Spec] => [
      key.kind === "str" ? key.value : "",
      specOf(m, it, inner),
    ]);
    return { kind: "dict", entries: named };
  }
  const array = arrayOf(m, value) ?? value;
  if (array.kind === "unknown" && array.type === undefined) return { kind: "unknown", reason: array.reason };
  const { shape, leaves, range, tensor: from } = operandOf(m, array);
  const facts = range === undefined ? undefined : { range };
  const { origin, assumed } = from ?? {};
  const step = from === undefined ? undefined : stepOf(m, from);
  return { kind: "tensor", shape, dtype: TENSORFLOW.concrete(leaves), origin, facts, assumed, step };
}

/** An element as the program meets it. `free` is what a size of any kind is there: `None` while it is traced. */
export function elementValue(m: Machine, spec: Spec, free: Dim, inner: (spec: Spec) => Value): Value {
  switch (spec.kind) {
    case "tensor": {
      const { shape, dtype, facts, assumed, origin, step } = spec;
      const met = hasRank(shape) ? shape.map((dim) => (dim === NONE ? free : dim)) : shape;
      const made = tensor(m, EAGER, met, dtype, { facts, assumed });
      if (step !== undefined) m.setSlot(made.id, step);
      return origin === undefined ? made : { ...made, origin };
    }
    case "tuple":
      return tuple(spec.items.map((it) => elementValue(m, it, free, inner)));
    case "dict":
      return makeRecord(
        m,
        Object.fromEntries(spec.entries.map(([name, it]) => [name, elementValue(m, it, free, inner)])),
      );
    case "dataset":
      return inner(spec);
    default:
      return unknown(spec.reason);
  }
}

/** Changes every tensor of a structure. */
export function mapSpec(spec: Spec, change: (it: TensorSpec) => Spec): Spec {
  if (spec.kind === "tensor") return change(spec);
  if (spec.kind === "tuple") return { ...spec, items: spec.items.map((it) => mapSpec(it, change)) };
  if (spec.kind === "dict")
    return { ...spec, entries: spec.entries.map(([name, it]) => [name, mapSpec(it, change)] as const) };
  return spec.kind === "dataset" ? { kind: "unknown", reason: "data sets inside a data set" } : spec;
}

/** The tensors of a structure in order; undefined where something is not known. */
export function leavesOf(spec: Spec): readonly TensorSpec[] | undefined {
  if (spec.kind === "tensor") return [spec];
  const parts =
    spec.kind === "tuple" ? spec.items : spec.kind === "dict" ? spec.entries.map(([, it]) => it) : undefined;
  const flat = parts?.map(leavesOf);
  return flat === undefined || flat.includes(undefined) ? undefined : flat.flatMap((it) => it ?? []);
}

export const insertAxis = (spec: Spec, dim: Dim): Spec =>
  mapSpec(spec, (it) => ({ ...it, shape: hasRank(it.shape) ? it.shape.insert(0, dim) : it.shape }));
export const dropAxis = (spec: Spec): Spec =>
  mapSpec(spec, (it) => ({
    ...it,
    shape: !hasRank(it.shape)
      ? it.shape
      : it.shape.rank === 0
        ? unknownRank("a scalar has no rows")
        : it.shape.slice(1),
  }));

/** What covers both; `None` where TensorFlow itself says `None` of two sizes that differ. */
export function joinSpecs(a: Spec, b: Spec, differing: (a: Dim, b: Dim) => Dim = join): Spec {
  if (a.kind === "tensor" && b.kind === "tensor") {
    const dtype = a.dtype === b.dtype ? a.dtype : undefined;
    return { ...a, shape: joined(a.shape, b.shape, differing), dtype, facts: undefined, step: undefined };
  }
  if (a.kind === "tuple" && b.kind === "tuple" && a.items.length === b.items.length)
    return { kind: "tuple", items: a.items.map((it, i) => joinSpecs(it, b.items[i] ?? it, differing)) };
  if (a.kind === "dict" && b.kind === "dict" && a.entries.every(([name], i) => b.entries[i]?.[0] === name)) {
    const entries = a.entries.map(
      ([name, it], i) => [name, joinSpecs(it, b.entries[i]?.[1] ?? it, differing)] as const,
    );
    return { kind: "dict", entries };
  }
  if (a.kind === "dataset" && b.kind === "dataset")
    return { kind: "dataset", element: joinSpecs(a.element, b.element, differing), length: join(a.length, b.length) };
  if (a.kind === "unknown" || b.kind === "unknown") return a.kind === "unknown" ? a : b;
  return { kind: "unknown", reason: "elements of one structure in one case, of another in another" };
}
function joined(a: AnyShape, b: AnyShape, differing: (a: Dim, b: Dim) => Dim): AnyShape {
  if (!hasRank(a)) return a;
  if (!hasRank(b)) return b;
  if (a.rank !== b.rank) return unknownRank(`of rank ${a.rank} in one case, ${b.rank} in another`);
  return new Shape(a.dims.map((dim, i) => (sameDim(dim, b.at(i)) ? dim : differing(dim, b.at(i)))));
}
