import type { Machine } from "../../interpreter/machine.ts";
import { nativeClass, nativeMethod, numberOf, type Opaque, unknown, type Value } from "../../interpreter/values.ts";
import { concatenated } from "../../tensor/combine.ts";
import { isConflict } from "../../tensor/conflict.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../../tensor/shape.ts";
import { type Operand, operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";
import { ARRAY } from "./array.ts";
import { NUMPY } from "./library.ts";

/** `np.r_[…]`, `np.c_[…]` and `np.mgrid[…]`: arrays made by what stands between brackets. */

const parts = (index: Value): readonly Value[] => (index.kind === "tuple" ? index.items : [index]);

/** ⌈(stop − start) / step⌉ numbers. */
function ranged(slice: Extract<Value, { kind: "slice" }>): { readonly length: Dim; readonly whole: boolean } {
  const bound = (value: Value, missing: number): number | undefined =>
    value.kind === "none" ? missing : numberOf(value);
  const [start, stop, step] = [bound(slice.lower, 0), bound(slice.upper, 0), bound(slice.step, 1)];
  const whole = [slice.lower, slice.upper, slice.step].every((it) => it.kind === "int" || it.kind === "none");
  if (start === undefined || stop === undefined || step === undefined || step === 0)
    return { length: unknownDim("the bounds of the range are not known"), whole };
  return { length: Math.max(0, Math.ceil((stop - start) / step)), whole };
}
function pieceOf(m: Machine, value: Value): Pick<Operand, "shape" | "leaves"> {
  if (value.kind !== "slice") return operandOf(m, value);
  const { length, whole } = ranged(value);
  return { shape: new Shape([length]), leaves: [whole ? "int64" : "float64"] };
}

/** Numbers count as vectors of one; `c_` puts vectors side by side as columns. */
function joined(m: Machine, index: Value, columns: boolean): Value {
  if (parts(index).some((it) => it.kind === "str")) return unknown("directives are not followed");
  const pieces = parts(index).map((it) => pieceOf(m, it));
  const shapes = pieces.map(({ shape }): AnyShape => {
    if (!hasRank(shape)) return shape;
    const vector = shape.rank === 0 ? new Shape([1]) : shape;
    return columns && vector.rank === 1 ? vector.concat([1]) : vector;
  });
  const shape = concatenated(shapes, columns ? -1 : 0);
  const dtype = NUMPY.concrete(pieces.flatMap((it) => it.leaves));
  return tensor(m, ARRAY, isConflict(shape) ? unknownRank("the parts do not fit together") : shape, dtype);
}

/** A grid of n vectors: n arrays in one. */
function grid(m: Machine, index: Value): Value {
  const ranges = parts(index).map((it) => (it.kind === "slice" ? ranged(it) : undefined));
  if (ranges.includes(undefined)) return unknown("a grid of this is not followed");
  const dims = ranges.map((it) => it?.length ?? 0);
  const dtype = ranges.every((it) => it?.whole) ? "int64" : "float64";
  return tensor(m, ARRAY, new Shape(index.kind === "tuple" ? [dims.length, ...dims] : dims), dtype);
}

const bracketed = (name: string, rule: (m: Machine, index: Value) => Value): readonly [string, Value] => {
  const type = nativeClass(`numpy.${name}`, [], {
    __getitem__: nativeMethod(`numpy.${name}`, (m, { list: [, index] }) =>
      index === undefined ? unknown("nothing between the brackets") : rule(m, index.value),
    ),
  });
  const value: Opaque = { kind: "opaque", type: `numpy.${name}`, data: {}, class: type };
  return [`numpy.${name}`, value];
};
export const GRIDS: readonly (readonly [string, Value])[] = [
  bracketed("r_", (m, index) => joined(m, index, false)),
  bracketed("c_", (m, index) => joined(m, index, true)),
  bracketed("mgrid", grid),
];
