import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, floorDivide, mayDivide, NONE, printDim, provablyDifferent, times } from "../../../tensor/dim.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { type AnyShape, type DataFormat, hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { type Padding, transposedWindow, windowed } from "../../../tensor/window.ts";
import type { Reader } from "../../operation/reader.ts";
import { along, conflict, like, scalar, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule, Shapes } from "../../operation.ts";
import { alikeForms, all, differ, meeting, noArray, noList, oneBatch, onePerPlace } from "./demands.ts";
import { given, kept, promoted, realWhenRun } from "./dtypes.ts";
import { alike } from "./elementwise.ts";
import { each, type Rules, rule } from "./table.ts";

export const formatOf = (a: Reader): DataFormat =>
  a.has("data_format") && a.text("data_format") === "channels_first" ? "channels_first" : "channels_last";
/** One number for all spatial axes, or one each. */
function spread(a: Reader, name: string, rank: number, otherwise?: readonly Dim[]): readonly Dim[] {
  if (!a.has(name)) return otherwise ?? Array<Dim>(rank).fill(1);
  const sizes = a.sizes(name);
  return sizes.length === 1 ? Array<Dim>(rank).fill(sizes[0] ?? 1) : sizes;
}
/** A list has a number for each spatial axis; the symbolic form does not look, and the runs differ. */
const oneEachAxis = (a: Reader, rank: number, ...names: readonly string[]): boolean =>
  names.every((name) => !a.has(name) || a.value(name).kind === "int" || a.sizes(name).length === rank);
const paddingOf = (a: Reader): Padding => {
  const said = a.text("padding").toLowerCase();
  return said === "same" || said === "causal" ? said : "valid";
};

/** Each group of channels has filters of its own, as many as the others. */
const inGroups = (channels: Dim, k: Shape, a: Reader): boolean =>
  // The symbolic form knows no groups.
  a.symbolic
    ? oneEach(channels, k)
    : mayDivide(k.at(-2), channels) && mayDivide(floorDivide(channels, k.at(-2)), k.last);
const isPast1 = (sizes: readonly Dim[]): boolean => sizes.some((it) => it !== 1);
/** A filter of its own for each channel. */
export const oneEach = (channels: Dim, k: Shape): boolean => !provablyDifferent(k.at(-2), channels);

/** A batch of rows, pictures or volumes; the symbolic form lets others pass, and no run does on every backend. */
const withSpace =
  (name: string, then: (x: Shape, a: Reader) => Shapes): ShapeRule =>
  (a) =>
    withRank(a.shape(name), (x): Shapes => (x.rank >= 3 ? then(x, a) : a.doubts("a tensor without axes of space")));

export const convolved = (
  kernel: string,
  channels: (kernel: Shape) => Dim,
  inputs = "inputs",
  fits: (channels: Dim, k: Shape, a: Reader) => boolean = inGroups,
): ShapeRule =>
  withSpace(inputs, (x, a) =>
    withRank(a.shape(kernel), (k) => {
      const rank = x.rank - 2;
      // TensorFlow takes axes that are too many for further ones of the batch.
      if (k.rank < x.rank && !a.symbolic) return a.doubts("a kernel of fewer axes than the tensor has");
      if (k.rank !== x.rank) return conflict("rank-is", `${printShape(x)} with a kernel ${printShape(k)}`);
      if (!fits(x.channels(formatOf(a)), k, a))
        return conflict("channels-fit", `${printShape(x)} with a kernel ${printShape(k)}`);
      if (!oneEachAxis(a, rank, "strides", "dilation_rate")) return a.doubts("another number of strides than of axes");
      const [steps, dilations] = [spread(a, "strides", rank), spread(a, "dilation_rate", rank)];
      const padding = paddingOf(a);
      if (!a.symbolic && isPast1(steps) && isPast1(dilations)) a.doubts("TensorFlow dilates only at strides of 1");
      const made = x.resampled(formatOf(a), channels(k), (n, i) =>
        windowed(n, k.at(i), steps[i] ?? 1, dilations[i] ?? 1, padding),
      );
      return windowsFit(made, `a kernel ${printShape(k)} in ${printShape(x)}`, a);
    }),
  );
