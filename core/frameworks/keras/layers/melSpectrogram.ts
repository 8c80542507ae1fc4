import { type Dim, floorDivide, NONE, plus, printDim, provablyLess } from "../../../tensor/dim.ts";
import { Shape } from "../../../tensor/shape.ts";
import { check, layer, optional, py, size } from "../define.ts";

/**
 * A frame around every s-th sample, the ends padded. Keras announces ⌊(n + s + 1) / s⌋: one more where s divides n + 1.
 */
const frames = (n: Dim, stride: Dim): Dim => (n === NONE ? NONE : plus(floorDivide(n, stride), 1));

export const MelSpectrogram = layer("MelSpectrogram", {
  summary: "Turns sound into images: `num_mel_bins` frequencies high, a column for every `sequence_stride` samples.",
  args: { fft_length: size(), sequence_stride: size(), sequence_length: optional(size()), num_mel_bins: size() },
  valid: ({ fft_length, sequence_length }) =>
    check(
      sequence_length === null || !provablyLess(fft_length, sequence_length),
      "window-in-transform",
      `sequence_length must not be above fft_length, ${printDim(fft_length)}`,
      { argument: "sequence_length" },
    ),
  requires: ({ fft_length }, x, at) =>
    check(
      !at.eager || !provablyLess(x.last, plus(floorDivide(fft_length, 2), 1)),
      "sound-long-enough",
      `MelSpectrogram pads with half a window, so it needs more than ${printDim(floorDivide(fft_length, 2))} samples`,
    ),
  output: ({ sequence_stride, num_mel_bins }, x) =>
    x.rank === 1
      ? new Shape([num_mel_bins, frames(x.batch, sequence_stride)])
      : new Shape([x.batch, num_mel_bins, frames(x.at(1), sequence_stride)]),

  example: py`
    x = keras.Input((16000,))        # shape: (None, 16000)
    y = layers.MelSpectrogram()(x)   # shape: (None, 128, 32)  params: 0
  `,
});
