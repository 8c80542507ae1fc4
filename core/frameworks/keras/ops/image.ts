import { type Dim, NONE, plus, product } from "../../../tensor/dim.ts";
import { type DataFormat, printShape, Shape } from "../../../tensor/shape.ts";
import { windowed } from "../../../tensor/window.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, like, withRank } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { kept } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

const formatOf = (a: Reader): DataFormat =>
  a.has("data_format") && a.text("data_format") === "channels_first" ? "channels_first" : "channels_last";

/** Replaces height, width and channels of an image or of a batch of them. */
function image(a: Reader, name: string, height: (n: Dim) => Dim, width: (n: Dim) => Dim, channels: (n: Dim) => Dim) {
  return withRank(a.shape(name), (x) => {
    if (x.rank !== 3 && x.rank !== 4)
      return conflict("rank-is", `${printShape(x)}, where an image has 3 axes and a batch of them 4`);
    const before = x.slice(0, -3);
    const [p, q, r] = x.slice(-3).dims;
    if (p === undefined || q === undefined || r === undefined) return x;
    return formatOf(a) === "channels_last"
      ? new Shape([...before, height(p), width(q), channels(r)])
      : new Shape([...before, channels(p), height(q), width(r)]);
  });
}
const same = (n: Dim): Dim => n;
const resized: ShapeRule = (a) => {
  if (a.value("size").kind === "int" || a.sizes("size").length === 1) return conflict("size-is-pair", "one size");
  const [height, width]: readonly (Dim | undefined)[] = a.sizes("size");
  return image(
    a,
    "images",
    (n) => height ?? n,
    (n) => width ?? n,
    same,
  );
};
/** Cropping and padding: the target, or the margins. */
const margins =
  (kind: "cropping" | "padding"): ShapeRule =>
  (a) => {
    const sign = kind === "cropping" ? -1 : 1;
    const side =
      (target: string, before: string, after: string) =>
      (n: Dim): Dim => {
        if (a.has(target)) return a.size(target);
        const change = [before, after].map((name) => (a.has(`${name}_${kind}`) ? a.integer(`${name}_${kind}`) : 0));
        return n === NONE ? NONE : plus(n, sign * change.reduce((sum, it) => sum + it, 0));
      };
    return image(a, "images", side("target_height", "top", "bottom"), side("target_width", "left", "right"), same);
  };
const patches: ShapeRule = (a) => {
  const [height = 1, width = height]: readonly Dim[] = a.sizes("size");
  const steps: readonly Dim[] = a.has("strides") ? a.sizes("strides") : [height, width];
  const [down = 1, right = down] = steps;
  const [dilation = 1, across = dilation] = a.sizes("dilation_rate");
  const padding = a.text("padding") === "same" ? "same" : "valid";
  return image(
    a,
    "images",
    (n): Dim => windowed(n, height, down, dilation, padding),
    (n) => windowed(n, width, right, across, padding),
    (n) => product([n, height, width]),
  );
};

/** keras.ops.image */
export const IMAGE: Rules = {
  resize: rule(resized, kept("images")),
  crop_images: rule(margins("cropping"), kept("images")),
  pad_images: rule(margins("padding"), kept("images")),
  extract_patches: rule(patches, kept("images")),
  rgb_to_grayscale: rule((a) => image(a, "images", same, same, () => 1), kept("images"), { type: "RGBToGrayscale" }),
  rgb_to_hsv: rule(like("images"), kept("images"), { type: "RGBToHSV" }),
  hsv_to_rgb: rule(like("images"), kept("images"), { type: "HSVToRGB" }),
  ...each("affine_transform perspective_transform gaussian_blur elastic_transform", like("images"), kept("images")),
};
