import { typeName } from "../../interpreter/attributes.ts";
import { callMethod } from "../../interpreter/calls.ts";
import { listOf } from "../../interpreter/containers.ts";
import type { Rest } from "../../interpreter/heap.ts";
import { countOf, iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { type Facts, positional, reasonOf, type TensorValue, type Value } from "../../interpreter/values.ts";
import { type Dim, identical, isSize, join, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, shape, unknownRank } from "../../tensor/shape.ts";

/** What a plain Python number is. */
export type PythonKind = "bool" | "int" | "float" | "complex" | "string";
/** The type of one leaf of an operand: of a tensor's or a number's. Undefined where it is not known. */
export type Leaf = DType | PythonKind | undefined;

/** Facts with sizes: elements that may be no plain numbers, such as the batch size that `tf.shape(x)[0]` yields. */
export interface SizeFacts extends Facts {
  /** The values as sizes, row-major, where not all of them are numbers. */
  readonly sizes?: readonly Dim[] | undefined;
}

/** Whatever a tensor function takes for a tensor: a tensor, a Python number, nested lists of them. */
export interface Operand {
  readonly shape: AnyShape;
  readonly leaves: readonly Leaf[];
  /** A lone Python number: in promotion its kind counts and not its width. */
  readonly isNumber: boolean;
  /** Numbers or lists of numbers, without any tensor. */
  readonly isLiteral: boolean;
  /** The tensor, where the operand is one. */
  readonly tensor?: TensorValue | undefined;
  /** Elements in row-major order, where they are known. */
  readonly values?: readonly number[] | undefined;
  readonly sizes?: readonly Dim[] | undefined;
  readonly range?: Facts["range"];
  readonly kinds?: Facts["kinds"];
}

/** No more elements than this are followed. */
export const MOST_VALUES = 64;

export const opaque = (reason: string): Operand => ({
  shape: unknownRank(reason),
  leaves: [undefined],
  isNumber: false,
  isLiteral: false,
});

const number = (kind: PythonKind, value: number | undefined): Operand => ({
  shape: shape(),
  leaves: [kind],
  isNumber: true,
  isLiteral: true,
  values: value === undefined ? undefined : [value],
});

/** The elements as sizes, if the operand holds whole numbers that are known. */
export const sizesOf = ({ sizes, values }: Operand): readonly Dim[] | undefined =>
  sizes ?? (values?.every(Number.isSafeInteger) === true ? values : undefined);

/** Reads any value as a tensor function would; what cannot be a tensor is an operand of unknown rank. */
export function operandOf(m: Machine, value: Value): Operand {
  switch (value.kind) {
    case "tensor":
      return fromTensor(value);
    case "bool":
      return number("bool", Number(value.value));
    case "float":
      return number("float", value.value);
    case "str":
    case "bytes":
      return number("string", undefined);
    case "int":
      return isSize(value.size) && typeof value.size === "number"
        ? number("int", value.size)
        : { ...number("int", undefined), sizes: [value.size] };
    case "unknown":
      return value.type === "float" || value.type === "complex" || value.type === "bool" || value.type === "str"
        ? number(value.type === "str" ? "string" : value.type, undefined)
        : opaque(value.reason);
    case "list":
    case "tuple":
    case "range":
      return fromSequence(m, value);
    case "instance":
    case "opaque": {
      const array = arrayOf(m, value);
      return array === undefined ? opaque(`a ${typeName(value)} is not followed as a tensor`) : fromTensor(array);
    }
    default:
      return opaque(reasonOf(value) ?? `a ${value.kind} is not followed as a tensor`);
  }
}

/** What an object of a library's own gives for an array of its content: a table, a picture. */
export function arrayOf(m: Machine, value: Value): TensorValue | undefined {
  if (value.kind !== "instance" && (value.kind !== "opaque" || value.class === undefined)) return undefined;
  const array = callMethod(m, value, "__array__", positional());
  return array?.kind === "tensor" ? array : undefined;
}

export const fromTensor = (tensor: TensorValue): Operand => ({
  shape: tensor.shape,
  leaves: [tensor.dtype],
  isNumber: false,
  isLiteral: false,
  tensor,
  values: tensor.facts?.values,
  sizes: (tensor.facts as SizeFacts | undefined)?.sizes,
  range: tensor.facts?.range,
  kinds: tensor.facts?.kinds,
});

/** A sequence stands for its items, stacked. */
function fromSequence(m: Machine, value: Extract<Value, { kind: "list" | "tuple" | "range" }>): Operand {
  const { items, rest } = value.kind === "list" ? listOf(m, value) : iterate(m, value);
  if (rest !== undefined) return ofMany(m, items, rest);
  const parts = items.map((item) => operandOf(m, item));
  const known = parts.filter((part) => hasRank(part.shape));
  const [first] = known;
  const isLiteral = parts.every((part) => part.isLiteral);
  if (first === undefined && parts.length > 0) return { ...(parts[0] ?? opaque("")), isLiteral, isNumber: false };
  const inner = first === undefined ? new Shape([]) : agreeing(known.map((part) => part.shape));
  return {
    shape: hasRank(inner) ? inner.insert(0, items.length) : inner,
    leaves: parts.length === 0 ? ["float"] : [...new Set(parts.flatMap((part) => part.leaves))],
    isNumber: false,
    isLiteral,
    ...gathered(parts),
    ...namesIn(items),
  };
}
function namesIn(items: readonly Value[]): Pick<Operand, "kinds"> {
  const names = items.flatMap((it) => (it.kind === "str" ? [it.value] : []));
  return names.length > 0 && names.length === items.length ? { kinds: new Set(names).size } : {};
}

/** Items that are not known one by one: what any of them is, and how many there are as far as that is known. */
function ofMany(m: Machine, items: readonly Value[], rest: Rest): Operand {
  const parts = [...items, rest.element].map((item) => operandOf(m, item));
  const [first] = parts;
  const inner = agreeing(parts.map((part) => part.shape));
  if (first === undefined || !hasRank(inner)) return opaque(rest.reason);
  return {
    shape: inner.insert(0, countOf({ items, rest }) ?? unknownDim(rest.reason)),
    leaves: [...new Set(parts.flatMap((part) => part.leaves))],
    isNumber: false,
    isLiteral: parts.every((part) => part.isLiteral),
  };
}

/**
 * Items of one sequence have one shape, or the program fails; so each may fill in what another does not know. Where two
 * are known to differ, nothing is known of that axis.
 */
function agreeing(shapes: readonly AnyShape[]): AnyShape {
  const [first] = shapes;
  if (first === undefined || !hasRank(first)) return first ?? unknownRank("an empty list");
  if (!shapes.every((it) => hasRank(it) && it.rank === first.rank))
    return unknownRank("its items have different shapes");
  return first.map((_, axis): Dim => {
    const dims = shapes.flatMap((it): readonly Dim[] => (hasRank(it) ? [it.at(axis)] : []));
    const sizes: readonly Dim[] = dims.filter(isSize);
    return (sizes.length > 0 ? sizes : dims).reduce((a, b) => (identical(a, b) ? a : join(a, b)));
  });
}

/** Of many whole numbers: from which to which they go, and how many different ones there are. */
export function counted(values: readonly number[]): Pick<Operand, "range" | "kinds"> {
  if (!values.every(Number.isSafeInteger)) return {};
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted.at(-1)];
  return low === undefined || high === undefined ? {} : { range: [low, high], kinds: sorted.length };
}

/** Between which whole numbers all elements lie; undefined where that is not known, or they are none. */
export const rangeOf = ({ range, values }: Pick<Facts, "range" | "values">): Facts["range"] =>
  range ?? (values && counted(values).range);

function gathered(parts: readonly Operand[]): Pick<Operand, "values" | "sizes" | "range" | "kinds"> {
  const values = parts.map((part) => part.values);
  if (values.every((it) => it !== undefined)) {
    const flat = values.flat();
    return flat.length <= MOST_VALUES ? { values: flat } : counted(flat);
  }
  const sizes = parts.map(sizesOf);
  if (!sizes.every((it) => it !== undefined)) return {};
  const flat = sizes.flat();
  return flat.length <= MOST_VALUES ? { sizes: flat } : {};
}
