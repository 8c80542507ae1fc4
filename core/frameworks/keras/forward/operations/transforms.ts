import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { type Arguments, type Rule, type Rules, table } from "./arguments.ts";
import { swappedLast } from "./shaping.ts";

/** Fourier's transforms as products with tables of cosines and sines: Keras has real and imaginary parts apart. */

interface Complex {
  readonly real: Tensor;
  readonly imaginary: Tensor;
}
/** A table of `of` an angle, 2π · row · column / n. */
const turned = (g: Builder, rows: number, columns: number, n: number, of: (angle: number) => number): Tensor =>
  table(
    g,
    [rows, columns],
    (at) => of((2 * Math.PI * ((Math.floor(at / columns) * (at % columns)) % n)) / n),
    "float32",
  );

/** Along the last axis; backwards without the division by its length. */
function transformed(g: Builder, { real, imaginary }: Complex, backwards: boolean): Complex {
  const n = real.shape.at(-1) ?? 1;
  const [cosines, sines] = [Math.cos, Math.sin].map((of) => turned(g, n, n, n, of));
  const [a, b] = [g.matmul(real, cosines), g.matmul(imaginary, sines)];
  const [c, d] = [g.matmul(imaginary, cosines), g.matmul(real, sines)];
  return backwards
    ? { real: g.subtract(a, b), imaginary: g.add(c, d) }
    : { real: g.add(a, b), imaginary: g.subtract(c, d) };
}
const across = (g: Builder, { real, imaginary }: Complex): Complex => ({
  real: swappedLast(g, real),
  imaginary: swappedLast(g, imaginary),
});
function partsOf(g: Builder, a: Arguments): Complex {
  const [real, imaginary] = a.list("x").map((it) => g.float(it));
  return real === undefined || imaginary === undefined ? refuse(`${a.name} of no two parts`) : { real, imaginary };
}
const both = ({ real, imaginary }: Complex): readonly Tensor[] => [real, imaginary];

/** As long as it is asked for: cut, or with zeros behind. */
function ofLength(g: Builder, x: Tensor, n: number): Tensor {
  const old = x.shape.at(-1) ?? 1;
  const axis = x.shape.length - 1;
  return old > n ? g.slice(x, axis, 0, n) : g.pad(x, [...x.shape.slice(1).map(() => [0, 0] as const), [0, n - old]]);
}
function ofReal(g: Builder, x: Tensor, n: number): readonly Tensor[] {
  const half = Math.floor(n / 2) + 1;
  const whole = ofLength(g, x, n);
  return both({
    real: g.matmul(whole, turned(g, n, half, n, Math.cos)),
    imaginary: g.matmul(
      whole,
      turned(g, n, half, n, (angle) => -Math.sin(angle)),
    ),
  });
}
/** The other half are the same numbers, conjugated. */
const toReal: Rule = (g, a) => {
  const { real, imaginary } = partsOf(g, a);
  const n = a.number(2 * ((real.shape.at(-1) ?? 1) - 1), "fft_length");
  const half = Math.floor(n / 2) + 1;
  const weighed = (of: (angle: number) => number): Tensor =>
    table(
      g,
      [half, n],
      (at) => {
        const k = Math.floor(at / n);
        return ((k === 0 || 2 * k === n ? 1 : 2) / n) * of((2 * Math.PI * ((k * (at % n)) % n)) / n);
      },
      "float32",
    );
  const [re, im] = [real, imaginary].map((it) => ofLength(g, it, half));
  if (re === undefined || im === undefined) return refuse("no two parts");
  return g.subtract(g.matmul(re, weighed(Math.cos)), g.matmul(im, weighed(Math.sin)));
};

/** Pieces of the last axis that may overlap: (…, pieces, length). */
function framed(g: Builder, x: Tensor, length: number, step: number): Tensor {
  const count = Math.max(0, 1 + Math.floor(((x.shape.at(-1) ?? 0) - length) / step));
  const places = table(g, [count, length], (at) => Math.floor(at / length) * step + (at % length), "int64");
  return g.gather(x, places, x.shape.length - 1);
}
/** Of one turn, which TensorFlow counts to the last place where the length is odd. */
const WINDOWS: Readonly<Record<string, (turn: number) => number>> = {
  hann: (turn) => 0.5 - 0.5 * Math.cos(turn),
  hamming: (turn) => 0.54 - 0.46 * Math.cos(turn),
};
/** Source: `stft` of keras.src.backend.tensorflow.math. */
const shortTime: Rule = (g, a) => {
  const [length, step] = [a.number(1, "sequence_length"), a.number(1, "sequence_stride")];
  const n = a.number(1, "fft_length");
  const isCentred = a.value("center") === undefined || a.flag("center");
  const name = a.has("window") ? a.text("hann", "window") : undefined;
  const shaped = name === undefined ? () => 1 : (WINDOWS[name] ?? refuse(`the window ${name} is not lowered`));
  const x = a.tensor("x");
  const pads = x.shape.map((_, i) => (i === x.shape.length - 1 ? ([n >> 1, n >> 1] as const) : ([0, 0] as const)));
  const before = (n - length) >> 1;
  const window = table(
    g,
    [n],
    (i) => {
      const at = i - before;
      if (name === undefined || n === 1) return 1;
      return at < 0 || at >= length ? 0 : shaped((2 * Math.PI * at) / (length % 2 === 0 ? length : length - 1));
    },
    "float32",
  );
  const whole = isCentred ? g.pad(g.float(x), pads, 0, "reflect") : g.float(x);
  return ofReal(g, g.multiply(framed(g, whole, n, step), window), n);
};

export const TRANSFORMS: Rules = {
  "ops.fft": (g, a) => both(transformed(g, partsOf(g, a), false)),
  "ops.fft2": (g, a) => both(across(g, transformed(g, across(g, transformed(g, partsOf(g, a), false)), false))),
  "ops.ifft2": (g, a) => {
    const x = partsOf(g, a);
    const count = (x.real.shape.at(-1) ?? 1) * (x.real.shape.at(-2) ?? 1);
    const made = across(g, transformed(g, across(g, transformed(g, x, true)), true));
    return both(made).map((it) => g.divide(it, count));
  },
  "ops.rfft": (g, a) => ofReal(g, a.floats, a.number(a.floats.shape.at(-1) ?? 1, "fft_length")),
  "ops.irfft": toReal,
  "ops.stft": shortTime,
  extract_sequences: (g, a) => framed(g, a.tensor("x"), a.number(1, "sequence_length"), a.number(1, "sequence_stride")),
  "tf.frame": (g, a) => {
    const x = a.tensor("signal");
    const isLast = a.axis(-1, x.shape.length, "axis") === x.shape.length - 1;
    if (a.flag("pad_end") || !isLast)
      return refuse("frames that are filled up, or along another axis, are not lowered");
    return framed(g, x, a.number(1, "frame_length"), a.number(1, "frame_step"));
  },
};
