import * as axis from "../../tensor/axes.ts";
import { broadcastShapes } from "../../tensor/broadcast.ts";
import * as combine from "../../tensor/combine.ts";
import { type Conflict, conflict, isConflict, type ShapeResult, withRank } from "../../tensor/conflict.ts";
import * as contraction from "../../tensor/contraction.ts";
import { type Dim, NONE, plus, printDim, product, provablyDifferent, provablyLess, unknown } from "../../tensor/dim.ts";
import { einsum } from "../../tensor/einsum.ts";
import * as arrange from "../../tensor/reshape.ts";
import { type AnyShape, hasRank, normaliseAxis, printShape, Shape, unknownRank } from "../../tensor/shape.ts";
import type { ShapeRule, Shapes } from "../operation.ts";
import type { Operand } from "./operand.ts";
import type { Reader } from "./reader.ts";

/**
 * Shape rules that several libraries share, by the names that each gives to its parameters. The arithmetic is the
 * tensor room's; these only read the arguments.
 */

/** The shape of one operand. */
export const like =
  (name = "x"): ShapeRule =>
  (a) => {
    const shape = a.shape(name);
    return hasRank(shape) ? shape : unknownRank(shape.reason, { ...shape, isResult: true });
  };

export function broadcasted(shapes: readonly AnyShape[]): ShapeResult {
  const result = broadcastShapes(shapes);
  if (!("conflict" in result)) return result.shape;
  const { left, right } = result.conflict;
  return conflict(
    "shapes-broadcast",
    `${shapes.map(printShape).join(" and ")}: ${printDim(left)} does not go with ${printDim(right)}`,
  );
}
export const broadcast =
  (...names: readonly string[]): ShapeRule =>
  (a) =>
    broadcasted(names.map((name) => a.shape(name)));

export const scalar: ShapeRule = () => new Shape([]);

/** Over one axis, some or all. */
export const reduce =
  (x = "x", axes = "axis", keepdims = "keepdims"): ShapeRule =>
  (a) =>
    axis.reduced(a.shape(x), a.axes(axes), a.flag(keepdims));
/** Over one axis or all, which then is gone: `argmax`. */
export const reduceAway =
  (x = "x", axes = "axis"): ShapeRule =>
  (a) =>
    axis.reduced(a.shape(x), a.axes(axes), false);

/** The shape stays, but the named axis must exist: `softmax`. */
export const along =
  (x = "x", axes = "axis"): ShapeRule =>
  (a) => {
    const reduced = axis.reduced(a.shape(x), a.axes(axes), true);
    return isConflict(reduced) ? reduced : a.shape(x);
  };
/** As `along`, but an axis may be named again: `roll`. */
export const eachAlong =
  (x = "x", axes = "axis"): ShapeRule =>
  (a) =>
    withRank(a.shape(x), (it): ShapeResult => {
      const odd = a.axes(axes)?.find((at) => normaliseAxis(at, it.rank) === undefined);
      return odd === undefined ? it : conflict("axis-in-range", `axis ${odd} of ${printShape(it)}`);
    });
/** As `along`, but without an axis the elements come out in a row: `cumsum`. */
export const alongOrFlat =
  (x = "x", axes = "axis"): ShapeRule =>
  (a) =>
    a.has(axes) ? along(x, axes)(a) : arrange.flattened(a.shape(x), 0);

export const reshape =
  (x = "x", target = "shape"): ShapeRule =>
  (a) =>
    arrange.reshaped(a.shape(x), a.sizes(target));
/** What a reshape that fails was meant to give. */
export const target =
  (name: string) =>
  (a: Reader): AnyShape => {
    const sizes = a.sizes(name);
    return sizes.includes(-1) ? unknownRank("the reshape fails") : new Shape(sizes);
  };
export const transpose =
  (x = "x", axes = "axes"): ShapeRule =>
  (a) =>
    axis.transposed(a.shape(x), a.axes(axes));
