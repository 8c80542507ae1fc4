import type { Conflict } from "../../../tensor/conflict.ts";
import {
  ceilDivide,
  type Dim,
  floorDivide,
  maximum,
  minus,
  NONE,
  plus,
  provablyLess,
  times,
  unknown,
} from "../../../tensor/dim.ts";
import { type DType, isComplex } from "../../../tensor/dtype.ts";
import { hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, like, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { each, given, isReal, type Lines, line, same } from "../rules.ts";

/** tf.signal: Fourier transforms, windows, and signals cut into frames. */

/** What a real number becomes with an imaginary part, and the way back. */
export const complexOf = (dtype: DType | undefined): DType | undefined =>
  dtype === undefined ? undefined : dtype === "float64" || dtype === "complex128" ? "complex128" : "complex64";
export const realOf = (dtype: DType | undefined): DType | undefined =>
  dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;
const toComplex =
  (name: string): DTypeRule =>
  (a) =>
    complexOf(a.dtype(name));
/** What is no tensor becomes complex64. */
const asComplex =
  (name: string) =>
  (a: Reader): DType | undefined => {
    const { tensor } = a.operand(name);
    return tensor === undefined || tensor.family.isData ? "complex64" : complexOf(tensor.dtype);
  };
const toReal =
  (name: string): DTypeRule =>
  (a) =>
    realOf(a.dtype(name));

/** Arrays and numbers become what is wanted; a tensor must be that already. */
const tensorIs =
  (fits: (dtype: DType) => boolean) =>
  (name: string) =>
  (a: Reader): Conflict | undefined => {
    const { tensor } = a.operand(name);
    if (tensor === undefined || tensor.family.isData || tensor.dtype === undefined) return undefined;
    return fits(tensor.dtype) ? undefined : conflict("dtype-fits", tensor.dtype);
  };
export const isComplexTensor = tensorIs(isComplex);
const isRealTensor = tensorIs((dtype) => dtype === "float32" || dtype === "float64");

const sized = (dim: Dim, then: (dim: Dim) => Dim): Dim => (dim === NONE ? NONE : then(dim));
/** Half of the frequencies of a real signal: the others are their mirror. */
const half = (n: Dim): Dim => sized(n, (it) => plus(floorDivide(it, 2), 1));
const whole = (bins: Dim): Dim => sized(bins, (it) => times(minus(it, 1), 2));

/** A transform along the last `count` axes, which `change` makes as long as they come out. */
const transformed =
  (name: string, count: number, change: (axes: readonly Dim[], a: Reader) => readonly Dim[]): ShapeRule =>
  (a) =>
    withRank(a.shape(name), (it) => {
      if (it.rank < count) return conflict("rank-at-least", `${printShape(it)}, where ${count} is the least`);
      const length = a.has("fft_length") ? a.shape("fft_length") : undefined;
      return length !== undefined && hasRank(length) && length.rank === 0
        ? conflict("numbers-per-axis", "a lone number")
        : it.slice(0, -count).concat(change(it.dims.slice(-count), a));
    });
const lengths = (axes: readonly Dim[], a: Reader): readonly Dim[] =>
  a.has("fft_length") ? a.sizes("fft_length") : axes;
const lastBy =
  (change: (dim: Dim) => Dim) =>
  (axes: readonly Dim[], a: Reader): readonly Dim[] =>
    lengths(axes, a).map((dim, i, all) => (i === all.length - 1 ? change(dim) : dim));
const inverse = (axes: readonly Dim[], a: Reader): readonly Dim[] =>
  a.has("fft_length") ? a.sizes("fft_length") : lastBy(whole)(axes, a);
const DIMENSIONS = [
  ["", 1],
  ["2d", 2],
  ["3d", 3],
] as const;
const FOURIER: Lines = Object.fromEntries(
  DIMENSIONS.flatMap(([suffix, count]) => [
    ...["fft", "ifft"].map((it) => [
      `${it}${suffix}`,
      line("input", transformed("input", count, kept), asComplex("input"), { requires: isComplexTensor("input") }),
    ]),
    [
      `rfft${suffix}`,
      line(
        "input_tensor, fft_length=None",
        transformed("input_tensor", count, lastBy(half)),
        asComplex("input_tensor"),
        { requires: isRealTensor("input_tensor") },
      ),
    ],
    [
      `irfft${suffix}`,
      line(
        "input_tensor, fft_length=None",
        transformed("input_tensor", count, inverse),
        (a) => realOf(asComplex("input_tensor")(a)),
        { requires: isComplexTensor("input_tensor") },
      ),
    ],
  ]),
);
function kept(axes: readonly Dim[]): readonly Dim[] {
  return axes;
}

/** How many frames there are: those that fit, or with padding one at every step. */
const frames = (n: Dim, a: Reader): Dim =>
  sized(n, (it) => {
    const step = a.size("frame_step");
    if (a.flag("pad_end")) return ceilDivide(it, step);
    return maximum(0, plus(floorDivide(minus(it, a.size("frame_length")), step), 1));
  });
/** The least power of two that a frame fits in, where nothing else is said. */
function fftLength(a: Reader): Dim {
  if (a.has("fft_length")) return a.size("fft_length");
  const length = a.size("frame_length");
  return typeof length === "number"
    ? 2 ** Math.ceil(Math.log2(Math.max(1, length)))
    : unknown("a power of two above the length of a frame");
}
const stft: ShapeRule = (a) =>
  withRank(a.shape("signals"), (it) => {
    if (it.rank < 1) return conflict("rank-at-least", printShape(it));
    if (!a.flag("pad_end") && provablyLess(it.last, a.size("frame_length")))
      a.doubts("the signal is shorter than a frame");
    return it.slice(0, -1).concat([frames(it.last, a), half(fftLength(a))]);
  });
/** Frames that follow each other at `frame_step`, laid over each other again. */
const overlapped = (count: Dim, length: Dim, a: Reader): Dim =>
  sized(count, (it) => plus(times(minus(it, 1), a.size("frame_step")), length));
const framed: ShapeRule = (a) =>
  withRank(a.shape("signal"), (it) => {
    const at = normaliseAxis(a.integer("axis"), it.rank);
    if (at === undefined) return conflict("axis-in-range", `axis ${a.integer("axis")} of ${printShape(it)}`);
    return new Shape([...it.slice(0, at), frames(it.at(at), a), a.size("frame_length"), ...it.slice(at + 1)]);
  });
/** A cosine transform of another length cuts the axis, or pads it. */
const cosine: ShapeRule = (a) => withRank(a.shape("input"), (it) => (a.has("n") ? it.withLast(a.size("n")) : it));
const windowed: ShapeRule = (a) => new Shape([a.size("window_length")]);
const STFT = "frame_length, frame_step, fft_length=None, window_fn='hann'";

export const SIGNAL: Lines = {
  ...FOURIER,
  ...each("fftshift ifftshift", "x, axes=None", like("x"), same("x")),
  ...each("dct idct", "input, type=2, n=None, axis=-1, norm=None", cosine, same("input"), {
    requires: isReal("input"),
  }),
  stft: line(`signals, ${STFT}, pad_end=False`, stft, toComplex("signals"), { requires: isReal("signals") }),
  inverse_stft: line(
    `stfts, ${STFT}`,
    (a) =>
      withRank(a.shape("stfts"), (it) =>
        it.rank < 2
          ? conflict("rank-at-least", printShape(it))
          : it.slice(0, -2).concat([overlapped(it.at(-2), a.size("frame_length"), a)]),
      ),
    toReal("stfts"),
  ),
  frame: line("signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1", framed, same("signal")),
  overlap_and_add: line(
    "signal, frame_step",
    (a) =>
      withRank(a.shape("signal"), (it) =>
        it.rank < 2
          ? conflict("rank-at-least", printShape(it))
          : it.slice(0, -2).concat([overlapped(it.at(-2), it.last, a)]),
      ),
    same("signal"),
  ),
  linear_to_mel_weight_matrix: line(
    "num_mel_bins=20, num_spectrogram_bins=129, sample_rate=8000, lower_edge_hertz=125.0, upper_edge_hertz=3800.0, " +
      "dtype='float32'",
    (a) => new Shape([a.size("num_spectrogram_bins"), a.size("num_mel_bins")]),
    given("float32"),
  ),
  mfccs_from_log_mel_spectrograms: line(
    "log_mel_spectrograms",
    like("log_mel_spectrograms"),
    same("log_mel_spectrograms"),
  ),
  ...each("hann_window hamming_window", "window_length, periodic=True, dtype='float32'", windowed, given("float32")),
  kaiser_window: line("window_length, beta=12.0, dtype='float32'", windowed, given("float32")),
  vorbis_window: line("window_length, dtype='float32'", windowed, given("float32")),
};
