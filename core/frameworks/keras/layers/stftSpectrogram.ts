import { type Dim, NONE, times } from "../../../tensor/dim.ts";
import { Shape, unknownRank } from "../../../tensor/shape.ts";
import { flag, layer, optional, py, size } from "../define.ts";
import { dataFormat } from "./families/arguments.ts";
import { framesFit, frequencies, MODES, stepFits, steps, windowName } from "./families/stft.ts";
import { exactly } from "./families/words.ts";

export const STFTSpectrogram = layer("STFTSpectrogram", {
  summary: "Frequencies of a signal along time, by a convolution whose kernels are waves; they can be trained.",
  args: {
    mode: exactly(...MODES),
    frame_length: size(),
    frame_step: optional(size()),
    fft_length: optional(size()),
    window: windowName(),
    scaling: exactly("density", "spectrum", null),
    padding: exactly("valid", "same"),
    expand_dims: flag(),
    data_format: dataFormat(),
  },
  input: { rank: 3 },
  valid: (a) => stepFits(a),
  // On data TensorFlow makes something of a signal that is too short.
  requires: (a, x, at) => (at.eager ? [] : framesFit(a, x)),
  weights: (a) => {
    const kernel: readonly Dim[] = [a.frame_length, 1, frequencies(a)];
    return { real_kernel: a.mode !== "imag" && kernel, imag_kernel: a.mode !== "real" && kernel };
  },
  output: (a, x, at) => {
    if (at.eager && framesFit(a, x).length > 0) return unknownRank("a frame does not fit into the signal");
    const channels = x.channels(a.data_format);
    const bins = times(frequencies(a), a.mode === "stft" ? 2 : 1);
    const time = steps(x.spatial(a.data_format)[0] ?? NONE, a);
    const last = a.data_format === "channels_last";
    if (a.expand_dims) return new Shape(last ? [x.batch, time, bins, channels] : [x.batch, channels, time, bins]);
    const rows = times(bins, channels);
    return new Shape(last ? [x.batch, time, rows] : [x.batch, rows, time]);
  },

  example: py`
    x = keras.Input((1000, 1))        # shape: (None, 1000, 1)
    y = layers.STFTSpectrogram()(x)   # shape: (None, 6, 129)  params: 66048
  `,
});
