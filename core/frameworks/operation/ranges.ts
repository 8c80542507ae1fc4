import { conflict, isConflict } from "../../tensor/conflict.ts";
import { ceilDivide, type Dim, isSize, maximum, minus, unknown } from "../../tensor/dim.ts";
import { hasRank, normaliseAxis, Shape } from "../../tensor/shape.ts";
import type { ShapeRule } from "../operation.ts";
import { MOST_VALUES, type SizeFacts } from "./operand.ts";
import type { Reader } from "./reader.ts";
import { broadcasted } from "./shapes.ts";

/** `arange` and its kin: ⌈(stop − start) / step⌉ elements, or none. */

export interface Names {
  readonly start: string;
  readonly stop: string;
  readonly step: string;
}
type End = Dim | { readonly float: number };

function ends(a: Reader, { start, stop, step }: Names): readonly [End, End, End] {
  const read = (name: string): End => {
    const number = a.number(name);
    return number !== undefined && !Number.isInteger(number) ? { float: number } : a.size(name);
  };
  const by: End = a.has(step) ? read(step) : 1;
  return a.has(stop) ? [read(start), read(stop), by] : [0, read(start), by];
}
const plain = (end: End): number | undefined =>
  typeof end === "number" ? end : typeof end === "object" && "float" in end ? end.float : undefined;

/** `strict`: TensorFlow refuses a range that steps away from its stop; to NumPy it is empty. */
export const range =
  (names: Names, strict: boolean): ShapeRule =>
  (a) => {
    const parts = ends(a, names);
    const [start, stop, step] = parts.map(plain);
    if (strict && start !== undefined && stop !== undefined && step !== undefined && (stop - start) * step < 0)
      return conflict("range-direction", `from ${start} to ${stop} by ${step}`);
    if (start !== undefined && stop !== undefined && step !== undefined)
      return new Shape([step === 0 ? unknown("a step of zero") : Math.max(0, Math.ceil((stop - start) / step))]);
    const [from, to, by] = parts.map((part) =>
      typeof part === "object" && "float" in part ? unknown("not whole") : part,
    );
    if (from === undefined || to === undefined || by === undefined) return new Shape([unknown("not known")]);
    const length = ceilDivide(minus(to, from), by);
    return new Shape([isSize(length) ? maximum(length, 0) : length]);
  };

export const rangeFacts =
  (names: Names) =>
  (a: Reader): SizeFacts | undefined => {
    const [start, stop, step] = ends(a, names).map(plain);
    if (start === undefined || stop === undefined || step === undefined || step === 0) return undefined;
    const length = Math.max(0, Math.ceil((stop - start) / step));
    if (length === 0 || length > 1e9) return undefined;
    const range = Number.isInteger(start) && Number.isInteger(step) ? rangeOf(start, step, length) : undefined;
    if (length > MOST_VALUES) return { range, kinds: range && length };
    return { values: Array.from({ length }, (_, i) => start + i * step), range };
  };
const rangeOf = (start: number, step: number, length: number): readonly [number, number] => {
  const last = start + (length - 1) * step;
  return [Math.min(start, last), Math.max(start, last)];
};

const scalar = (a: Reader, name: string): number | undefined => {
  const { shape } = a.operand(name);
  return hasRank(shape) && shape.rank === 0 ? a.number(name) : undefined;
};
/** `num` points in front of, or among, the axes of the ends. */
export const spaced: ShapeRule = (a) => {
  const rest = broadcasted([a.shape("start"), a.shape("stop")]);
  if (isConflict(rest) || !hasRank(rest)) return rest;
  const axis = normaliseAxis(a.integer("axis"), rest.rank + 1);
  if (axis === undefined) return conflict("axis-in-range", `axis ${a.integer("axis")}`);
  return rest.insert(axis, a.has("num") ? a.size("num") : unknown("num is not known"));
};

/** The points of `linspace` between two numbers, as NumPy computes them; `rounded` as the type in use does. */
export const spacedFacts =
  (rounded: (it: number) => number = (it) => it) =>
  (a: Reader): SizeFacts | undefined => {
    const [from, to, count] = [scalar(a, "start"), scalar(a, "stop"), scalar(a, "num")];
    if (from === undefined || to === undefined || count === undefined || !(count >= 1 && count <= MOST_VALUES))
      return undefined;
    if (a.value("endpoint").kind === "bool" && !a.flag("endpoint")) return undefined;
    if (a.value("retstep").kind === "bool" && a.flag("retstep")) return undefined;
    if (a.has("dtype")) return undefined;
    const step = rounded(count > 1 ? (to - from) / (count - 1) : 0);
    const last = (i: number): boolean => i > 0 && i === count - 1;
    return {
      values: Array.from({ length: count }, (_, i) => (last(i) ? rounded(to) : rounded(rounded(i * step) + from))),
    };
  };