/** The symbolic form refuses a window that is larger than its axis; in a run the backends differ. */
function windowsFit(made: Shape, words: string, a: Reader): Shapes {
  if (!made.dims.some((dim) => typeof dim === "number" && dim < 1)) return made;
  return a.symbolic ? conflict("window-fits", words) : a.doubts("a window that is larger than its axis");
}
export const separated =
  (inputs: string): ShapeRule =>
  (a) => {
    const depthwise = convolved("depthwise_kernel", () => 1, inputs, oneEach)(a) as Conflict | AnyShape;
    if ("conflict" in depthwise) return depthwise;
    return withRank(depthwise, (it) =>
      withRank(a.shape("pointwise_kernel"), (k) => {
        const [x, d] = [a.shape(inputs), a.shape("depthwise_kernel")];
        if (hasRank(x) && k.rank !== x.rank)
          return a.symbolic ? a.doubts("a kernel of other axes") : conflict("rank-is", `a kernel ${printShape(k)}`);
        const spread = hasRank(x) && hasRank(d) ? times(x.channels(formatOf(a)), d.last) : k.at(-2);
        if (!a.symbolic && provablyDifferent(spread, k.at(-2)))
          return conflict("channels-fit", `${printDim(spread)} channels with a kernel ${printShape(k)}`);
        return formatOf(a) === "channels_last" ? it.withLast(k.last) : it.with(1, k.last);
      }),
    );
  };
const transposedConvolved: ShapeRule = withSpace("inputs", (x, a) =>
  withRank(a.shape("kernel"), (k) => {
    const rank = x.rank - 2;
    if (k.rank > x.rank && a.symbolic) return a.doubts("the symbolic form leaves a kernel of more axes to the run");
    if (k.rank !== x.rank) return conflict("rank-is", `${printShape(x)} with a kernel ${printShape(k)}`);
    if (provablyDifferent(k.last, x.channels(formatOf(a))))
      return conflict("channels-fit", `${printShape(x)} with a kernel ${printShape(k)}`);
    const [steps, dilations] = [spread(a, "strides", rank), spread(a, "dilation_rate", rank)];
    const extra = a.has("output_padding") ? spread(a, "output_padding", rank) : undefined;
    const padding = paddingOf(a) === "same" ? "same" : "valid";
    return x.resampled(formatOf(a), k.at(-2), (n, i) =>
      transposedWindow(n, k.at(i), steps[i] ?? 1, dilations[i] ?? 1, padding, extra?.[i]),
    );
  }),
);
export const pooled = (inputs: string): ShapeRule =>
  withSpace(inputs, (x, a) => {
    const rank = x.rank - 2;
    if (!oneEachAxis(a, rank, "pool_size", "strides")) return a.doubts("another number of sizes than of axes");
    const sizes = spread(a, "pool_size", rank);
    const steps = spread(a, "strides", rank, sizes);
    const padding = paddingOf(a);
    const made = x.resampled(formatOf(a), x.channels(formatOf(a)), (n, i) =>
      windowed(n, sizes[i] ?? 1, steps[i] ?? 1, 1, padding),
    );
    return windowsFit(made, `windows of ${sizes.join(" by ")} in ${printShape(x)}`, a);
  });
/** The labels of so many paths, and how likely each is. Source: keras.src.ops.nn.CTCDecode. */
const decoded: ShapeRule = (a) =>
  withRank(a.shape("inputs"), (x) => {
    if (!["greedy", "beam_search"].includes(a.text("strategy"))) a.doubts(`no strategy ${a.text("strategy")}`);
    const paths = a.text("strategy") === "greedy" ? 1 : a.size("top_paths");
    return [new Shape([paths, x.at(0), x.at(1)]), new Shape([x.at(0), paths])];
  });
/** One-hot, and then the largest along axis 1, or 0 of a vector, whatever the axis of the classes is. */
const multiHot: ShapeRule = (a) => {
  const axis = a.integer("axis");
  if (!a.has("num_classes")) return conflict("classes-counted", "num_classes");
  if (typeof axis !== "number" || axis < -1) a.doubts("multi_hot along such an axis is not followed");
  return withRank(a.shape("inputs"), (it) => {
    const at = axis === -1 ? it.rank : Math.min(axis, it.rank);
    const whole = it.insert(at, a.size("num_classes"));
    return it.rank === 0 ? whole : whole.remove(it.rank > 1 ? 1 : 0);
  });
};
/** One loss for each element but along the axis of the classes. */
const perExample: ShapeRule = (a) => withRank(a.shape("output"), (it) => it.remove(a.integer("axis")));
/** The symbolic form drops the last axis whatever the axis of the classes is; what runs decides, but for its `None`. */
const perClass: ShapeRule = (a) =>
  withRank(a.shape("output"), (it) => {
    const axis = a.integer("axis");
    if (normaliseAxis(axis, it.rank) === undefined)
      return conflict("axis-in-range", `axis ${axis} of ${printShape(it)}`);
    const left = it.remove(axis);
    return a.symbolic ? left.map((dim, i) => (it.at(i) === NONE ? NONE : dim)) : left;
  });
