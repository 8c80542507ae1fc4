import { sizes } from "../../../lowering/builder.ts";
import { NONE } from "../../../tensor/dim.ts";
import { upsampled } from "../../../tensor/window.ts";
import { check, layer, py, raw } from "../define.ts";
import { dataFormat, tuple } from "./families/arguments.ts";
import { autocast, onlyFloat } from "./families/autocast.ts";
import { repeatedEach, resampled } from "./families/resampling.ts";
import { floating } from "./families/scaling.ts";

const NAMES = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"];
const isKnown = (interpolation: string): boolean => NAMES.includes(interpolation.toLowerCase());

export const UpSampling2D = layer("UpSampling2D", {
  summary: "Makes rows and columns `size` times as many, repeating or interpolating.",
  args: { size: tuple(2), data_format: dataFormat(), interpolation: raw() },
  input: { rank: 4 },
  /** Keras's symbolic form looks at the size alone. */
  requires: ({ interpolation }, _, at) => {
    const words = `interpolation must be one of ${NAMES.join(", ")}`;
    return check(
      typeof interpolation !== "string" || isKnown(interpolation) || at.eager !== true,
      "interpolation-known",
      words,
      { argument: "interpolation" },
    );
  },
  output: ({ size, data_format }, x, { keras }) => {
    // Keras 2 multiplies the sizes together: where one is open, all are.
    const isOpen = keras === 2 && x.spatial(data_format).includes(NONE);
    return x.resampled(data_format, x.channels(data_format), (n, i) => (isOpen ? NONE : upsampled(n, size.at(i))));
  },
  // What cannot run has the dtype that Keras announces; in Keras 2 TensorFlow interpolates in float32.
  dtype: ({ interpolation }, at) => {
    if (typeof interpolation !== "string") return onlyFloat(at);
    if (at.keras === 2) return interpolation.toLowerCase() === "nearest" ? autocast(at) : "float32";
    return isKnown(interpolation) ? autocast(at) : at.compute;
  },
  lower: (g, { size, data_format, interpolation }, x) => {
    const times = sizes(size);
    if (interpolation === "nearest") return repeatedEach(g, x, data_format, times);
    const spatial = data_format === "channels_first" ? x.shape.slice(2) : x.shape.slice(1, 3);
    const to = spatial.map((n, i) => n * (times[i] ?? 1));
    return resampled(g, floating(x), data_format, to, interpolation);
  },

  example: py`
    x = keras.Input((14, 14, 8))         # shape: (None, 14, 14, 8)
    y = layers.UpSampling2D(2)(x)        # shape: (None, 28, 28, 8)  params: 0
    z = layers.UpSampling2D((1, 3))(x)   # shape: (None, 14, 42, 8)  params: 0
  `,
});
