import { listOf } from "../../../interpreter/containers.ts";
import type { Value } from "../../../interpreter/values.ts";
import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, isUnknown, NONE, plus, product, provablyDifferent, provablyLess } from "../../../tensor/dim.ts";
import { isFloat, isInteger } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { broadcasted, conflict } from "../../operation/shapes.ts";

/** What functions of Keras refuse of their arguments beside what their shape rules say. */

type Demand = (a: Reader) => Conflict | undefined;

/** Keras compares the shapes as they are: `None` is not 2. */
export const differ = (a: Dim, b: Dim): boolean => provablyDifferent(a, b) || (a === NONE) !== (b === NONE);

export const all =
  (...demands: readonly Demand[]): Demand =>
  (a) => {
    for (const it of demands) {
      const broken = it(a);
      if (broken !== undefined) return broken;
    }
    return undefined;
  };

/** Lists of numbers have no shape to ask for, where the function makes no tensor of them; a number may pass. */
export const noList =
  (name: string, numbers = true): Demand =>
  (a) => {
    const { isLiteral, isNumber } = a.operand(name);
    return isLiteral && !(numbers && isNumber) ? conflict("operands-are-tensors", name) : undefined;
  };

/** An array of NumPy's has not all that a tensor has. */
export const noArray =
  (...names: readonly string[]): Demand =>
  (a) => {
    const odd = names.find((name) => a.operand(name).tensor?.family.isData === true);
    return odd === undefined ? undefined : conflict("operands-are-tensors", odd);
  };

const isFraction = (it: Value): boolean => it.kind === "float";
const itemsOf = (a: Reader, value: Value): readonly Value[] =>
  value.kind === "tuple" ? value.items : value.kind === "list" ? listOf(a.machine, value).items : [value];
/** TensorFlow takes no float for a size, be it a whole one. */
export const wholeSizes =
  (...names: readonly string[]): Demand =>
  (a) =>
    names.some((name) => itemsOf(a, a.value(name)).some(isFraction)) ? conflict("dtype-fits", "float") : undefined;

/** A list or a tuple, as TensorFlow draws random numbers. */
export const listedSizes: Demand = (a) =>
  ["int", "bool"].includes(a.value("shape").kind) ? conflict("shape-is-list", "one number for a shape") : undefined;

/** Past a corner there is no diagonal, which TensorFlow refuses. */
export const pastCorner = (k: number, rows: Dim, columns: Dim): Conflict | undefined =>
  typeof rows !== "number" || typeof columns !== "number" || k === 0 || (k > -rows && k < columns)
    ? undefined
    : conflict("index-in-range", `diagonal ${k} of (${rows}, ${columns})`);
/** A diagonal that is there. */
export const diagonalWithin: Demand = (a) => {
  const k = a.integer("k");
  const rows = a.size("N");
  const columns = a.has("M") ? a.size("M") : rows;
  if (k === 0 || typeof rows !== "number" || typeof columns !== "number") return undefined;
  // Of one row or none Keras makes a square of another size.
  const isNarrow = rows < 2 || columns < 2;
  if (isNarrow) a.doubts("a diagonal of one row");
  return isNarrow ? undefined : pastCorner(k, rows, columns);
};

/** As many elements in the one as in the other; the symbolic form leaves it to the run. */
export const sameCount =
  (x: string, y: string): Demand =>
  (a) => {
    const [one, other] = [a.shape(x), a.shape(y)];
    if (a.symbolic || !hasRank(one) || !hasRank(other)) return undefined;
    const clash = provablyDifferent(product([...one]), product([...other]));
    return clash ? conflict("shapes-equal", `${printShape(one)} and ${printShape(other)}`) : undefined;
  };
/** What scales or shifts meets the last axes of the tensor. */
export const meeting =
  (...names: readonly string[]): Demand =>
  (a) => {
    const given = names.filter((name) => a.has(name)).map((name) => a.shape(name));
    const [x, axis] = [a.shape("x"), a.value("axis")];
    if (!a.symbolic && hasRank(x) && axis.kind === "int" && normaliseAxis(a.integer("axis"), x.rank) === undefined)
      return conflict("axis-in-range", `axis ${a.integer("axis")} of ${printShape(x)}`);
    const odd = given.some((it) => "conflict" in broadcasted([a.shape("x"), it]));
    const isLast = hasRank(x) && axis.kind === "int" && normaliseAxis(a.integer("axis"), x.rank) === x.rank - 1;
    if (odd && isLast && !a.symbolic) return conflict("shapes-equal", `a scale that does not meet ${printShape(x)}`);
    if (odd || (given.length > 0 && !isLast)) a.doubts("a scale of other axes");
    return undefined;
  };

