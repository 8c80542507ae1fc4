import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, plus, provablyDifferent, provablyLess, times, unknown } from "../../../tensor/dim.ts";
import { hasRank, printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { dilated, windowed } from "../../../tensor/window.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, like, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { each, float32Unless, given, isReal, type Lines, line, same, unlessArray } from "../rules.ts";

/** An image or a batch of them; height and width are the two axes before the channels. */
const resized =
  (images: string, size: (a: Reader) => readonly Dim[]): ShapeRule =>
  (a) =>
    withRank(a.shape(images), (it) => {
      if (it.rank !== 3 && it.rank !== 4)
        return conflict("rank-is", `${printShape(it)}, where an image has 3 axes and a batch of them 4`);
      const [height, width] = size(a);
      return new Shape([...it.slice(0, -3), height ?? unknown("no size"), width ?? unknown("no size"), it.last]);
    });
const bySize = (a: Reader): readonly Dim[] => a.sizes("size");
const byTarget = (a: Reader): readonly Dim[] => [a.size("target_height"), a.size("target_width")];

const BOX = "image, offset_height, offset_width, target_height, target_width";
/** What is cut out lies within the image. */
const insideImage = (a: Reader): Conflict | undefined => {
  const image = a.shape("image");
  if (!hasRank(image) || image.rank < 3) return undefined;
  const past = ["height", "width"].find((side, i) =>
    provablyLess(image.at(i - 3), plus(a.size(`offset_${side}`), a.size(`target_${side}`))),
  );
  return past === undefined ? undefined : conflict("index-in-range", `the ${past} of ${printShape(image)}`);
};

const resize: ShapeRule = (a) => {
  if (a.flag("preserve_aspect_ratio")) a.doubts("the aspect ratio decides the size");
  return resized("images", bySize)(a);
};
const resizedType: DTypeRule = (a) => {
  const method = a.value("method");
  if (method.kind === "str") return method.value === "nearest" ? a.dtype("images") : "float32";
  return undefined;
};
const channels =
  (images: string, count: Dim): ShapeRule =>
  (a) =>
    withRank(a.shape(images), (it) => it.withLast(count));
const patches: ShapeRule = (a) =>
  withRank(a.shape("images"), (x) => {
    if (x.rank !== 4) return conflict("rank-is", `${printShape(x)}, where a batch of images has 4`);
    const [sizes, strides, rates] = ["sizes", "strides", "rates"].map((name) => a.sizes(name));
    const padding = a.text("padding").toLowerCase() === "same" ? "same" : "valid";
    const along = (axis: number): Dim =>
      windowed(x.at(axis), dilated(sizes?.[axis] ?? 1, rates?.[axis] ?? 1), strides?.[axis] ?? 1, 1, padding);
    const patch = times(sizes?.[1] ?? 1, sizes?.[2] ?? 1);
    return new Shape([x.at(0), along(1), along(2), times(patch, x.at(3))]);
  });

/** An image or a batch of them. */
const pictures =
  (name: string): ShapeRule =>
  (a) =>
    withRank(a.shape(name), (it) =>
      it.rank < 3 ? conflict("rank-at-least", `${printShape(it)}, where an image has 3`) : it,
    );
/** Of three channels. */
export const coloured =
  (name: string, channels: number, rule: ShapeRule = like(name)): ShapeRule =>
  (a) => {
    const shape = a.shape(name);
    if (!hasRank(shape)) return rule(a);
    if (shape.rank < 1) return conflict("rank-at-least", "a number");
    return provablyDifferent(shape.last, channels)
      ? conflict("colours", `${printShape(shape)}, whose last axis is not ${channels}`)
      : rule(a);
  };
const kept = (names: string, signature: string): Lines => each(names, signature, pictures("image"), same("image"));
const turned = (names: string, signature: string): Lines =>
  each(names, signature, coloured("image", 3, pictures("image")), same("image"));
const decoded: ShapeRule = (a) => {
  const count = a.has("channels") ? a.integer("channels") : 0;
  return new Shape([
    unknown("the file says"),
    unknown("the file says"),
    count === 0 ? unknown("the file says") : count,
  ]);
};

/** Boxes, their scores and classes, as many as are asked for in all, and how many of them there are. */
const suppressed: ShapeRule = (a) => {
  const boxes = a.shape("boxes");
  const batch = hasRank(boxes) ? boxes.at(0) : unknown(boxes.reason);
  const kept = a.flag("pad_per_class") ? unknown("classes times boxes of each, or fewer") : a.size("max_total_size");
  return [new Shape([batch, kept, 4]), new Shape([batch, kept]), new Shape([batch, kept]), new Shape([batch])];
};

/** tf.compat.v1.image: what TensorFlow 2 has under another name, and with other arguments. */
export const IMAGE_OF_1: Lines = {
  resize_images: line(
    "images, size, method=0, align_corners=False, preserve_aspect_ratio=False, name=None",
    resize,
    (a) => (a.dtype("images") === "float32" ? "float32" : undefined),
  ),
};

/** tf.image */
export const IMAGE: Lines = {
  resize: line("images, size, method='bilinear', preserve_aspect_ratio=False, antialias=False", resize, resizedType),
  resize_with_pad: line(
    "image, target_height, target_width, method='bilinear', antialias=False",
    resized("image", byTarget),
    (a) => (a.value("method").kind === "str" ? "float32" : undefined),
  ),
  resize_with_crop_or_pad: line("image, target_height, target_width", resized("image", byTarget), same("image")),
  pad_to_bounding_box: line(BOX, resized("image", byTarget), same("image")),
  crop_to_bounding_box: line(BOX, resized("image", byTarget), same("image"), { requires: insideImage }),
  extract_patches: line("images, sizes, strides, rates, padding", patches, same("images")),
  random_crop: line("value, size, seed=None", (a) => new Shape(a.sizes("size")), same("value")),
  crop_and_resize: line(
    "image, boxes, box_indices, crop_size, method='bilinear', extrapolation_value=0.0",
    (a) => {
      const [image, boxes] = [a.shape("image"), a.shape("boxes")];
      if (!hasRank(image) || !hasRank(boxes)) return unknownRank("the image or the boxes are not known");
      if (image.rank !== 4) return conflict("rank-is", `${printShape(image)}, where a batch of images has 4`);
      return new Shape([boxes.at(0), ...a.sizes("crop_size"), image.last]);
    },
    () => "float32",
  ),
  ...kept("flip_left_right flip_up_down", "image"),
  ...kept("random_flip_left_right random_flip_up_down", "image, seed=None"),
  random_brightness: line("image, max_delta, seed=None", like("image"), same("image")),
  ...turned("random_hue", "image, max_delta, seed=None"),
  ...kept("random_contrast", "image, lower, upper, seed=None"),
  ...turned("random_saturation", "image, lower, upper, seed=None"),
  adjust_brightness: line("image, delta", like("image"), same("image")),
  ...turned("adjust_hue", "image, delta"),
  ...turned("adjust_saturation", "image, saturation_factor"),
  adjust_contrast: line("images, contrast_factor", pictures("images"), same("images")),
  adjust_gamma: line("image, gamma=1, gain=1", like("image"), same("image")),
  per_image_standardization: line("image", pictures("image"), () => "float32"),
  convert_image_dtype: line("image, dtype, saturate=False", like("image"), given(same("image"))),
  combined_non_max_suppression: line(
    "boxes, scores, max_output_size_per_class, max_total_size, iou_threshold=0.5, score_threshold=None, " +
      "pad_per_class=False, clip_boxes=True",
    suppressed,
    (a) => [a.dtype("boxes"), a.dtype("scores"), a.dtype("scores"), "int32"],
    { yields: ["nmsed_boxes", "nmsed_scores", "nmsed_classes", "valid_detections"] },
  ),
  rgb_to_grayscale: line("images", coloured("images", 3, channels("images", 1)), same("images")),
  grayscale_to_rgb: line("images", coloured("images", 1, channels("images", 3)), same("images")),
  ...each("rgb_to_hsv hsv_to_rgb", "images", coloured("images", 3), float32Unless("images"), {
    requires: unlessArray("images", isReal("images")),
  }),
  ...each("rgb_to_yuv yuv_to_rgb rgb_to_yiq yiq_to_rgb", "images", coloured("images", 3), same("images"), {
    requires: isReal("images"),
  }),
  decode_jpeg: line("contents, channels=0, ratio=1", decoded, given("uint8")),
  ...each("decode_png", "contents, channels=0, dtype='uint8'", decoded, given("uint8")),
  decode_bmp: line("contents, channels=0", decoded, given("uint8")),
  decode_gif: line(
    "contents",
    () => new Shape([...Array(3).fill(unknown("the file says")), 3]),
    () => "uint8",
  ),
  // Of an animation it would make several pictures.
  decode_image: line(
    "contents, channels=None, dtype='uint8', name=None, expand_animations=True",
    (a) =>
      a.flag("expand_animations") ? unknownRank("a picture, or several: say expand_animations=False") : decoded(a),
    given("uint8"),
  ),
};
