/** What STFTSpectrogram takes, and the sizes that follow from it. */
import { type Dim, floorDivide, NONE, plus, printDim, provablyLess, unknown } from "../../../../tensor/dim.ts";
import { type DataFormat, printShape, type Shape } from "../../../../tensor/shape.ts";
import { windowed } from "../../../../tensor/window.ts";
import { type Arg, check, type Violation } from "../../define.ts";

export const MODES = ["log", "magnitude", "psd", "real", "imag", "angle", "stft"] as const;

interface Frames {
  readonly frame_length: Dim;
  readonly frame_step: Dim | null;
  readonly fft_length: Dim | null;
  readonly padding: "valid" | "same";
}

/** Half a frame unless said. */
export const stepOf = ({ frame_length, frame_step }: Frames): Dim =>
  frame_step === null || frame_step === 0 ? floorDivide(frame_length, 2) : frame_step;

/** The next power of two unless said. */
function transformLength({ frame_length, fft_length }: Frames): Dim {
  if (fft_length !== null && fft_length !== 0) return fft_length;
  return typeof frame_length === "number" && frame_length > 0
    ? 2 ** Math.ceil(Math.log2(frame_length))
    : unknown("the next power of two is not known");
}

/** How many frequencies: one more than half the length of the transform. */
export const frequencies = (a: Frames): Dim => plus(floorDivide(transformLength(a), 2), 1);

export const steps = (n: Dim, a: Frames): Dim => windowed(n, a.frame_length, stepOf(a), 1, a.padding);

export const stepFits = (a: Frames): readonly Violation[] => [
  ...check(
    a.frame_step === null || !(provablyLess(a.frame_step, 1) || provablyLess(a.frame_length, a.frame_step)),
    "step-in-frame",
    `frame_step must lie between 1 and frame_length, ${printDim(a.frame_length)}`,
    { argument: "frame_step" },
  ),
  ...check(
    a.fft_length === null || !provablyLess(a.fft_length, a.frame_length),
    "frame-in-transform",
    `fft_length must not be below frame_length, ${printDim(a.frame_length)}`,
    { argument: "fft_length" },
  ),
];

export function framesFit(a: Frames & { readonly data_format: DataFormat }, x: Shape): readonly Violation[] {
  const [length = NONE] = x.spatial(a.data_format);
  return [
    ...check(
      x.channels(a.data_format) !== NONE,
      "channels-defined",
      `STFTSpectrogram needs to know how many channels ${printShape(x)} has`,
    ),
    ...check(
      !provablyLess(steps(length, a), 1),
      "output-not-empty",
      `a frame of ${printDim(a.frame_length)} does not fit into a signal of ${printDim(length)}: use a shorter frame`,
      { code: "empty-output" },
    ),
  ];
}

/** The windows of scipy.signal.get_window that need no number beside the name. */
const WINDOWS = new Set(
  (
    "bart barthann bartlett bkh black blackharr blackman blackmanharris blk bman bmn bohman box boxcar brt " +
    "brthan bth " +
    "cosine exponential flat flattop flt halfcosine ham hamm hamming han hann lanczos nut nutl nuttall ones par parz " +
    "parzen poisson rect rectangular sinc taylor taylorwin tri triang triangle tuk tukey"
  ).split(" "),
);
export const windowName = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) =>
    typeof given === "string" && !WINDOWS.has(given.replace(/_(periodic|symmetric)$/, ""))
      ? "names no window of SciPy"
      : undefined,
});
