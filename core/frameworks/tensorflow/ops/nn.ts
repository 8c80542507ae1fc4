import { type Conflict, isConflict } from "../../../tensor/conflict.ts";
import { type Dim, floorDivide, mayDivide, printDim, provablyDifferent, times } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, isOther, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { type Padding, windowed } from "../../../tensor/window.ts";
import { gathered } from "../../operation/gather.ts";
import type { Reader } from "../../operation/reader.ts";
import { along, broadcast, conflict, like, reduce, scalar, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import {
  both,
  converted,
  decided,
  each,
  equalTypes,
  float32Unless,
  isNumeric,
  isReal,
  type Lines,
  line,
  meeting,
  same,
  together,
} from "../rules.ts";
import { MATH } from "./math.ts";
import { SHAPING } from "./shaping.ts";

const biased: ShapeRule = (a) =>
  withRank(a.shape("value"), (it) =>
    withRank(a.shape("bias"), (bias) => {
      if (it.rank < 2) return conflict("rank-at-least", `${printShape(it)}, where a batch of rows has 2`);
      if (bias.rank !== 1) return conflict("rank-is", `the bias is ${printShape(bias)}, where one axis is wanted`);
      const channels = isChannelsFirst(a) ? it.at(1) : it.last;
      if (provablyDifferent(channels, bias.at(0)))
        return conflict("shapes-broadcast", `${printShape(it)} and a bias of ${printShape(bias)}`);
      return it;
    }),
  );
const isChannelsFirst = (a: Reader): boolean => a.has("data_format") && a.text("data_format").startsWith("NC");

const moments: ShapeRule = (a) => {
  const shape = reduce("x", "axes")(a) as AnyShape | ReturnType<typeof conflict>;
  return isConflict(shape) ? shape : [shape, shape];
};

/** A window's step or size on the spatial axes: one number for all, one each, or one for every axis of the tensor. */
function spatial(a: Reader, name: string, rank: number): readonly Dim[] {
  if (!a.has(name)) return Array<Dim>(rank).fill(1);
  const sizes = a.sizes(name);
  if (sizes.length === 1) return Array<Dim>(rank).fill(sizes[0] ?? 1);
  if (sizes.length === rank) return sizes;
  return isChannelsFirst(a) ? sizes.slice(2) : sizes.slice(1, -1);
}
function padding(a: Reader): Padding {
  if (a.value("padding").kind !== "str") a.doubts("explicit padding is not followed");
  return a.text("padding").toLowerCase() === "same" ? "same" : "valid";
}
/** A convolution: the filters are spatial axes, input channels, output channels. More axes before are of the batch. */
const convolved =
  (filters: string, strides: string, channels: (shape: Shape) => Dim): ShapeRule =>
  (a) =>
    withRank(a.shape("input"), (whole) =>
      withRank(a.shape(filters), (kernel) => {
        const rank = kernel.rank - 2;
        const format = isChannelsFirst(a) ? "channels_first" : "channels_last";
        if (whole.rank < rank + 2 || rank < 1)
          return conflict("rank-is", `${printShape(whole)} with filters ${printShape(kernel)}`);
        const ahead = whole.rank - rank - 2;
        const x = whole.slice(ahead);
        if (strides === "strides" && rank === 3 && a.has(strides) && a.sizes(strides).length !== 5)
          return conflict("strides-of-5", `strides of ${a.sizes(strides).length}`);
        const groups = floorDivide(x.channels(format), kernel.at(-2));
        if (!mayDivide(kernel.at(-2), x.channels(format)) || !mayDivide(groups, kernel.last))
          return conflict("channels-fit", `${printShape(x)} with filters ${printShape(kernel)}`);
        const [steps, dilations] = [spatial(a, strides, rank), spatial(a, "dilations", rank)];
        const padded = padding(a);
        const y = x.resampled(format, channels(kernel), (n, i) =>
          windowed(n, kernel.at(i), steps[i] ?? 1, dilations[i] ?? 1, padded),
        );
        // In eager mode the processor's library gives what is no convolution's answer.
        if (y.dims.slice(1).includes(0) && !x.dims.includes(0)) return a.doubts("the filter fits nowhere");
        return ahead === 0 ? y : whole.slice(0, ahead).concat([...y]);
      }),
    );
/** Over as many axes as the function's name says, or as the tensor has; a window that fits nowhere has no greatest. */
const pooled =
  (kind: "max" | "avg", axes?: number): ShapeRule =>
  (a) =>
    withRank(a.shape("input"), (x) => {
      if (x.rank < 3) return conflict("rank-at-least", `${printShape(x)}, where a batch of rows has 3`);
      const rank = axes ?? x.rank - 2;
      if (x.rank !== rank + 2)
        return rank === 3
          ? a.doubts("volumes of another rank are taken apart otherwise")
          : conflict("rank-is", `${printShape(x)}, where ${rank + 2} are wanted`);
      const odd = ["ksize", "strides"].find((name) => ![1, rank, rank + 2].includes(a.sizes(name).length));
      if (odd !== undefined) return conflict("numbers-per-axis", `${odd} of ${a.sizes(odd).length}`);
      const format = isChannelsFirst(a) ? "channels_first" : "channels_last";
      const [sizes, steps] = [spatial(a, "ksize", rank), spatial(a, "strides", rank)];
      const padded = padding(a);
      const y = x.resampled(format, x.channels(format), (n, i) => windowed(n, sizes[i] ?? 1, steps[i] ?? 1, 1, padded));
      return kind === "max" && y.dims.slice(1).includes(0) && !x.dims.includes(0)
        ? conflict("window-fits", `windows of ${sizes.map(printDim).join(" by ")} in ${printShape(x)}`)
        : y;
    });
/** A filter of its own for each channel, or several. */
const depthwise: ShapeRule = (a) =>
  withRank(a.shape("input"), (x) =>
    withRank(a.shape("filter"), (kernel) => {
      const format = isChannelsFirst(a) ? "channels_first" : "channels_last";
      if (x.rank !== 4 || kernel.rank !== 4)
        return conflict("rank-is", `${printShape(x)} with filters ${printShape(kernel)}`);
      if (provablyDifferent(x.channels(format), kernel.at(2)))
        return conflict("channels-fit", `${printShape(x)} with filters ${printShape(kernel)}`);
      const steps = a.sizes("strides");
      if (steps.length !== 4) a.doubts("strides are for all four axes");
      const [places, dilations] = [
        isChannelsFirst(a) ? steps.slice(2) : steps.slice(1, -1),
        spatial(a, "dilations", 2),
      ];
      const padded = padding(a);
      return x.resampled(format, times(kernel.at(2), kernel.last), (n, i) =>
        windowed(n, kernel.at(i), places[i] ?? 1, dilations[i] ?? 1, padded),
      );
    }),
  );
const pools = (kind: "max" | "avg", requires: (a: Reader) => Conflict | undefined): Lines =>
  Object.fromEntries(
    ["", 1, 2, 3].map((axes) => {
      const rule = pooled(kind, axes === "" ? undefined : Number(axes));
      return [`${kind}_pool${axes === "" ? "" : `${axes}d`}`, line(POOL, rule, same("input"), { requires })];
    }),
  );
const oneKernelType = (a: Reader): Conflict | undefined => equalTypes([a.operand("input"), a.operand("filters")]);
const POOL = "input, ksize, strides, padding, data_format=None";
const transposedTo: ShapeRule = (a) => new Shape(a.sizes("output_shape"));
/** Moves between channels and space, block by block. */
const blocks =
  (spread: boolean): ShapeRule =>
  (a) =>
    withRank(a.shape("input"), (x) => {
      const block = a.integer("block_size");
      const [n, h, w, c] = x.dims;
      if (n === undefined || h === undefined || w === undefined || c === undefined || x.rank > 4 || isChannelsFirst(a))
        return a.doubts("only NHWC is followed");
      const cut: readonly Dim[] = spread ? [c] : [h, w];
      if (cut.some((dim) => !mayDivide(spread ? block * block : block, dim)))
        return conflict("blocks-divide", `${printShape(x)} by ${block}`);
      const scale = (dim: Dim, up: boolean, by: number): Dim => (up ? times(dim, by) : floorDivide(dim, by));
      return new Shape([n, scale(h, spread, block), scale(w, spread, block), scale(c, !spread, block * block)]);
    });

const UNARY = "features";
const rectified: DTypeRule = (a) => (a.dtype(UNARY)?.includes("int") === true ? "float32" : a.dtype(UNARY));
/** Labels and logits of one shape. */
const paired = (a: Reader): Conflict | undefined => {
  const [labels, logits] = [a.shape("labels"), a.shape("logits")];
  if (!hasRank(labels) || !hasRank(logits)) return undefined;
  return isOther(labels, logits)
    ? conflict("shapes-equal", `${printShape(labels)} and ${printShape(logits)}`)
    : undefined;
};
/** The labels have all axes of the logits but the last. */
const targetPerRow = (a: Reader): Conflict | undefined => {
  const [labels, logits] = [a.shape("labels"), a.shape("logits")];
  if (!hasRank(labels) || !hasRank(logits)) return undefined;
  return logits.rank === 0 || isOther(labels, logits.slice(0, -1))
    ? conflict("target-per-row", `labels of ${printShape(labels)} for ${printShape(logits)}`)
    : undefined;
};
const wideWhole = (a: Reader, name: string): Conflict | undefined => {
  const dtype = a.dtype(name);
  return dtype === undefined || /^int(32|64)$/.test(dtype) ? undefined : conflict("dtype-fits", dtype);
};
const CONV = "padding, data_format=None, dilations=None";
/** A list is of parts of the table. */
const lookedUp: ShapeRule = (a) =>
  a.operand("params").tensor === undefined ? a.doubts("a table in parts") : gathered("params", "ids")(a);
/** tf.nn */
export const NN: Lines = {
  ...each("relu relu6", UNARY, like(UNARY), same(UNARY), { requires: isNumeric(UNARY) }),
  ...each("elu selu softsign softplus", UNARY, like(UNARY), same(UNARY), { requires: isReal(UNARY) }),
  gelu: line("features, approximate=False", like(UNARY), same(UNARY), { requires: isReal(UNARY) }),
  ...each("silu swish", "features, beta=1.0", like(UNARY), same(UNARY), { requires: isReal(UNARY) }),
  leaky_relu: line("features, alpha=0.2", like(UNARY), rectified, { requires: isNumeric(UNARY) }),
  crelu: line(
    "features, axis=-1",
    (a) =>
      withRank(a.shape(UNARY), (it) => {
        const at = normaliseAxis(a.integer("axis"), it.rank);
        return at === undefined
          ? conflict("axis-in-range", `axis ${a.integer("axis")} of ${printShape(it)}`)
          : it.with(at, times(2, it.at(at)));
      }),
    same(UNARY),
  ),
  dropout: line("x, rate, noise_shape=None, seed=None", like("x"), same("x"), { requires: isReal("x") }),
  bias_add: line("value, bias, data_format=None", biased, decided("value", "bias"), {
    requires: meeting("value", "bias"),
  }),
  l2_loss: line("t", scalar, same("t"), { requires: isReal("t") }),
  moments: line("x, axes, shift=None, keepdims=False", moments, same("x"), { yields: "tuple" }),
  embedding_lookup: line("params, ids, max_norm=None, batch_dims=0, axis=0", lookedUp, same("params")),
  batch_normalization: line(
    "x, mean, variance, offset, scale, variance_epsilon",
    (a) => broadcast(...["x", "mean", "variance", "offset", "scale"].filter((name) => a.has(name)))(a),
    same("x"),
  ),
  ...each(
    "local_response_normalization lrn",
    "input, depth_radius=5, bias=1, alpha=1, beta=0.5",
    (a) =>
      withRank(a.shape("input"), (it) =>
        it.rank === 4 ? it : conflict("rank-is", `${printShape(it)}, where a batch of images has 4`),
      ),
    float32Unless("input"),
  ),
  sigmoid_cross_entropy_with_logits: line(
    "labels=None, logits=None",
    broadcast("labels", "logits"),
    together("logits", "labels"),
    { requires: both(paired, (a) => converted(a, "labels", "logits"), isReal("logits")) },
  ),
  softmax_cross_entropy_with_logits: line(
    "labels, logits, axis=-1",
    (a) => {
      const whole = along("logits")(a) as AnyShape | ReturnType<typeof conflict>;
      return isConflict(whole) ? whole : withRank(whole, (it) => it.remove(a.integer("axis")));
    },
    same("logits"),
    { requires: isReal("logits") },
  ),
  sparse_softmax_cross_entropy_with_logits: line("labels, logits", like("labels"), same("logits"), {
    requires: both(targetPerRow, (a) => wideWhole(a, "labels"), isReal("logits")),
  }),
  ...each(
    "conv1d",
    `input, filters, stride, ${CONV}`,
    convolved("filters", "stride", (k) => k.last),
    same("input"),
    { requires: oneKernelType },
  ),
  ...each(
    "conv2d conv3d",
    `input, filters, strides, ${CONV}`,
    convolved("filters", "strides", (k) => k.last),
    same("input"),
    { requires: oneKernelType },
  ),
  convolution: line(
    "input, filters, strides=None, padding='VALID', data_format=None, dilations=None",
    convolved("filters", "strides", (k) => k.last),
    same("input"),
    { requires: oneKernelType },
  ),
  conv2d_transpose: line(
    "input, filters, output_shape, strides, padding='SAME', data_format='NHWC', dilations=None",
    transposedTo,
    same("input"),
  ),
  depthwise_conv2d: line("input, filter, strides, padding, data_format=None, dilations=None", depthwise, same("input")),
  ...pools("max", isNumeric("input")),
  ...pools("avg", isReal("input")),
  depth_to_space: line("input, block_size, data_format='NHWC'", blocks(true), same("input")),
  space_to_depth: line("input, block_size, data_format='NHWC'", blocks(false), same("input")),
  ...pick(MATH, "softmax log_softmax sigmoid log_sigmoid tanh l2_normalize in_top_k zero_fraction"),
  top_k: SHAPING["top_k"] ?? line("input", like("input"), same("input")),
};
export function pick(lines: Lines, names: string): Lines {
  return Object.fromEntries(
    names.split(" ").flatMap((name) => {
      const found = lines[name];
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
