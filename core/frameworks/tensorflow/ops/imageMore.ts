import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, modulo, NONE, provablyLess, unknown } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { broadcasted, conflict, isConflict, like, withRank } from "../../operation/shapes.ts";
import type { ShapeRule, Shapes } from "../../operation.ts";
import { always, each, type Lines, line, same } from "../rules.ts";
import { coloured } from "./image.ts";

/** tf.image: measures of images, turns, crops by a share, and choices among boxes. */

const image =
  (name: string, answer: (it: Shape, a: Reader) => Shape): ShapeRule =>
  (a) =>
    withRank(a.shape(name), (it) =>
      it.rank < 3 ? conflict("rank-at-least", `${printShape(it)}, where an image has 3`) : answer(it, a),
    );
/** One number for each image, or for each pair of them. */
const measured =
  (...names: readonly string[]): ShapeRule =>
  (a) => {
    const shapes = names.map((name) => image(name, (it) => it.slice(0, -3))(a) as AnyShape | Conflict);
    return shapes.find(isConflict) ?? broadcasted(shapes as readonly AnyShape[]);
  };
const batch =
  (answer: (it: Shape) => AnyShape | readonly AnyShape[]): ShapeRule =>
  (a) =>
    withRank(
      a.shape("image"),
      (it): Shapes =>
        it.rank === 4 ? answer(it) : conflict("rank-is", `${printShape(it)}, where a batch of images has 4`),
    );
const turned = (it: Shape): Shape => new Shape([...it.slice(0, -3), it.at(-2), it.at(-3), it.last]);
const quarter: ShapeRule = image("image", (it, a) => {
  const odd = modulo(a.integer("k"), 2);
  return odd === 1 ? turned(it) : it;
});
/** A margin on each side, rounded down. */
const central: ShapeRule = image("image", (it, a) => {
  const share = a.number("central_fraction");
  if (share === 1) return it;
  if (share === undefined) a.doubts("the share is not known");
  const cut = (dim: Dim): Dim => {
    if (typeof dim !== "number") return dim === NONE ? NONE : unknown("a share of an unknown size");
    return dim - 2 * Math.trunc((dim - dim * (share ?? 1)) / 2);
  };
  return new Shape([...it.slice(0, -3), cut(it.at(-3)), cut(it.at(-2)), it.last]);
});
const chosen = new Shape([unknown("as many boxes as are kept")]);
const SUPPRESSION = "boxes, scores, max_output_size, iou_threshold=0.5, score_threshold=-1e9";
const SSIM = "img1, img2, max_val";
const FILTER = "filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03";
const random = (names: string, signature: string, rule: ShapeRule = image("image", (it) => it)): Lines =>
  each(names, signature, rule, same("image"));
const coloured3 = coloured(
  "image",
  3,
  image("image", (it) => it),
);

export const MORE_IMAGE: Lines = {
  psnr: line(
    "a, b, max_val",
    (a) => {
      const most = a.shape("max_val");
      return hasRank(most) && most.rank > 0 ? a.doubts("max_val is a number") : measured("a", "b")(a);
    },
    always("float32"),
  ),
  ssim: line(
    `${SSIM}, ${FILTER}, return_index_map=False`,
    (a) => {
      const shape = a.shape("img1");
      const filter = a.size("filter_size");
      const isSmall =
        hasRank(shape) && shape.rank >= 3 && shape.dims.slice(-3, -1).some((n) => provablyLess(n, filter));
      return isSmall ? conflict("filter-fits", printShape(shape)) : measured("img1", "img2")(a);
    },
    always("float32"),
  ),
  ssim_multiscale: line(`${SSIM}, power_factors=None, ${FILTER}`, measured("img1", "img2"), always("float32")),
  total_variation: line(
    "images",
    (a) =>
      withRank(
        a.shape("images"),
        (it): Shapes =>
          it.rank === 3 || it.rank === 4
            ? it.slice(0, -3)
            : conflict("rank-is", `${printShape(it)}, where an image has 3 axes and a batch of them 4`),
      ),
    same("images"),
  ),
  sobel_edges: line(
    "image",
    batch((it) => it.concat([2])),
    same("image"),
  ),
  image_gradients: line(
    "image",
    batch((it) => [it, it]),
    same("image"),
    { yields: "tuple" },
  ),
  rot90: line("image, k=1", quarter, same("image")),
  transpose: line("image", image("image", turned), same("image")),
  central_crop: line("image, central_fraction", central, same("image")),
  ...random("stateless_random_flip_left_right stateless_random_flip_up_down", "image, seed"),
  ...random("stateless_random_brightness", "image, max_delta, seed", like("image")),
  ...random("stateless_random_hue", "image, max_delta, seed", coloured3),
  ...random("stateless_random_contrast", "image, lower, upper, seed"),
  ...random("stateless_random_saturation", "image, lower, upper, seed=None", coloured3),
  ...random("adjust_jpeg_quality", "image, jpeg_quality"),
  ...random("random_jpeg_quality", "image, min_jpeg_quality, max_jpeg_quality, seed=None"),
  stateless_random_crop: line("value, size, seed", (a) => new Shape(a.sizes("size")), same("value")),
  draw_bounding_boxes: line("images, boxes, colors", like("images"), same("images")),
  non_max_suppression: line(SUPPRESSION, () => chosen, always("int32")),
  non_max_suppression_with_scores: line(
    `${SUPPRESSION}, soft_nms_sigma=0.0`,
    () => [chosen, chosen],
    (a) => ["int32", a.dtype("scores")],
    { yields: "tuple" },
  ),
};