export const expandDims =
  (x = "x", axes = "axis"): ShapeRule =>
  (a) =>
    a.has(axes) ? axis.expanded(a.shape(x), a.axes(axes) ?? []) : conflict("axis-alone", "None");
export const squeeze =
  (x = "x", axes = "axis"): ShapeRule =>
  (a) =>
    axis.squeezed(a.shape(x), a.axes(axes));
export const ravel =
  (x = "x"): ShapeRule =>
  (a) =>
    arrange.flattened(a.shape(x), 0);
export const moveAxis =
  (x = "x"): ShapeRule =>
  (a) =>
    axis.moved(a.shape(x), a.axes("source") ?? [], a.axes("destination") ?? []);
export const swapAxes =
  (x = "x"): ShapeRule =>
  (a) =>
    axis.swapped(a.shape(x), a.integer("axis1"), a.integer("axis2"));
export const broadcastTo =
  (x = "x", shape = "shape"): ShapeRule =>
  (a) => {
    const wanted = new Shape(a.sizes(shape));
    return withRank(a.shape(x), (it): ShapeResult => {
      const clash = it.rank > wanted.rank || it.dims.some((dim, i) => refuses(dim, wanted.at(i - it.rank)));
      return clash ? conflict("shapes-broadcast", `${printShape(it)} and ${printShape(wanted)}`) : wanted;
    });
  };
const refuses = (from: Dim, to: Dim): boolean => provablyDifferent(from, 1) && provablyDifferent(from, to);

const shapesOf = (operands: readonly Operand[]): readonly AnyShape[] => operands.map((it) => it.shape);
/** Keras's own symbolic form takes the first for all; what computes knows what any of them knows. */
const known = (a: Reader, shapes: readonly AnyShape[], except?: number): readonly AnyShape[] =>
  a.symbolic && a.library.computes !== true ? shapes : combine.completed(shapes, except);
export const concat =
  (xs: string, axes = "axis"): ShapeRule =>
  (a) =>
    combine.concatenated(known(a, shapesOf(a.operands(xs)), a.integer(axes)), a.integer(axes));
export const stack =
  (xs: string, axes = "axis"): ShapeRule =>
  (a) =>
    combine.stacked(known(a, shapesOf(a.operands(xs))), a.integer(axes));

/** Into as many parts as a number says, or at the indices of a list. */
export const splitAt =
  (x: string, where: string, axes = "axis", evenly = combine.splitEvenly): ShapeRule =>
  (a): Shapes => {
    const value = a.value(where);
    const parts =
      value.kind === "int"
        ? evenly(a.shape(x), a.integer(where), a.integer(axes))
        : combine.splitAt(a.shape(x), a.sizes(where), a.integer(axes));
    return ranked(a, parts);
  };
/** The parts of a tensor of unknown rank cannot be counted. */
function ranked(a: Reader, parts: readonly Shape[] | AnyShape | Conflict): Shapes {
  if (Array.isArray(parts)) return parts as readonly Shape[];
  const other = parts as AnyShape | Conflict;
  if (!isConflict(other) && !hasRank(other)) a.doubts(other.reason);
  return other;
}
/** Into parts of the sizes given, of which one may be -1, or of equal size: `tf.split`. */
export const splitSizes =
  (x: string, sections: string, axes = "axis"): ShapeRule =>
  (a): Shapes => {
    if (a.value(sections).kind === "int") return splitAt(x, sections, axes)(a);
    const sizes = a.sizes(sections);
    const shape = a.shape(x);
    const at = a.integer(axes);
    if (!hasRank(shape)) return ranked(a, shape);
    const index = normaliseAxis(at, shape.rank);
    if (index === undefined) return conflict("axis-in-range", `axis ${at} of ${printShape(shape)}`);
    const total = sizes.reduce(plus, 0);
    const length = shape.at(index);
    if (!sizes.includes(-1) && provablyDifferent(total, length))
      return conflict("sizes-fill-axis", `sizes of ${printDim(total)} in all for ${printDim(length)}`);
    const rest = (): Dim =>
      length === NONE ? NONE : sizes.reduce((sum, size) => (size === -1 ? sum : plus(sum, neg(size))), length);
    return sizes.map((size) => shape.with(index, size === -1 ? rest() : size));
  };
