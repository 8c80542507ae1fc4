/**
 * What the convolutions share. Constraints: `filters-in-groups`, `channels-in-groups`, `strides-or-dilation`,
 * `output-padding-below-strides`, `output-not-empty`. Sources: keras.src.layers.convolutional.base_*.
 */

import { needed, size } from "../../../../lowering/builder.ts";
import {
  type Dim,
  floorDivide,
  mayDivide,
  NONE,
  plus,
  printDim,
  product,
  provablyDifferent,
  provablyLess,
  times,
} from "../../../../tensor/dim.ts";
import { type DataFormat, printShape, type Shape } from "../../../../tensor/shape.ts";
import { dilated, type Padding, transposedWindow, windowed } from "../../../../tensor/window.ts";
import {
  check,
  flag,
  type LayerDeclaration,
  layer,
  oneOf,
  optional,
  type Surroundings,
  type Violation,
} from "../../define.ts";
import { activationName, dataFormat, gated, tuple, whole } from "./arguments.ts";
import { floatsInKeras2, floatsOnly } from "./autocast.ts";
import { lora, unadapted } from "./lora.ts";
import { convolved, depthwise, separated, spread } from "./windows.ts";

/** What a layer says of itself beside its family's rules. */
export interface Words {
  readonly summary: string;
  readonly example: string;
}
/** Of how many spatial axes. */
export type Spatial = 1 | 2 | 3;

export interface Window {
  readonly kernel_size: Shape;
  readonly strides: Shape;
  readonly dilation_rate: Shape;
  readonly padding: Padding;
  readonly data_format: DataFormat;
}
const shared = (n: Spatial) => ({
  kernel_size: tuple(n),
  strides: tuple(n),
  dilation_rate: tuple(n),
  data_format: dataFormat(),
  use_bias: flag(),
  activation: activationName(),
});
const padding = oneOf<"valid" | "same">("valid", "same");

export const slid = (a: Window, x: Shape, channels: Dim): Shape =>
  x.resampled(a.data_format, channels, (n, i) =>
    windowed(n, a.kernel_size.at(i), a.strides.at(i), a.dilation_rate.at(i), a.padding),
  );

/** TensorFlow cuts what is dilated into pieces, and where one size is open, it keeps none of them. */
export const dilatedInKeras2 = (a: Window, x: Shape, channels: Dim): Shape => {
  const isCut = [...a.dilation_rate].some((it) => it !== 1) && x.spatial(a.data_format).includes(NONE);
  return isCut ? x.resampled(a.data_format, channels, () => NONE) : slid(a, x, channels);
};

/** The window must fit into every axis at least once. */
export function fits(a: Window, x: Shape): readonly Violation[] {
  const sizes = x.spatial(a.data_format);
  const axis = slid(a, x, 1)
    .spatial(a.data_format)
    .findIndex((n) => provablyLess(n, 1));
  if (axis < 0) return [];
  const size: Dim = sizes[axis] ?? NONE;
  const reach = dilated(a.kernel_size.at(axis), a.dilation_rate.at(axis));
  return check(
    false,
    "output-not-empty",
    `a window of ${printDim(reach)} does not fit into an axis of ${printDim(size)} of ` +
      `${printShape(x)}: use a smaller kernel, padding="same", or fewer layers that shrink the axis before`,
    { code: "empty-output" },
  );
}

const notBoth = (a: Window): readonly Violation[] =>
  check(
    !([...a.strides].some(above1) && [...a.dilation_rate].some(above1)),
    "strides-or-dilation",
    "strides and dilation_rate cannot both be above 1: set one of them to 1",
    { argument: "dilation_rate" },
  );
const above1 = (n: Dim): boolean => provablyLess(1, n);

/** What the constructors of Keras 2 refuse of all convolutions, and its operations of all inputs. */
const inKeras2 = (name: string, a: Window, at: Surroundings): readonly Violation[] =>
  at.keras === 2 ? [...notBoth(a), ...floatsInKeras2(name, at)] : [];

export const convolution = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: {
      ...shared(n),
      filters: whole(1),
      groups: whole(1),
      ...lora,
      padding: n === 1 ? oneOf<Padding>("valid", "same", "causal") : padding,
    },
    input: { rank: n + 2, batches: true },
    valid: (a) => [
      ...check(
        mayDivide(a.groups, a.filters),
        "filters-in-groups",
        `${printDim(a.filters)} filters cannot be shared out among ${printDim(a.groups)} groups: ` +
          "make filters a multiple of groups",
        { argument: "filters" },
      ),
      ...notBoth(a),
    ],
    requires: (a, x, at) => {
      const channels = x.channels(a.data_format);
      return [
        ...floatsInKeras2(name, at),
        ...check(
          mayDivide(a.groups, channels),
          "channels-in-groups",
          `${printDim(channels)} channels into ${printDim(a.groups)} groups does not go: ` +
            "groups must divide the input's channels",
          { argument: "groups" },
        ),
        ...fits(a, x),
      ];
    },
    weights: (a, x) =>
      unadapted(a, {
        kernel: [...a.kernel_size, floorDivide(x.channels(a.data_format), a.groups), a.filters],
        bias: a.use_bias && [a.filters],
      }),
    output: (a, x, at) => gated(a.activation, slid(a, x, a.filters), at),
    macs: (a, x, y) => product([...y.slice(1), ...a.kernel_size, floorDivide(x.channels(a.data_format), a.groups)]),
    lower: (g, a, x, w) => convolved(g, a, x, w, size(a.groups)),
  });

