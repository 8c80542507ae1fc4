import type { Machine } from "../../interpreter/machine.ts";
import { sliceBounds } from "../../interpreter/subscript.ts";
import {
  type Facts,
  int,
  NONE_VALUE,
  reasonOf,
  type SliceValue,
  type TupleValue,
  tuple,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, NONE, unknown as unknownDim } from "../../tensor/dim.ts";
import type { Subscript } from "../../tensor/indexing.ts";
import { hasRank, type Shape } from "../../tensor/shape.ts";
import { sizeFacts } from "./facts.ts";
import { type Operand, operandOf, type SizeFacts, sizesOf } from "./operand.ts";

/** A subscript's parts, or why they are not known. */
export type Parts = readonly Subscript[] | { readonly reason: string };

/** A size as Python sees it in a static shape: `None` or an integer. */
export const sizeValue = (dim: Dim): Value => (dim === NONE ? NONE_VALUE : int(dim));
export const sizeTuple = (shape: Shape): TupleValue => tuple([...shape].map(sizeValue));

/** Reads what stands between the brackets of `x[…]`. */
export function subscripts(m: Machine, index: Value): Parts {
  const parts: Subscript[] = [];
  for (const item of index.kind === "tuple" ? index.items : [index]) {
    const part = partOf(m, item);
    if ("reason" in part) return part;
    parts.push(part);
  }
  return parts;
}

function partOf(m: Machine, item: Value): Subscript | { readonly reason: string } {
  switch (item.kind) {
    case "none":
      return { kind: "newaxis" };
    case "ellipsis":
      return { kind: "ellipsis" };
    case "slice":
      return sliceOf(m, item);
    case "int":
      return { kind: "index", index: item.size };
    case "tensor":
    case "list":
    case "tuple":
    case "range":
      return arrayOf(operandOf(m, item));
    default:
      return { reason: reasonOf(item) ?? `an index of type ${item.kind} is not followed` };
  }
}

function arrayOf(operand: Operand): Subscript | { readonly reason: string } {
  const { shape, leaves } = operand;
  if (leaves.includes(undefined)) return { reason: "not known whether the index holds numbers or truth values" };
  if (!leaves.includes("bool")) {
    // Of an unknown rank it may be a single number or an array of them.
    if (!hasRank(shape)) return { reason: shape.reason };
    if (shape.rank > 0) return { kind: "array", shape, values: operand.values };
    return { kind: "index", index: sizesOf(operand)?.[0] ?? unknownDim("its value is only known at run time") };
  }
  return hasRank(shape) ? { kind: "mask", rank: shape.rank } : { reason: shape.reason };
}

function sliceOf(m: Machine, { lower, upper, step }: SliceValue): Subscript {
  const [start, stop, by] = [lower, upper, step].map((value) => boundOf(m, value));
  return { kind: "slice", start, stop, step: by } as Subscript;
}
function boundOf(m: Machine, value: Value): Dim | undefined {
  if (value.kind === "none") return undefined;
  const size = sizesOf(operandOf(m, value))?.[0];
  return size ?? unknownDim(reasonOf(value) ?? "a bound only known at run time");
}

const isSliced = (index: Value): boolean =>
  index.kind === "slice" || (index.kind === "tuple" && index.items.some((it) => it.kind === "slice"));

const isWhole = (item: Value | undefined): boolean =>
  item?.kind === "slice" && [item.lower, item.upper, item.step].every(({ kind }) => kind === "none");

/** `table[:, 4]`: what is known of a column, or of several, where every row is taken. */
function columnFacts(columns: NonNullable<Facts["columns"]>, index: Value): SizeFacts | undefined {
  const [rows, chosen] = index.kind === "tuple" && index.items.length === 2 ? index.items : [];
  if (!isWhole(rows) || chosen === undefined) return undefined;
  if (chosen.kind === "int") return typeof chosen.size === "number" ? columns.at(chosen.size) : undefined;
  const bounds = sliceBounds(chosen, columns.length);
  return bounds?.[2] === 1 ? { columns: columns.slice(bounds[0], bounds[1]) } : undefined;
}

/** What is known of the elements that an index takes of a vector. */
export function indexedFacts(operand: Operand, index: Value): SizeFacts | undefined {
  const all = sizesOf(operand) ?? operand.values;
  const { shape, kinds, tensor } = operand;
  // Of labels that are counted and stand in some order a part need not reach as far as all, as one of drawn ones does.
  const range = kinds === undefined ? operand.range : undefined;
  if (tensor?.facts?.columns !== undefined) return columnFacts(tensor.facts.columns, index);
  // An element or a part picked by a mask or by numbers need not reach as far as the whole.
  if (all === undefined || !hasRank(shape) || shape.rank !== 1)
    return range === undefined || !isSliced(index) ? undefined : { range };
  const item = index.kind === "tuple" && index.items.length === 1 ? (index.items[0] ?? index) : index;
  if (item.kind === "int" && typeof item.size === "number") {
    const taken = all.at(item.size);
    return taken === undefined ? undefined : sizeFacts([taken]);
  }
  const bounds = sliceBounds(item, all.length);
  if (bounds === undefined) return undefined;
  const [start, stop, step] = bounds;
  const taken: Dim[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) taken.push(all[i] ?? 0);
  return sizeFacts(taken);
}
