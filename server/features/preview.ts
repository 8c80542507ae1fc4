import { elements, printSizes } from "../engine/tensors.ts";
import type { TensorNumbers } from "./forward.ts";

/** What a model gave for the first sample, small enough to be looked at. */
export type Preview = { readonly shape: string } & (
  | { readonly kind: "numbers"; readonly values: readonly number[] }
  /** Likelihoods that sum to 1: the highest ones. */
  | { readonly kind: "classes"; readonly count: number; readonly top: readonly ClassShare[] }
  /** Each line is a feature over the steps; of `features` the first are drawn. */
  | { readonly kind: "series"; readonly lines: readonly (readonly number[])[]; readonly features: number }
  /** Bytes of red, green and blue; what is lowest is black, what is highest is white. */
  | { readonly kind: "image"; readonly width: number; readonly height: number; readonly pixels: readonly number[] }
);
export interface ClassShare {
  readonly index: number;
  readonly share: number;
}

const TOP = 5;
const LINES = 4;
const FEW = 12;
const POINTS = 256;
const PIXELS = 96;

export function previewOf({ shape, numbers }: TensorNumbers): Preview {
  const sizes = shape.slice(1);
  const values = Array.from(numbers.subarray(0, elements({ shape: sizes })) as ArrayLike<number | bigint>, Number);
  return { shape: printSizes(shape), ...pictureOf(sizes, values) };
}

type Picture = Preview extends infer P ? (P extends Preview ? Omit<P, "shape"> : never) : never;

function pictureOf(sizes: readonly number[], values: readonly number[]): Picture {
  const [rows = 1, columns = 1, channels = 1] = sizes;
  if (sizes.length === 3 && isImage(rows, columns) && channels > 0)
    return image(rows, columns, (y, x, c) => values[(y * columns + x) * channels + (channels === 3 ? c : 0)]);
  if (sizes.length === 3 && isImage(columns, channels) && (rows === 1 || rows === 3))
    return image(columns, channels, (y, x, c) => values[((rows === 3 ? c : 0) * columns + y) * channels + x]);
  if (sizes.length === 2 && columns > 0 && rows > 1) return series(rows, columns, values);
  if (values.length > 1 && isDistribution(values)) return classes(values);
  return values.length <= FEW ? { kind: "numbers", values } : series(values.length, 1, values);
}

const isImage = (height: number, width: number): boolean => height >= 4 && width >= 4;

/** Non-negative, and 1 together as float32 adds up. */
function isDistribution(values: readonly number[]): boolean {
  const sum = values.reduce((total, it) => total + it, 0);
  return values.every((it) => it >= 0) && Math.abs(sum - 1) < 1e-3;
}

function classes(values: readonly number[]): Picture {
  const sorted = values.map((share, index) => ({ index, share })).sort((a, b) => b.share - a.share);
  return { kind: "classes", count: values.length, top: sorted.slice(0, TOP) };
}

/** At most so many places of a row, spread over it evenly. */
export const places = (length: number, most: number): readonly number[] =>
  Array.from({ length: Math.min(length, most) }, (_, i) => Math.floor((i * length) / Math.min(length, most)));

function series(steps: number, features: number, values: readonly number[]): Picture {
  const at = places(steps, POINTS);
  const line = (feature: number) => at.map((step) => values[step * features + feature] ?? Number.NaN);
  return { kind: "series", features, lines: places(Math.min(features, LINES), LINES).map(line) };
}

function image(height: number, width: number, at: (y: number, x: number, c: number) => number | undefined): Picture {
  const most = Math.max(height, width);
  const [rows, columns] = [height, width].map((n) => places(n, Math.max(1, Math.round((PIXELS * n) / most)))) as [
    readonly number[],
    readonly number[],
  ];
  const seen = rows.flatMap((y) => columns.flatMap((x) => [0, 1, 2].map((c) => at(y, x, c) ?? Number.NaN)));
  const finite = seen.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const range = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - low;
  const pixels = seen.map((it) => (Number.isFinite(it) && range > 0 ? Math.round((255 * (it - low)) / range) : 0));
  return { kind: "image", height: rows.length, width: columns.length, pixels };
}
