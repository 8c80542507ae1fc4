import { refuse, size as sizeOf } from "../../../lowering/builder.ts";
import { check, flag, number, py, raw, size } from "../define.ts";
import { onlyFloat } from "./families/autocast.ts";
import { image, imageArguments, keptDtype, resized } from "./families/images.ts";
import { batched, cutAndResampled, paddedAndResampled, resampled } from "./families/resampling.ts";

export const Resizing = image("Resizing", {
  summary: "Resizes images to `height` × `width`.",
  args: {
    ...imageArguments,
    height: size(),
    width: size(),
    interpolation: raw(),
    antialias: flag(),
    crop_to_aspect_ratio: flag(),
    pad_to_aspect_ratio: flag(),
    fill_value: number(),
  },
  requires: (a, x, at) => [
    ...check(
      x.rank > (a.data_format === "channels_last" ? 1 : 2),
      "height-and-width",
      `Resizing changes the height and width of an image; this input has ${x.rank} axes`,
    ),
    ...check(
      !(at.eager && a.crop_to_aspect_ratio && a.pad_to_aspect_ratio),
      "crop-or-pad",
      "to keep the aspect ratio an image is either cropped or padded: set one of the two",
      { argument: "pad_to_aspect_ratio" },
    ),
  ],
  output: ({ height, width, data_format }, x) => resized(x, height, width, data_format),
  // Where the run fails, what Keras announces stands.
  dtype: (a, at, xs) => {
    if (at.keras === 2 || (a.crop_to_aspect_ratio && a.pad_to_aspect_ratio)) return at.compute;
    // Whether the padding's float goes with whole numbers is for the sizes to say.
    return a.pad_to_aspect_ratio ? onlyFloat(at) : keptDtype(a, at, xs);
  },
  lower: (g, a, image) => {
    const size = [sizeOf(a.height), sizeOf(a.width)] as const;
    const isWhole = image.dtype !== "float32";
    if (isWhole && a.interpolation === "bicubic") return refuse("bicubic on whole numbers is not lowered");
    const how = [a.interpolation, a.antialias] as const;
    const y = batched(g, g.float(image), (x) => {
      if (a.pad_to_aspect_ratio) return paddedAndResampled(g, x, a.data_format, size, a.fill_value ?? 0, ...how);
      return (a.crop_to_aspect_ratio ? cutAndResampled : resampled)(g, x, a.data_format, size, ...how);
    });
    // Keras 3 keeps whole numbers whole.
    return isWhole && g.keras === 3 ? g.cast(g.unary("Round", y), image.dtype) : y;
  },
  example: py`
    x = keras.Input((28, 28, 3))     # shape: (None, 28, 28, 3)
    y = layers.Resizing(20, 16)(x)   # shape: (None, 20, 16, 3)  params: 0
  `,
});
