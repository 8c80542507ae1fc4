import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, NONE, plus, printDim, product, provablyDifferent } from "../../../tensor/dim.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { type DataFormat, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { windowed } from "../../../tensor/window.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, withRank } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { corners } from "./demands.ts";
import { kept, realWhenRun } from "./dtypes.ts";
import { type Rules, rule } from "./table.ts";

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
/** An image or a batch of them, which keeps its shape. */
const picture: ShapeRule = (a) => image(a, "images", same, same, same);
/** Its channels are so many, where that is known. */
const coloured =
  (counts: readonly number[], rule: ShapeRule): ShapeRule =>
  (a) => {
    const x = a.shape("images");
    if (!hasRank(x) || (x.rank !== 3 && x.rank !== 4)) return rule(a);
    const channels = formatOf(a) === "channels_last" ? x.last : x.at(-3);
    return counts.every((it) => provablyDifferent(it, channels))
      ? conflict("colours", `${printShape(x)}, with ${printDim(channels)} channels`)
      : rule(a);
  };
const floats = (a: Reader): Conflict | undefined => {
  const dtype = a.dtype("images");
  return dtype === undefined || isFloat(dtype) ? undefined : conflict("dtype-fits", dtype);
};
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
    const given = (names: readonly string[]): number => names.filter((name) => a.has(name)).length;
    for (const [before, after, target] of [
      ["top", "bottom", "height"],
      ["left", "right", "width"],
    ])
      if (given([`${before}_${kind}`, `${after}_${kind}`, `target_${target}`]) !== 2)
        return conflict("two-of-three", `${before}_${kind}, ${after}_${kind}, target_${target}`);
    const x = a.shape("images");
    if (kind === "cropping" && hasRank(x) && x.rank >= 3)
      for (const [target, axis] of [
        ["target_height", formatOf(a) === "channels_last" ? -3 : -2],
        ["target_width", formatOf(a) === "channels_last" ? -2 : -1],
      ] as const)
        if (x.at(axis) === NONE && !a.has(target)) return conflict("target-said", `${target} of ${printShape(x)}`);
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
  if (a.value("size").kind !== "int" && a.sizes("size").length === 3) return volumes("images")(a);
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

const volumes =
  (name: string): ShapeRule =>
  (a) =>
    withRank(a.shape(name), (x) => {
      if (x.rank !== 4 && x.rank !== 5)
        return conflict("rank-is", `${printShape(x)}, where a volume has 4 axes and a batch of them 5`);
      const sizes = three(a, "size");
      const steps = a.has("strides") ? three(a, "strides") : sizes;
      const rates = three(a, "dilation_rate");
      const padding = a.text("padding") === "same" ? "same" : "valid";
      const format = formatOf(a);
      const own = x.slice(-4);
      const channels: Dim = format === "channels_first" ? own.at(0) : own.last;
      const spatial = format === "channels_first" ? own.slice(1) : own.slice(0, -1);
      const places = spatial.dims.map((n, i): Dim => windowed(n, sizes[i] ?? 1, steps[i] ?? 1, rates[i] ?? 1, padding));
      const patch: Dim = product([channels, ...sizes]);
      const made: readonly Dim[] = format === "channels_first" ? [patch, ...places] : [...places, patch];
      return new Shape([...x.slice(0, -4), ...made]);
    });
function three(a: Reader, name: string): readonly Dim[] {
  const given: readonly Dim[] = a.sizes(name);
  const [only = 1] = given;
  return given.length === 3 ? given : [only, only, only];
}
/** A point of each place of `coordinates`, whose first axis runs over the axes of the input. */
const mappedTo: ShapeRule = (a) =>
  withRank(a.shape("coordinates"), (to) => {
    if (to.rank < 2) return conflict("rank-is", `coordinates of ${printShape(to)}: they need two axes at least`);
    return withRank(a.shape("inputs"), (x) =>
      provablyDifferent(to.at(0), x.rank)
        ? conflict("row-per-axis", `coordinates of ${printShape(to)} for an input of ${x.rank} axes`)
        : to.slice(1),
    );
  });