const neg = (size: Dim): Dim => (typeof size === "number" ? -size : size);

/** One part for each element of an axis, without that axis. */
export const unstack =
  (x: string, count: string, axes = "axis"): ShapeRule =>
  (a): Shapes => {
    const shape = a.shape(x);
    if (!hasRank(shape)) return ranked(a, shape);
    const at = a.integer(axes);
    const index = normaliseAxis(at, shape.rank);
    if (index === undefined) return conflict("axis-in-range", `axis ${at} of ${printShape(shape)}`);
    const length = a.has(count) ? a.integer(count) : shape.at(index);
    if (length === NONE) return conflict("parts-known", `axis ${at} of ${printShape(shape)} is None`);
    if (typeof length === "number" && length >= 0 && length <= 4096)
      return Array<AnyShape>(length).fill(shape.remove(index));
    a.doubts("how many parts there are is not known");
    return [];
  };

export const matmul =
  (x = "x1", y = "x2"): ShapeRule =>
  (a) =>
    contraction.matmul(a.shape(x), a.shape(y));
export const dot =
  (x = "x1", y = "x2"): ShapeRule =>
  (a) =>
    contraction.dot(a.shape(x), a.shape(y));
export const tensordot =
  (x: string, y: string, agreement: contraction.Agreement): ShapeRule =>
  (a) =>
    contraction.tensordot(a.shape(x), a.shape(y), contractedAxes(a), agreement);

function contractedAxes(a: Reader): contraction.ContractedAxes {
  const value = a.value("axes");
  if (value.kind === "int") return a.integer("axes");
  const { shape, values } = a.operand("axes");
  if (!hasRank(shape) || values === undefined) {
    a.doubts("the axes are not known");
    return 0;
  }
  if (shape.rank === 0) return values[0] ?? 0;
  if (shape.at(0) !== 2) {
    a.doubts("axes is no pair");
    return 0;
  }
  const half = values.length / 2;
  return [values.slice(0, half), values.slice(half)];
}
export const einsumOf =
  (equation: string, operands: string): ShapeRule =>
  (a) =>
    einsum(a.text(equation), shapesOf(a.operands(operands)));

export const tile =
  (x = "x", repeats = "repeats"): ShapeRule =>
  (a) =>
    arrange.tiled(a.shape(x), a.sizes(repeats));
export const repeat =
  (x = "x", repeats = "repeats", axes = "axis"): ShapeRule =>
  (a) => {
    const each = a.sizes(repeats);
    const [only = 0] = each;
    // A number is taken for a row of one, but by Keras's symbolic form.
    const shape = a.symbolic
      ? a.shape(x)
      : withRank(a.shape(x), (it): AnyShape => (it.rank === 0 ? new Shape([1]) : it));
    return arrange.repeated(shape, each.length === 1 ? only : each, a.has(axes) ? a.integer(axes) : undefined);
  };
/** `[[before, after], …]`, one pair for all, or one number for all sides. */
export const pad =
  (x: string, widths: string): ShapeRule =>
  (a) => {
    const pairs = padWidths(a, widths);
    return pairs === undefined ? a.shape(x) : arrange.paddedEach(a.shape(x), pairs);
  };
function padWidths(a: Reader, name: string): readonly arrange.PadWidth[] | undefined {
  const { shape, values, sizes } = a.operand(name);
  const all: readonly Dim[] | undefined = sizes ?? values;
  if (!hasRank(shape) || all === undefined || shape.rank > 2) {
    a.doubts("the padding is not known");
    return undefined;
  }
  const pair = (i: number): arrange.PadWidth => [all[i] ?? 0, all[i + 1] ?? 0];
  if (all.length === 1) return [[all[0] ?? 0, all[0] ?? 0]];
  if (shape.rank === 1 && all.length === 2) return [pair(0)];
  if (shape.rank !== 2 || shape.at(1) !== 2) {
    a.doubts("the padding is no list of pairs");
    return undefined;
  }
  return Array.from({ length: all.length / 2 }, (_, i) => pair(2 * i));
}

