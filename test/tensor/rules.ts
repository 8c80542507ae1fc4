/** The shape rules by the names of their recordings in generated/shapes.json, which record.py writes. */
import { expanded, moved, reduced, squeezed, swapped, transposed } from "../../core/tensor/axes.ts";
import { broadcastShapes } from "../../core/tensor/broadcast.ts";
import { concatenated, splitAt, splitEvenly, splitNearlyEvenly, stacked } from "../../core/tensor/combine.ts";
import { type ContractedAxes, dot, matmul, tensordot } from "../../core/tensor/contraction.ts";
import { type Dim, NONE, type Poly, type Unknown } from "../../core/tensor/dim.ts";
import { einsum } from "../../core/tensor/einsum.ts";
import { indexed, type Slice, type Subscript } from "../../core/tensor/indexing.ts";
import { type PadWidth, paddedEach, repeated, reshaped, tiled } from "../../core/tensor/reshape.ts";
import { Shape, UnknownRank } from "../../core/tensor/shape.ts";
import { transposedWindow, windowed } from "../../core/tensor/window.ts";
import recorded from "./generated/shapes.json" with { type: "json" };

/** As recorded, `null` being Keras's `None`; a test may put something vaguer in its place. */
export type Size = number | null | Poly | Unknown;
export interface Case {
  readonly shapes: readonly (readonly Size[])[];
  readonly args: unknown;
  readonly gives: unknown;
}
/** Arguments as JSON has them; each rule below knows its own. */
type Arguments = never;

export const dim = (size: Size): Dim => size ?? NONE;
export const shape = (sizes: readonly Size[]): Shape => new Shape(sizes.map(dim));
const given = (size: Size): Dim | undefined => size ?? undefined;

/** An answer in the recording's terms. */
export function plain(answer: unknown): unknown {
  if (answer instanceof Shape) return answer.dims.map((size) => (size === NONE ? null : size));
  if (answer instanceof UnknownRank) return `unknown: ${answer.reason}`;
  if (Array.isArray(answer)) return answer.map(plain);
  if (typeof answer === "object" && answer !== null && "shape" in answer) return plain(answer.shape);
  return typeof answer === "object" && answer !== null && "conflict" in answer ? "raises" : answer;
}

interface Window {
  readonly kernel: Dim;
  readonly stride: Dim;
  readonly dilation: Dim;
  readonly padding: "valid" | "same";
  readonly output_padding: Size;
}
type Part = "newaxis" | "ellipsis" | { index?: Dim; slice?: readonly [Size, Size, Size]; array?: readonly number[] };
function subscript(part: Part): Subscript {
  if (typeof part === "string") return { kind: part };
  if (part.index !== undefined) return { kind: "index", index: part.index };
  if (part.array) return { kind: "array", shape: new Shape(part.array) };
  const [start, stop, step] = part.slice ?? [null, null, null];
  const slice: Slice = { start: given(start), stop: given(stop), step: given(step) };
  return { kind: "slice", ...slice };
}
const nonPositive = (it: Shape): unknown => (it.dims.some((d) => typeof d === "number" && d <= 0) ? "raises" : it);

const none = new Shape([]);
type Rule = (shapes: readonly [Shape, ...Shape[]], args: Arguments) => unknown;
const rules: Readonly<Record<string, Rule>> = {
  broadcast: (shapes) => broadcastShapes(shapes),
  matmul: ([a, b = none]) => matmul(a, b),
  dot: ([a, b = none]) => dot(a, b),
  tensordot_axes: ([a, b = none], axes: ContractedAxes) => tensordot(a, b, axes, "axes"),
  tensordot_elements: ([a, b = none], axes: ContractedAxes) => tensordot(a, b, axes, "elements"),
  einsum: (shapes, equation: string) => einsum(equation, shapes),
  einsum_symbolic: (shapes, equation: string) => einsum(equation, shapes),
  reshape: ([x], target: readonly Size[]) => reshaped(x, target.map(dim)),
  sum: ([x], [axes, keepdims]: [readonly number[] | null, boolean]) => reduced(x, axes ?? undefined, keepdims),
  squeeze: ([x], axes: readonly number[] | null) => squeezed(x, axes ?? undefined),
  expand_dims: ([x], axes: readonly number[]) => expanded(x, axes),
  transpose: ([x], axes: readonly number[] | null) => transposed(x, axes ?? undefined),
  moveaxis: ([x], [source, destination]: [readonly number[], readonly number[]]) => moved(x, source, destination),
  swapaxes: ([x], [a, b]: [number, number]) => swapped(x, a, b),
  concatenate: (shapes, axis: number) => concatenated(shapes, axis),
  stack: (shapes, axis: number) => stacked(shapes, axis),
  split: ([x], [sections, axis]: [number, number]) => splitEvenly(x, sections, axis),
  split_at: ([x], indices: readonly Dim[]) => splitAt(x, indices, 0),
  array_split: ([x], sections: number) => splitNearlyEvenly(x, sections, 0),
  tile: ([x], repeats: readonly Dim[]) => tiled(x, repeats),
  repeat: ([x], [repeats, axis]: [Dim | readonly Dim[], number | null]) => repeated(x, repeats, axis ?? undefined),
  pad: ([x], widths: readonly PadWidth[]) => paddedEach(x, widths),
  getitem: ([x], parts: readonly Part[]) => indexed(x, parts.map(subscript)),
  getitem_symbolic: ([x], parts: readonly Part[]) => indexed(x, parts.map(subscript)),
  conv: ([x], w: Window) =>
    nonPositive(x.resampled("channels_last", 8, (n) => windowed(n, w.kernel, w.stride, w.dilation, w.padding))),
  conv_transpose: ([x], w: Window) =>
    x.resampled("channels_last", 8, (n) =>
      transposedWindow(n, w.kernel, w.stride, w.dilation, w.padding, given(w.output_padding)),
    ),
};

/** Asks a rule the question of a recording. */
export function ask(name: string, shapes: readonly Shape[], args: unknown): unknown {
  const rule = rules[name];
  if (!rule) throw new Error(`no rule for the recording ${name}`);
  const [first = none, ...others] = shapes;
  return rule([first, ...others], args as never);
}

export const recordings: readonly (readonly [string, readonly Case[]])[] = Object.entries<readonly Case[]>(recorded);