/** All ends in one number, and on the way the two broadcast, or must be of one form. */
export const broadcasting =
  (x: string, y: string): Demand =>
  (a) => {
    const together = broadcasted([a.shape(x), a.shape(y)]);
    return "conflict" in together ? together : undefined;
  };
export const alikeForms =
  (...names: readonly string[]): Demand =>
  (a) => {
    const [first, ...others] = names.map((name) => a.shape(name)).filter(hasRank);
    const odd = first && others.find((it) => it.rank !== first.rank || unlike(it, first));
    return odd && first ? conflict("shapes-equal", `${printShape(first)} and ${printShape(odd)}`) : undefined;
  };
const unlike = (x: Shape, y: Shape): boolean => x.dims.some((dim, i) => provablyDifferent(dim, y.at(i)));

/** One number for each place of the axis. */
export const onePerPlace =
  (...names: readonly string[]): Demand =>
  (a) => {
    const [x, axis] = [a.shape("x"), a.integer("axis")];
    if (!hasRank(x)) return undefined;
    if (normaliseAxis(axis, x.rank) === undefined) return conflict("axis-in-range", `axis ${axis} of ${printShape(x)}`);
    const fits = (it: AnyShape): boolean => !hasRank(it) || (it.rank === 1 && !provablyDifferent(it.at(0), x.at(axis)));
    const odd = names
      .filter((name) => a.has(name))
      .map((name) => a.shape(name))
      .find((it) => !fits(it));
    if (odd === undefined || !hasRank(odd)) return undefined;
    // One number for all goes along the last axis of what is no symbolic tensor.
    if (!a.symbolic && odd.rank === 1 && odd.at(0) === 1) a.doubts("one number for all places");
    return conflict("shapes-equal", `${printShape(odd)} along axis ${axis} of ${printShape(x)}`);
  };

/** The rows that indices of `d` numbers point at: what remains of the shape behind its first `d` axes. */
export const rowsFit =
  (places: string, values: string, into: (a: Reader) => AnyShape, exactly: (a: Reader) => boolean): Demand =>
  (a) => {
    const [indices, updates, whole] = [a.shape(places), a.shape(values), into(a)];
    if (a.symbolic || !hasRank(indices) || !hasRank(updates) || !hasRank(whole)) return undefined;
    const depth = indices.rank === 0 ? undefined : indices.last;
    if (typeof depth !== "number") return undefined;
    const text = `${printShape(updates)} at ${printShape(indices)} of ${printShape(whole)}`;
    if (depth > whole.rank) return conflict("an-axis-per-index", text);
    // TensorFlow takes the one axis of a lone index for that of several too, which only itself could fit.
    const wanted = indices.slice(0, Math.max(1, indices.rank - 1)).concat([...whole.slice(depth)]);
    if (indices.rank === 1) a.doubts("libraries differ in what a lone index is");
    const isSame = updates.rank === wanted.rank && !unlike(updates, wanted);
    const isSpread = !exactly(a) && !("conflict" in broadcasted([updates, wanted]));
    if (!isSame && isSpread) a.doubts("TensorFlow spreads what it puts there");
    return isSame || isSpread ? undefined : conflict("shapes-equal", text);
  };

/** So many elements from so many places on lie within the tensor. */
export const within =
  (size: (a: Reader) => readonly Dim[]): Demand =>
  (a) => {
    const [x, starts, sizes] = [a.shape("inputs"), a.operand("start_indices").values, size(a)];
    if (!hasRank(x) || starts === undefined) return undefined;
    const text = `${starts.length} places and ${sizes.length} sizes for ${printShape(x)}`;
    if (starts.length !== x.rank || sizes.length !== x.rank) return conflict("numbers-per-axis", text);
    const isPast = (dim: Dim, i: number): boolean =>
      typeof dim === "number" && provablyLess(dim, plus(starts[i] ?? 0, sizes[i] === -1 ? 0 : (sizes[i] ?? 0)));
    const axis = x.dims.findIndex(isPast);
    return a.symbolic || axis < 0 ? undefined : conflict("index-in-range", `axis ${axis} of ${printShape(x)}`);
  };

/** As many axes in what is put there as in what it is put into; one past the end is moved back. */
export const placedWhole: Demand = (a) => {
  const [x, updates] = [a.shape("inputs"), a.shape("updates")];
  const places = a.operand("start_indices").values?.length;
  if (!hasRank(x) || !hasRank(updates)) return undefined;
  const isLarger = updates.rank === x.rank && updates.dims.some((dim, i) => provablyLess(x.at(i), dim));
  if (!isLarger && updates.rank === x.rank && (places === undefined || places === x.rank)) return undefined;
  if (!a.symbolic) return conflict("shapes-equal", `${printShape(updates)} into ${printShape(x)}`);
  a.doubts("its run wants one for each axis");
  return undefined;
};

