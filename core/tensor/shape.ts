import { type Dim, identical, isUnknown, join, printDim, provablyDifferent, unknown } from "./dim.ts";

export { product } from "./dim.ts";

export type DataFormat = "channels_last" | "channels_first";

/** The sizes of a tensor of known rank, batch axis first. Never changed: every method gives a new one. */
export class Shape implements Iterable<Dim> {
  readonly dims: readonly Dim[];
  constructor(dims: readonly Dim[]) {
    this.dims = dims;
  }
  [Symbol.iterator](): Iterator<Dim> {
    return this.dims[Symbol.iterator]();
  }
  /** The axis, counted from the end where negative; unknown where there is no such axis. */
  at(axis: number): Dim {
    return this.dims.at(axis) ?? unknown(`a shape of rank ${this.rank} has no axis ${axis}`);
  }
  get rank(): number {
    return this.dims.length;
  }
  get batch(): Dim {
    return this.at(0);
  }
  get last(): Dim {
    return this.at(-1);
  }
  /** Replaces one axis, counted from the end where negative. Without such an axis the shape stays as it is. */
  with(axis: number, dim: Dim): Shape {
    const index = normaliseAxis(axis, this.rank);
    return index === undefined ? this : new Shape(this.dims.with(index, dim));
  }
  withLast(dim: Dim): Shape {
    return new Shape([...this.dims.slice(0, -1), dim]);
  }
  withBatch(dim: Dim): Shape {
    return new Shape([dim, ...this.dims.slice(1)]);
  }
  channels(format: DataFormat): Dim {
    return this.at(format === "channels_last" ? -1 : 1);
  }
  /** The axes between batch and channels. */
  spatial(format: DataFormat): readonly Dim[] {
    return format === "channels_last" ? this.dims.slice(1, -1) : this.dims.slice(2);
  }
  /** Maps the spatial axes and replaces the channels. */
  resampled(format: DataFormat, channels: Dim, axis: (n: Dim, i: number) => Dim): Shape {
    const spatial = this.spatial(format).map(axis);
    return new Shape(
      format === "channels_last" ? [this.batch, ...spatial, channels] : [this.batch, channels, ...spatial],
    );
  }
  /** Puts a new axis before `index`, which lies in [0, rank]. */
  insert(index: number, dim: Dim): Shape {
    return new Shape([...this.dims.slice(0, index), dim, ...this.dims.slice(index)]);
  }
  /** Takes one axis away, counted from the end where negative. Without such an axis the shape stays as it is. */
  remove(axis: number): Shape {
    const index = normaliseAxis(axis, this.rank);
    return index === undefined ? this : new Shape(this.dims.toSpliced(index, 1));
  }
  slice(start?: number, end?: number): Shape {
    return new Shape(this.dims.slice(start, end));
  }
  concat(other: Iterable<Dim>): Shape {
    return new Shape([...this.dims, ...other]);
  }
  map(axis: (n: Dim, i: number) => Dim): Shape {
    return new Shape(this.dims.map(axis));
  }
}

/** A tensor of which not even the number of axes is known, and why. */
export class UnknownRank {
  readonly reason: string;
  /** Its last axis, where that is known all the same. */
  readonly last: Dim | undefined;
  /** The expression that names it, where it is only supposed: `x.shape`; and how many axes stand before those. */
  readonly path: string | undefined;
  readonly before: number;
  /** A rule said so of its result, and did not merely hand on an operand's. */
  readonly isResult: boolean;
  constructor(reason: string, known: Partial<Pick<UnknownRank, "last" | "path" | "before" | "isResult">> = {}) {
    this.reason = reason;
    this.last = known.last;
    this.path = known.path;
    this.before = known.before ?? 0;
    this.isResult = known.isResult ?? false;
  }
}
export type AnyShape = Shape | UnknownRank;

export const shape = (...dims: readonly Dim[]): Shape => new Shape(dims);
export const unknownRank = (reason: string, known?: ConstructorParameters<typeof UnknownRank>[1]): UnknownRank =>
  new UnknownRank(reason, known);
export const hasRank = (it: AnyShape): it is Shape => it instanceof Shape;

/** The axis counted from 0; nothing where a tensor of this rank has no such axis. */
export const normaliseAxis = (axis: number, rank: number): number | undefined =>
  Number.isInteger(axis) && axis >= -rank && axis < rank ? (axis < 0 ? axis + rank : axis) : undefined;

/**
 * As Python prints a tuple: `(None, 20, 5)`, `(5,)`, `()`; an unknown size is `?`, and so is an unknown rank, of which
 * the last axis may be known: `(..., 64)`.
 */
export function printShape(it: AnyShape): string {
  if (!hasRank(it)) return it.last === undefined || isUnknown(it.last) ? "?" : `(..., ${printDim(it.last)})`;
  const text = it.dims.map(printDim).join(", ");
  return it.rank === 1 ? `(${text},)` : `(${text})`;
}

/** The least claim that covers both. */
export function joinShapes(a: AnyShape, b: AnyShape): AnyShape {
  if (!hasRank(a)) return identicalShapes(a, b) ? a : unknownRank(a.reason);
  if (!hasRank(b)) return unknownRank(b.reason);
  return a.rank === b.rank
    ? a.map((dim, i) => join(dim, b.at(i)))
    : unknownRank(`either ${printShape(a)} or ${printShape(b)}`);
}

/** The same description, for comparing states: see `identical` in dim.ts. */
export function identicalShapes(a: AnyShape, b: AnyShape): boolean {
  if (!hasRank(a) || !hasRank(b)) return !hasRank(a) && !hasRank(b) && identicalRanks(a, b);
  return a.rank === b.rank && a.dims.every((dim, i) => identical(dim, b.at(i)));
}
const identicalRanks = (a: UnknownRank, b: UnknownRank): boolean =>
  a.reason === b.reason &&
  a.path === b.path &&
  a.before === b.before &&
  (a.last === undefined || b.last === undefined ? a.last === b.last : identical(a.last, b.last));
/** Certainly not of one shape. */
export const isOther = (a: Shape, b: Shape): boolean =>
  a.rank !== b.rank || a.dims.some((dim, i) => provablyDifferent(dim, b.at(i)));