const same = (it: Shape): Shape => it;
/** Keras compares the shapes of target and output as they are: `None` is not 2. */
const alikeShapes =
  (part: (output: Shape) => Shape, own: (target: Shape, output: Shape) => Shape = same) =>
  (a: Reader): Conflict | undefined => {
    const [target, output] = [a.shape("target"), a.shape("output")];
    if (!hasRank(target) || !hasRank(output)) return undefined;
    const [wanted, given] = [part(output), own(target, output)];
    const clash = given.rank !== wanted.rank || given.dims.some((dim, i) => differ(dim, wanted.at(i)));
    return clash ? conflict("shapes-equal", `target ${printShape(target)}, output ${printShape(output)}`) : undefined;
  };
/** The targets are held against the last axis, whatever the axis of the classes is. */
const onAxis: ShapeRule = (a) =>
  withRank(a.shape("output"), (it) =>
    normaliseAxis(a.integer("axis"), it.rank) === it.rank - 1 ? perExample(a) : a.doubts("classes on another axis"),
  );
const halved: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    const axis = a.integer("axis");
    if (normaliseAxis(axis, it.rank) === undefined)
      return conflict("axis-in-range", `axis ${axis} of ${printShape(it)}`);
    const size = it.at(axis);
    if (typeof size !== "number") return it.with(axis, size === NONE ? NONE : size);
    return size % 2 === 0 ? it.with(axis, size / 2) : conflict("axis-even", `axis ${axis} of ${printShape(it)}`);
  });

const adapted: ShapeRule = withSpace("inputs", (x, a) => {
  // With the channels first it is transposed, and a tensor is made of it.
  const array = formatOf(a) === "channels_last" ? noArray("inputs")(a) : undefined;
  if (array !== undefined) return array;
  if (a.symbolic && a.value("output_size").kind === "int") return conflict("size-is-pair", "one size");
  if (!oneEachAxis(a, x.rank - 2, "output_size")) return a.doubts("another number of sizes than of axes");
  const sizes: readonly Dim[] = spread(a, "output_size", x.rank - 2);
  return x.resampled(formatOf(a), x.channels(formatOf(a)), (n, i) => sizes[i] ?? n);
});
/** Moves between channels and space, block by block. */
const blocks =
  (spread: boolean): ShapeRule =>
  (a) =>
    withRank(a.shape("x"), (x) => {
      if (x.rank !== 4) return conflict("rank-is", `${printShape(x)}, where 4 axes are wanted`);
      const size = a.integer("block_size");
      const format = formatOf(a);
      const area = size * size;
      const cut: readonly Dim[] = spread ? [x.channels(format)] : x.spatial(format);
      if (size < 2) return conflict("blocks-divide", `${printShape(x)} by ${size}: a block has 2 at least`);
      if (cut.some((n) => !mayDivide(spread ? area : size, n)))
        return conflict("blocks-divide", `${printShape(x)} by ${size}`);
      const channels = x.channels(format);
      return x.resampled(format, spread ? floorDivide(channels, area) : times(channels, area), (n) =>
        spread ? times(n, size) : floorDivide(n, size),
      );
    });

/** Queries, keys and values have a batch, a length, heads and a depth; the symbolic form does not look. */
const attended: ShapeRule = (a) => {
  const odd = ["query", "key", "value"].map((name) => a.shape(name)).find((it) => hasRank(it) && it.rank !== 4);
  if (odd !== undefined && !a.symbolic) return conflict("rank-is", `${printShape(odd)}, where 4 axes are wanted`);
  if (odd !== undefined) return a.doubts("it runs on 4 axes alone");
  const [query, key, length] = [a.shape("query"), a.shape("key"), a.shape("value")];
  if (!a.symbolic && hasRank(query) && hasRank(key) && provablyDifferent(query.last, key.last))
    return conflict("inner-axes-equal", `${printShape(query)} and ${printShape(key)}`);
  if (!a.symbolic && hasRank(query) && hasRank(key) && provablyDifferent(query.at(2), key.at(2)))
    return a.doubts("other heads of the key than of the query");
  if (!a.symbolic && hasRank(length) && hasRank(key) && provablyDifferent(length.at(1), key.at(1)))
    return conflict("shapes-equal", `${printShape(key)} and ${printShape(length)}`);
  return withRank(a.shape("query"), (q) => withRank(a.shape("value"), (v) => q.withLast(v.last)));
};
/** A number comes out as a row of one, and of whole numbers the symbolic form tells what no run does. */
const ofAxes =
  (then: ShapeRule): ShapeRule =>
  (a) => {
    const [shape, dtype] = [a.shape("x"), a.dtype("x")];
    if (hasRank(shape) && shape.rank === 0)
      return a.symbolic && a.value("axis").kind === "int" && a.value("order").kind === "int"
        ? conflict("axis-in-range", "() has no axis")
        : a.doubts("a number");
    return a.symbolic && dtype !== undefined && !isFloat(dtype) ? a.doubts("its run wants floats") : then(a);
  };