/** A number for each pair of images. */
const perPair: ShapeRule = (a) => {
  const other = a.shape("image2");
  return withRank(a.shape("image1"), (x) => {
    for (const it of [x, other])
      if (hasRank(it) && it.rank !== 3 && it.rank !== 4)
        return conflict("rank-is", `${printShape(it)}, where an image has 3 axes and a batch of them 4`);
    if (!a.symbolic && hasRank(other) && other.rank !== x.rank)
      return conflict("ranks-equal", `${printShape(x)} and ${printShape(other)}`);
    return x.slice(0, -3);
  });
};

const FILLS = new Set("constant nearest wrap mirror reflect".split(" "));
const METHODS = new Set("linear bilinear trilinear cubic bicubic tricubic lanczos3 lanczos5".split(" "));

/** keras.ops.image */
export const IMAGE: Rules = {
  resize: rule(resized, kept("images")),
  crop_images: rule(margins("cropping"), kept("images")),
  pad_images: rule(margins("padding"), kept("images")),
  extract_patches: rule(patches, kept("images")),
  rgb_to_grayscale: rule(
    coloured([1, 3], (a) => image(a, "images", same, same, () => 1)),
    kept("images"),
    { type: "RGBToGrayscale" },
  ),
  rgb_to_hsv: rule(coloured([3], picture), kept("images"), { type: "RGBToHSV", requires: floats }),
  hsv_to_rgb: rule(coloured([3], picture), kept("images"), { type: "HSVToRGB", requires: floats }),
  extract_patches_3d: rule(volumes("volumes"), kept("volumes")),
  map_coordinates: rule(mappedTo, kept("inputs")),
  // What runs takes of the output's sizes those of the axes of space alone.
  scale_and_translate: rule((a) => {
    if (!METHODS.has(a.text("method").toLowerCase()))
      return a.symbolic ? a.doubts("no such method") : conflict("one-of", a.text("method"));
    const [sizes, axes] = [a.sizes("output_shape"), a.sizes("spatial_dims")];
    return withRank(a.shape("images"), (x) => {
      const isThere = axes.every((axis) => typeof axis === "number" && axis < x.rank && sizes[axis] !== undefined);
      return isThere
        ? x.map((dim, i) => (axes.includes(i) ? (sizes[i] ?? dim) : dim))
        : a.doubts("axes that are not there");
    });
  }, kept("images")),
  sobel_edges: rule(
    (a) =>
      withRank(a.shape("images"), (x) =>
        x.rank === 4 ? x.concat([2]) : conflict("rank-is", `${printShape(x)}, where a batch of images has 4 axes`),
      ),
    kept("images"),
    { requires: realWhenRun("images") },
  ),
  ssim: rule(perPair, kept("image1")),
  affine_transform: rule((a) => {
    if (!FILLS.has(a.text("fill_mode").toLowerCase())) return a.doubts("no such way to fill");
    const [images, transform] = [a.shape("images"), a.shape("transform")];
    const isOdd = hasRank(images) && hasRank(transform) && transform.rank > 1 && transform.rank !== images.rank - 2;
    if (!a.symbolic && hasRank(transform) && transform.rank > 0 && provablyDifferent(transform.last, 8))
      return conflict("shapes-equal", `${printShape(transform)}, whose last axis has 8 numbers`);
    return !a.symbolic && isOdd ? a.doubts("other transforms than images") : picture(a);
  }, kept("images")),
  perspective_transform: rule(picture, kept("images"), { requires: corners }),
  gaussian_blur: rule(picture, kept("images"), {
    requires: (a) =>
      !a.symbolic && a.value("kernel_size").kind === "int"
        ? conflict("size-is-pair", "one size")
        : realWhenRun("images")(a),
  }),
  elastic_transform: rule(picture, kept("images"), { requires: realWhenRun("images") }),
};
