import type { Weight } from "../define.ts";

/**
 * The parameter count with its numbers: `(64 + 1) × 10 = 650`. Weights that end in the same axes are one term, their
 * common axes factored out; terms that repeat are counted. Nothing is known of the layer but the shapes of its weights,
 * so the sum is checked against them. `unit` is a size that the layer was given (`units`): an axis that is a multiple
 * of it is written as one, so that an LSTM shows its four gates. Undefined without weights, or where a size is not
 * known.
 */
export function parameterFormula(weights: readonly Weight[], unit: number | undefined): string | undefined {
  const shapes = weights.map(({ shape }) => shape.filter((dim) => typeof dim === "number"));
  const isKnown = shapes.every((it, i) => it.length === weights[i]?.shape.length);
  // A lone bias needs no formula.
  if (!isKnown || shapes.length > MOST || shapes.flat().length < 2) return undefined;
  const total = sum(shapes.map(productOf));
  const terms = termsOf(shapes, unit);
  const simple = shapes.map((shape) => termOf([shape], undefined));
  const chosen = sum(terms.map((it) => it.value)) === total ? terms : simple;
  const text = chosen.map((it) => (chosen.length > 1 && it.isSum ? `(${it.text})` : it.text)).join(" + ");
  return `${text} = ${total.toLocaleString("en-US")}`;
}
/** More weights than these make a formula that nobody reads. */
const MOST = 24;

type Sizes = readonly number[];
interface Term {
  readonly text: string;
  readonly value: number;
  /** It needs brackets among other terms. */
  readonly isSum: boolean;
}
const sum = (numbers: Sizes): number => numbers.reduce((a, b) => a + b, 0);
const productOf = (shape: Sizes): number => shape.reduce((a, b) => a * b, 1);

/** The shapes as one sequence that repeats, or else as groups that end in the same axis. */
function termsOf(shapes: readonly Sizes[], unit: number | undefined): readonly Term[] {
  const period = periodOf(shapes);
  const once = shapes.slice(0, period);
  const times = shapes.length / period;
  if (times > 1) {
    const inner = termsOf(once, unit);
    return [repeated(times, inner)];
  }
  const groups = grouped(shapes);
  return groups.length === 1 ? [termOf(shapes, unit)] : groups.flatMap((group) => termsOf(group, unit));
}

/** The shortest sequence that the whole is a repetition of. */
function periodOf(shapes: readonly Sizes[]): number {
  for (let period = 1; period < shapes.length; period++) {
    if (shapes.length % period > 0) continue;
    if (shapes.every((shape, i) => sameSizes(shape, shapes[i % period] ?? []))) return period;
  }
  return shapes.length;
}
const sameSizes = (a: Sizes, b: Sizes): boolean => a.length === b.length && a.every((size, i) => size === b[i]);

function repeated(times: number, terms: readonly Term[]): Term {
  const value = times * sum(terms.map((it) => it.value));
  const [only] = terms;
  const text = terms.length === 1 && only !== undefined ? only.text : `(${terms.map((it) => it.text).join(" + ")})`;
  return { text: `${times} × ${terms.length === 1 && only?.isSum === true ? `(${text})` : text}`, value, isSum: false };
}

function grouped(shapes: readonly Sizes[]): readonly (readonly Sizes[])[] {
  const groups: Sizes[][] = [];
  for (const shape of shapes) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.at(-1) === shape.at(-1)) last.push(shape);
    else groups.push([shape]);
  }
  return groups;
}

/** Shapes with their common last axes factored out: `(3 × 3 × 1 + 1) × 32`. */
function termOf(shapes: readonly Sizes[], unit: number | undefined): Term {
  const common = commonAxes(shapes);
  const rests = shapes.map((it) => it.slice(0, it.length - common));
  const shared = (shapes[0] ?? []).slice((shapes[0]?.length ?? 0) - common);
  const value = sum(rests.map(productOf)) * productOf(shared);
  const factors = shared.map((size, i) => (i === common - 1 ? multiple(size, unit) : String(size)));
  const parts = rests.map((it) => it.join(" × ") || "1");
  if (shapes.length === 1) return { text: factors.join(" × ") || "1", value, isSum: false };
  if (common === 0) return { text: parts.join(" + "), value, isSum: true };
  return { text: `(${parts.join(" + ")}) × ${factors.join(" × ")}`, value, isSum: false };
}

/** How many of the last axes all shapes share. */
function commonAxes(shapes: readonly Sizes[]): number {
  const [first = []] = shapes;
  const isShared = (axis: number) => shapes.every((it) => it.length >= axis && it.at(-axis) === first.at(-axis));
  let common = 0;
  while (common < first.length && isShared(common + 1)) common++;
  return common;
}

/** `128` of 32 units is `4 × 32`. */
const multiple = (size: number, unit: number | undefined): string =>
  unit !== undefined && unit > 1 && size > unit && size % unit === 0 && size / unit <= 4
    ? `${size / unit} × ${unit}`
    : String(size);
