import { type Dim, times } from "../../../tensor/dim.ts";
import { Shape } from "../../../tensor/shape.ts";
import { padded, upsampled } from "../../../tensor/window.ts";
import { filled, like, withRank } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { always, given, kept, promoted } from "./dtypes.ts";
import { convolved, formatOf, oneEach, pooled, separated } from "./nn.ts";
import { each, type Rules, rule } from "./table.ts";

/** What networks are made of, in `keras.backend`: convolutions, pools, padding, CTC. */

const x = like();
const rescaled =
  (...factors: readonly string[]): ShapeRule =>
  (a) =>
    withRank(a.shape("x"), (it) => {
      // One image without a batch takes other axes for its rows and columns, and Keras multiplies yet others.
      if (it.rank !== factors.length + 2) a.doubts("resizing a tensor of another rank is not followed");
      return it.resampled(formatOf(a), it.channels(formatOf(a)), (n, i) => upsampled(n, a.size(factors[i] ?? "")));
    });
/** `((1, 1), (2, 3))`: what each axis of space gains at its ends. */
const widened =
  (axes: number): ShapeRule =>
  (a) =>
    withRank(a.shape("x"), (it) => {
      const { values } = a.operand("padding");
      if (values?.length !== 2 * axes) return a.doubts("the padding is not known");
      const side = (i: number): Dim => values[i] ?? 0;
      return it.resampled(formatOf(a), it.channels(formatOf(a)), (n, i) => padded(n, side(2 * i), side(2 * i + 1)));
    });
/** The sizes are said; what is not is the number of samples, which they hold too. */
const transposed: ShapeRule = (a) => {
  const sizes = a.sizes("output_shape");
  return withRank(a.shape("x"), (it) =>
    sizes.length === it.rank ? new Shape(sizes) : a.doubts("the shape asked for"),
  );
};
const normalised: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    const axes = a.axes("reduction_axes");
    if (axes === undefined) return [it, a.doubts("the axes"), a.doubts("the axes")];
    const rest = new Shape(it.dims.filter((_, i) => !axes.some((axis) => (axis < 0 ? axis + it.rank : axis) === i)));
    return [it, rest, rest];
  });
const perSample: ShapeRule = (a) => withRank(a.shape("y_pred"), (it) => new Shape([it.at(0), 1]));

export const BACKEND_NETWORK: Rules = {
  ...each(
    "conv1d conv2d conv3d",
    convolved("kernel", (k) => k.last, "x"),
    promoted("x", "kernel"),
  ),
  depthwise_conv2d: rule(
    convolved("depthwise_kernel", (k) => times(k.at(-2), k.last), "x", oneEach),
    promoted("x", "depthwise_kernel"),
  ),
  separable_conv2d: rule(separated("x"), promoted("x", "depthwise_kernel")),
  conv2d_transpose: rule(transposed, promoted("x", "kernel")),
  ...each("pool2d pool3d", pooled("x"), kept()),
  resize_images: rule(rescaled("height_factor", "width_factor"), kept()),
  resize_volumes: rule(rescaled("depth_factor", "height_factor", "width_factor"), kept()),
  spatial_2d_padding: rule(widened(2), kept()),
  spatial_3d_padding: rule(widened(3), kept()),
  normalize_batch_in_training: rule(normalised, (a) => [a.dtype("x"), a.dtype("x"), a.dtype("x")], { yields: "tuple" }),
  moving_average_update: rule(x, kept()),
  ...each("random_normal_variable random_uniform_variable", filled(), given("float32")),
  in_top_k: rule(like("targets"), always("bool")),
  ctc_batch_cost: rule(perSample, always("float32")),
  binary_focal_crossentropy: rule(like("output"), kept("output")),
  categorical_focal_crossentropy: rule(
    (a) => withRank(a.shape("output"), (it) => it.remove(a.integer("axis"))),
    kept("output"),
  ),
  print_tensor: rule(x, kept()),
};
