import { numberOf, onlyValue, type TensorValue, type Value } from "../../../../interpreter/values.ts";
import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";

/** `x[index]` for whole numbers, slices, `None` and `...`; `output` is the shape that it yields. */
export function indexedTensor(
  g: Builder,
  x: Tensor,
  index: Value | undefined,
  output: readonly number[],
  find: (places: Value) => Tensor,
): Tensor {
  let y = x;
  const parts = partsOf(x, index);
  const taken = parts.filter(([, part]) => isArray(part));
  const isPlain = taken.length === 0 || parts.every(([, part]) => isArray(part) || part?.kind === "slice");
  if (taken.length > 1 || !isPlain) return refuse("several axes indexed by arrays and numbers are not lowered");
  // From behind, as an array puts its own axes in the place of one.
  for (const [axis, part] of parts.toReversed())
    y = part !== undefined && isArray(part) ? g.gather(y, g.cast(find(part), "int64"), axis) : along(g, y, axis, part);
  // Each number leaves an axis of size 1, and `None` makes one: the output's shape says which are there.
  return g.reshape(y, output);
}
/** Whole numbers that say which entries of an axis are taken, in which order. */
const isArray = (part: Value | undefined): boolean =>
  part?.kind === "list" ||
  (part?.kind === "tensor" && part.dtype?.includes("int") === true && onlyValue(part) === undefined);
/** What an index says of each axis that it names. */
function partsOf(x: Tensor, index: Value | undefined): readonly (readonly [axis: number, part: Value | undefined])[] {
  const parts = index?.kind === "tuple" ? index.items : [index];
  const taken = parts.filter((it) => it?.kind !== "none" && it?.kind !== "ellipsis").length;
  const found: (readonly [number, Value | undefined])[] = [];
  let axis = 0;
  for (const part of parts)
    if (part?.kind === "ellipsis") axis += x.shape.length - taken;
    else if (part?.kind !== "none") found.push([axis++, part]);
  return found;
}

/** `x[index] = value`, for whole numbers and slices, or for the places where an array of truth values is true. */
export function changedTensor(
  g: Builder,
  x: Tensor,
  index: Value | undefined,
  value: Tensor,
  find: (mask: TensorValue) => Tensor,
): Tensor {
  if (index?.kind === "tensor" && index.dtype === "bool") {
    if (value.shape.length > 0) return refuse("an array that is put where another is true is not lowered");
    const mask = find(index);
    const behind = x.shape.slice(mask.shape.length).map(() => 1);
    return g.where(g.reshape(mask, [...mask.shape, ...behind]), g.cast(value, x.dtype), x);
  }
  const parts = new Map(partsOf(x, index));
  const places = x.shape.map((size, axis) => (parts.has(axis) ? placesOf(parts.get(axis), size) : undefined));
  const isDropped = x.shape.map((_, axis) => numberIn(parts.get(axis)) !== undefined);
  const region = x.shape.map((size, axis) => places[axis]?.length ?? size);
  const kept = region.filter((_, axis) => !isDropped[axis]);
  return putAt(g, x, places, g.reshape(g.broadcastTo(g.cast(value, x.dtype), kept), region));
}
/** What is put at the places of each axis, and all of an axis that has none. */
export function putAt(
  g: Builder,
  x: Tensor,
  places: readonly (readonly number[] | undefined)[],
  value: Tensor,
): Tensor {
  if (places.some((at) => at?.length === 0)) return x;
  let put = value;
  let isThere: Tensor | undefined;
  for (const [axis, at] of places.entries()) {
    if (at === undefined) continue;
    const size = x.shape[axis] ?? 0;
    const nth = new Map(at.map((place, i) => [place, i]));
    const each = Array.from({ length: size }, (_, i) => nth.get(i) ?? -1);
    const from = each.map((it) => Math.max(it, 0));
    put = g.gather(put, g.constant(from, "int64", [size]), axis);
    const shape = x.shape.map((_, i) => (i === axis ? size : 1));
    const isHere = g.constant(
      each.map((it) => (it < 0 ? 0 : 1)),
      "bool",
      shape,
    );
    isThere = isThere === undefined ? isHere : g.binary("And", isThere, isHere, "bool");
  }
  return isThere === undefined ? put : g.where(isThere, put, x);
}
/** The places of an axis that a part of an index names. */
function placesOf(part: Value | undefined, size: number): readonly number[] {
  const at = placeIn(part, size);
  if (at !== undefined) return [at];
  const step = part?.kind === "slice" ? (bound(part.step) ?? 1) : 0;
  if (part?.kind !== "slice" || step < 1) return refuse("such a place of an array is not lowered");
  const [start, end] = boundsOf(part, size);
  return Array.from({ length: Math.max(Math.ceil((end - start) / step), 0) }, (_, i) => start + i * step);
}

function along(g: Builder, x: Tensor, axis: number, part: Value | undefined): Tensor {
  const size = x.shape[axis] ?? 0;
  const at = placeIn(part, size);
  if (at !== undefined) return g.slice(x, axis, at, at + 1);
  if (part?.kind !== "slice") return refuse("an index that is not a number or a slice is not lowered yet");
  const step = bound(part.step) ?? 1;
  if (step === -1 && bound(part.lower) === undefined && bound(part.upper) === undefined) return g.reverse(x, axis);
  if (step < 1) return refuse("a slice backwards is not lowered yet");
  const [start, end] = boundsOf(part, size);
  return start === 0 && end === size && step === 1 ? x : g.slice(x, axis, start, Math.max(start, end), step);
}
/** Counted from the front; undefined for what is no number. */
function placeIn(part: Value | undefined, size: number): number | undefined {
  const at = numberIn(part);
  return at !== undefined && at < 0 ? at + size : at;
}
function boundsOf(slice: Extract<Value, { kind: "slice" }>, size: number): readonly [start: number, end: number] {
  const turned = (n: number): number => Math.min(Math.max(n < 0 ? n + size : n, 0), size);
  return [turned(bound(slice.lower) ?? 0), turned(bound(slice.upper) ?? size)];
}
function bound(value: Value | undefined): number | undefined {
  if (value === undefined || value.kind === "none") return undefined;
  return numberIn(value) ?? refuse("a bound of a slice is not known");
}
/** A plain number, or a tensor that holds one that is known: a size of another. */
const numberIn = (value: Value | undefined): number | undefined =>
  value?.kind === "tensor" ? onlyValue(value) : numberOf(value);
