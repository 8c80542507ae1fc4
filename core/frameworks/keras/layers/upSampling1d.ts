import { size as sizeOf } from "../../../lowering/builder.ts";
import { upsampled } from "../../../tensor/window.ts";
import { check, layer, py } from "../define.ts";
import { wholeOnly } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";
import { repeated } from "./families/resampling.ts";

export const UpSampling1D = layer("UpSampling1D", {
  summary: "Repeats every step of the time axis `size` times.",
  args: { size: wholeOnly(1) },
  input: { rank: 3 },
  // Keras 2 asks only where it joins the copies of each step.
  requires: ({ size }, x, at) =>
    check(
      at.keras !== 2 || typeof size !== "number" || size > 0 || typeof x.at(1) !== "number",
      "size-above-zero",
      "`size` must be at least 1",
      { argument: "size" },
    ),
  output: ({ size }, x) => x.with(1, upsampled(x.at(1), size)),
  dtype: (_, at) => autocast(at),
  lower: (g, { size }, x) => repeated(g, x, 1, sizeOf(size)),

  example: py`
    x = keras.Input((16, 8))        # shape: (None, 16, 8)
    y = layers.UpSampling1D(3)(x)   # shape: (None, 48, 8)  params: 0
  `,
});