/** `take`, `gather`: the indices' shape in the place of the axis; without an axis, of the flattened tensor. */
export const take =
  (x: string, indices: string, axes = "axis"): ShapeRule =>
  (a) => {
    const gathered = a.shape(indices);
    if (!a.has(axes)) return gathered;
    const at = a.integer(axes);
    return withRank(a.shape(x), (it): ShapeResult => {
      const index = normaliseAxis(at, it.rank);
      if (index === undefined) return conflict("axis-in-range", `axis ${at} of ${printShape(it)}`);
      return withRank(gathered, (inner) => new Shape([...it.slice(0, index), ...inner, ...it.slice(index + 1)]));
    });
  };
/** A new axis of `classes`, at a place of the result. */
export const oneHot =
  (indices: string, classes: string, axes = "axis"): ShapeRule =>
  (a) =>
    withRank(a.shape(indices), (it): ShapeResult => {
      const at = a.integer(axes);
      const index = normaliseAxis(at, it.rank + 1);
      return index === undefined
        ? conflict("axis-in-range", `axis ${at} of a result of rank ${it.rank + 1}`)
        : it.insert(index, a.size(classes));
    });
/** `meshgrid`: one tensor for each vector; in "xy" order the first two axes change places. */
export const gridded =
  (xs: string): ShapeRule =>
  (a) => {
    const dims = a.operands(xs).map<Dim>((it) => (hasRank(it.shape) ? product(it.shape) : unknown(it.shape.reason)));
    const [first, second, ...others] = dims;
    const swapped = a.text("indexing") === "xy" && first !== undefined && second !== undefined;
    const order: readonly Dim[] = swapped ? [second, first, ...others] : dims;
    return dims.map(() => new Shape(order));
  };
/** Of a matrix, or of a batch of them. */
export const ofMatrix =
  (name: string, answer: (it: Shape, a: Reader) => Shapes = (it) => it): ShapeRule =>
  (a) =>
    withRank(
      a.shape(name),
      (it): Shapes =>
        it.rank < 2 ? conflict("rank-at-least", `${printShape(it)}, where a matrix has 2`) : answer(it, a),
    );

/** `rule`, where the argument of that name has one axis. */
export const vector =
  (name: string, rule: ShapeRule): ShapeRule =>
  (a) => {
    const shape = a.shape(name);
    return hasRank(shape) && shape.rank !== 1
      ? conflict("rank-is", `${printShape(shape)}, where one axis is wanted`)
      : rule(a);
  };

/** The shape that an argument says. */
export const filled =
  (shape = "shape"): ShapeRule =>
  (a) => {
    const said = new Shape(a.sizes(shape));
    if (a.hasNone(shape)) return conflict("sizes-known", `${printShape(said)} holds a None`);
    return said.dims.some((dim) => typeof dim === "number" && dim < 0)
      ? conflict("sizes-at-least-0", printShape(said))
      : said;
  };
/** N×M, or N×N. */
export const square =
  (rows = "N", columns = "M"): ShapeRule =>
  (a) =>
    new Shape([a.size(rows), a.has(columns) ? a.size(columns) : a.size(rows)]);
/** The last axis becomes `k` long, twice: values and places. */
export const topK =
  (x: string, k = "k"): ShapeRule =>
  (a): Shapes => {
    const shape = withRank(a.shape(x), (it): ShapeResult => {
      if (it.rank === 0) return conflict("rank-at-least", `${printShape(it)} has no axis`);
      const count = a.size(k);
      if (!a.symbolic && provablyLess(it.last, count))
        return conflict("index-in-range", `the ${printDim(count)} greatest of ${printDim(it.last)}`);
      return it.withLast(count);
    });
    return isConflict(shape) ? shape : [shape, shape];
  };
export { conflict, isConflict, unknownRank, withRank };