/** A row of ids, of whole numbers; where the data are no symbolic tensor, neither are they. */
export const idsInRow: Demand = (a) => {
  const [data, ids] = [a.operand("data"), a.operand("segment_ids")];
  const [rank, dtype] = [hasRank(ids.shape) ? ids.shape.rank : 1, a.dtype("segment_ids")];
  if (rank !== 1) return conflict("rank-is", `${printShape(ids.shape)} of ids, where one axis is wanted`);
  if (a.symbolic && data.tensor?.family.isSymbolic !== true && data.tensor !== undefined)
    return conflict("operands-are-tensors", "data");
  return !a.symbolic && dtype !== undefined && isFloat(dtype) ? conflict("dtype-fits", dtype) : undefined;
};

/** Of one batch, which the symbolic form compares as it is. */
export const oneBatch =
  (...names: readonly string[]): Demand =>
  (a) => {
    const batches = names
      .map((name) => a.shape(name))
      .flatMap<Dim>((it) => (hasRank(it) && it.rank > 0 ? [it.at(0)] : []));
    const [first] = batches;
    if (first === undefined) return undefined;
    const odd: Dim | undefined = batches.find((it) => (a.symbolic ? differ : provablyDifferent)(it, first));
    return odd === undefined || batches.some(isUnknown)
      ? undefined
      : conflict("shapes-equal", names.map((name) => printShape(a.shape(name))).join(", "));
  };

/** Four corners, of one image or of each. */
export const corners: Demand = (a) => {
  const [from, to] = [a.shape("start_points"), a.shape("end_points")];
  if (!hasRank(from) || !hasRank(to)) return undefined;
  const text = `${printShape(from)} and ${printShape(to)}`;
  const isOdd = (it: Shape) => it.rank < 2 || provablyDifferent(it.at(-2), 4) || provablyDifferent(it.at(-1), 2);
  if (isOdd(from) || isOdd(to) || printShape(from) !== printShape(to)) return conflict("shapes-equal", text);
  if (!a.symbolic && hasRank(a.shape("images")) && (a.shape("images") as Shape).rank !== from.rank + 1)
    a.doubts("corners of one image for several, or the other way round");
  return undefined;
};

/** Elements along an axis, and a place for each. */
export const placesAlong: Demand = (a) => {
  const [y, axis] = [a.shape("y"), a.integer("axis")];
  if (!hasRank(y)) return undefined;
  if (normaliseAxis(axis, y.rank) === undefined) {
    if (a.symbolic) a.doubts("its run wants an axis that is there");
    return a.symbolic ? undefined : conflict("axis-in-range", `axis ${axis} of ${printShape(y)}`);
  }
  if (a.has("x") && !a.symbolic && a.dtype("y") !== a.dtype("x")) a.doubts("places of another type");
  const x = a.has("x") ? a.shape("x") : undefined;
  if (a.symbolic || x === undefined || !hasRank(x) || x.rank !== 1) return undefined;
  if (!provablyDifferent(x.at(0), y.at(axis))) return undefined;
  // Of an earlier axis the distances may meet another one.
  if (normaliseAxis(axis, y.rank) !== y.rank - 1) a.doubts("places of another axis");
  return normaliseAxis(axis, y.rank) === y.rank - 1
    ? conflict("shapes-equal", `${printShape(x)} along axis ${axis} of ${printShape(y)}`)
    : undefined;
};

/** What is dropped: floats, at a rate below 1. */
export const droppable: Demand = (a) => {
  const [rate, dtype] = [a.number("rate"), a.dtype("inputs")];
  if (rate !== undefined && (rate < 0 || rate > 1)) return conflict("dtype-fits", `a rate of ${rate}`);
  if (rate !== 0 && dtype !== undefined && (isInteger(dtype) || dtype === "bool")) return conflict("dtype-fits", dtype);
  const together =
    a.has("noise_shape") && rate !== 0 && broadcasted([a.shape("inputs"), new Shape(a.sizes("noise_shape"))]);
  return together && "conflict" in together ? together : undefined;
};

/** A row of numbers, in bins between two ends that rise. */
export const countable: Demand = (a) => {
  const [x, bins] = [a.shape("x"), a.size("bins")];
  if (hasRank(x) && x.rank !== 1) return a.symbolic ? undefined : conflict("rank-is", printShape(x));
  if (bins === 0 && !a.symbolic) return conflict("sections-positive", "0 bins");
  const [from, to] = a.operand("range").values ?? [];
  return from !== undefined && to !== undefined && from > to
    ? conflict("range-direction", `from ${from} to ${to}`)
    : undefined;
};