export const transposedConvolution = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { ...shared(n), filters: whole(1), padding, output_padding: optional(tuple(n, 0)) },
    input: { rank: n + 2 },
    valid: (a) => [
      ...check(
        !a.output_padding?.dims.some((dim, i) => provablyLess(a.strides.at(i), dim) || dim === a.strides.at(i)),
        "output-padding-below-strides",
        "output_padding must be less than strides on every axis",
        { argument: "output_padding" },
      ),
      ...notBoth(a),
    ],
    requires: (a, _, at) => [
      ...floatsOnly(name, at),
      ...floatsInKeras2(name, at),
      ...check(
        at.keras !== 2 || n !== 2 || !provablyDifferent(a.dilation_rate.at(0), a.dilation_rate.at(1)),
        "dilation-alike",
        "dilation_rate must be the same along both axes in Keras 2",
        { argument: "dilation_rate" },
      ),
    ],
    weights: (a, x) => ({
      kernel: [...a.kernel_size, a.filters, x.channels(a.data_format)],
      bias: a.use_bias && [a.filters],
    }),
    output: (a, x, at) => {
      const y = x.resampled(a.data_format, a.filters, (size, i) => {
        const more = a.output_padding?.at(i);
        // Keras 2 leaves it out along three axes.
        const dilation = at.keras === 2 && n === 3 ? 1 : a.dilation_rate.at(i);
        return transposedWindow(size, a.kernel_size.at(i), a.strides.at(i), dilation, a.padding, more);
      });
      return gated(a.activation, y, at);
    },
    macs: (a, x) => product([...x.slice(1), ...a.kernel_size, a.filters]),
    lower: (g, a, x, w, at) => spread(g, a, x, w, needed(at.outputs[0], "a shape")),
  });

export const depthwiseConvolution = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { ...shared(n), padding, depth_multiplier: whole(1) },
    input: { rank: n + 2 },
    requires: (a, x, at) => [...inKeras2(name, a, at), ...fits(a, x), ...floatsOnly(name, at)],
    weights: (a, x) => {
      const channels = x.channels(a.data_format);
      return {
        kernel: [...a.kernel_size, channels, a.depth_multiplier],
        bias: a.use_bias && [times(channels, a.depth_multiplier)],
      };
    },
    output: (a, x, at) => {
      const y = (at.keras === 2 ? dilatedInKeras2 : slid)(a, x, times(x.channels(a.data_format), a.depth_multiplier));
      return gated(a.activation, y, at);
    },
    macs: (a, _, y) => product([...y.slice(1), ...a.kernel_size]),
    lower: (g, a, x, w) => depthwise(g, a, x, w),
  });

/** Each channel on its own, then a 1 × 1 convolution that mixes them. */
export const separableConvolution = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: {
      ...shared(n),
      padding: n === 1 ? oneOf<Padding>("valid", "same", "causal") : padding,
      filters: whole(1),
      depth_multiplier: whole(1),
    },
    input: { rank: n + 2 },
    // Keras 2 takes it.
    valid: (a) =>
      check(a.padding !== "causal", "padding-not-causal", 'padding must be "valid" or "same"', { argument: "padding" }),
    requires: (a, x, at) => [...inKeras2(name, a, at), ...fits(a, x), ...floatsOnly(name, at)],
    weights: (a, x) => {
      const channels = x.channels(a.data_format);
      return {
        depthwise_kernel: [...a.kernel_size, channels, a.depth_multiplier],
        pointwise_kernel: [...Array<Dim>(n).fill(1), times(channels, a.depth_multiplier), a.filters],
        bias: a.use_bias && [a.filters],
      };
    },
    output: (a, x, at) => gated(a.activation, (at.keras === 2 ? dilatedInKeras2 : slid)(a, x, a.filters), at),
    macs: (a, x, y) => {
      const between = product([...y.spatial(a.data_format), x.channels(a.data_format), a.depth_multiplier]);
      return plus(times(between, product(a.kernel_size)), times(between, a.filters));
    },
    lower: (g, a, x, w) => separated(g, a, x, w),
  });