/** The symbolic form does not look at the kernel; no run takes one of another dtype. */
const convolvedType =
  (kernel: string): DTypeRule =>
  (a) =>
    a.symbolic ? a.dtype("inputs") : promoted("inputs", kernel)(a);
/** Of tensors of one form the run tells the type, which the symbolic form has otherwise. */
const isOneForm = (a: Reader): boolean => {
  const [size, angle] = [a.shape("abs_"), a.shape("angle")];
  return hasRank(size) && hasRank(angle) && (angle.rank === 0 || printShape(size) === printShape(angle));
};
/** Networks' own functions. */
export const NETWORK: Rules = {
  conv: rule(
    convolved("kernel", (k) => k.last),
    convolvedType("kernel"),
  ),
  depthwise_conv: rule(
    convolved("kernel", (k) => times(k.at(-2), k.last), "inputs", oneEach),
    convolvedType("kernel"),
  ),
  conv_transpose: rule(transposedConvolved, convolvedType("kernel")),
  separable_conv: rule(separated("inputs"), convolvedType("depthwise_kernel")),
  ...each("max_pool average_pool", pooled("inputs"), kept("inputs")),
  multi_hot: rule(multiHot, given("float32"), { requires: noList("inputs", false) }),
  glu: rule(halved, kept(), { requires: realWhenRun("x") }),
  binary_crossentropy: rule(like("output"), promoted("target", "output"), { requires: alikeShapes(same) }),
  categorical_crossentropy: rule(perClass, promoted("target", "output"), { requires: alikeShapes(same) }),
  sparse_categorical_crossentropy: rule((a) => (a.integer("axis") === -1 ? perExample(a) : onAxis(a)), kept("output"), {
    requires: alikeShapes(
      (it) => it.slice(0, -1),
      // A column of class numbers is taken for the numbers.
      (target, output) => (target.rank === output.rank && target.last === 1 ? target.slice(0, -1) : target),
    ),
  }),
  // By other orders than 2 TensorFlow makes floats of whole numbers, or fails; it knows those from 1 on.
  normalize: rule(
    ofAxes((a) => {
      if (a.number("order") === 2) return along()(a);
      const x = a.shape("x");
      // Of all axes at once there are norms of vectors and matrices.
      if (a.value("axis").kind === "none" && hasRank(x) && x.rank > 1) return a.doubts("the norm of all axes");
      return realWhenRun("x")(a) === undefined ? along()(a) : a.doubts("whole numbers");
    }),
    kept(),
    { requires: (a) => (a.number("order") === 2 ? realWhenRun("x")(a) : undefined) },
  ),
  batch_normalization: rule(like(), kept(), {
    type: "BatchNorm",
    requires: all(onePerPlace("mean", "variance", "offset", "scale"), (a) =>
      a.symbolic ? noArray("offset", "scale")(a) : undefined,
    ),
  }),
  rms_normalization: rule(ofAxes(like()), kept(), { type: "RMSNorm", requires: meeting("scale") }),
  layer_normalization: rule(like(), kept(), { type: "LayerNorm", requires: meeting("gamma", "beta") }),
  polar: rule(alike("abs_", "angle"), (a) => (a.symbolic && !isOneForm(a) ? undefined : "complex64")),
  psnr: rule(scalar, promoted("x1", "x2"), { requires: alikeForms("x1", "x2") }),
  ...each("adaptive_average_pool adaptive_max_pool", adapted, kept("inputs")),
  depth_to_space: rule(blocks(true), kept(), { type: "DepthToSpace" }),
  space_to_depth: rule(blocks(false), kept(), { type: "SpaceToDepth" }),
  ctc_decode: rule(decoded, (a) => ["int32", a.dtype("inputs") === "float64" ? "float64" : "float32"], {
    yields: "tuple",
    type: "CTCDecode",
  }),
  ctc_loss: rule((a) => withRank(a.shape("target"), (it) => it.slice(0, 1)), kept("output"), {
    type: "CTCLoss",
    requires: oneBatch("target", "output", "target_length", "output_length"),
  }),
  dot_product_attention: rule(attended, promoted("query", "key", "value")),
};
