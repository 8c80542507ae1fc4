import { type Dim, NONE, product, unknown } from "../../../../tensor/dim.ts";
import { printShape, Shape } from "../../../../tensor/shape.ts";
import { check, flag, type LayerDeclaration, layer, oneOf } from "../../define.ts";
import { activationName, dataFormat, tuple, whole } from "./arguments.ts";
import { fits, slid, type Window, type Words } from "./convolution.ts";
import { locallyConvolved } from "./localWindows.ts";

/**
 * A convolution with a kernel of its own at every place; only Keras 2 has it. Constraints: `valid-where-looped`,
 * `space-known`, `output-not-empty`. Source: tf_keras.src.layers.locally_connected.
 */
export const locallyConnected = (name: string, n: 1 | 2, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: {
      filters: whole(1),
      kernel_size: tuple(n),
      strides: tuple(n),
      padding: oneOf<"valid" | "same">("valid", "same"),
      data_format: dataFormat(),
      use_bias: flag(),
      activation: activationName(),
      implementation: whole(1),
    },
    input: { rank: n + 2 },
    valid: (a) =>
      check(
        a.padding === "valid" || a.implementation !== 1,
        "valid-where-looped",
        `only padding="valid" is supported where implementation is 1: set implementation to 2 or 3`,
        { argument: "padding" },
      ),
    requires: (a, x) => [
      ...check(
        !x.spatial(a.data_format).some((size) => size === NONE),
        "space-known",
        `${name} has a kernel for every place, and ${printShape(x)} does not say how many there are`,
      ),
      ...fits(windowOf(a), x),
    ],
    weights: (a, x) => {
      const places = slid(windowOf(a), x, 1).spatial(a.data_format);
      return { kernel: kernelOf(a, x, places), bias: a.use_bias && [...places, a.filters] };
    },
    output: (a, x) => slid(windowOf(a), x, a.filters),
    macs: (a, x, y) => product([...y.slice(1), ...a.kernel_size, x.channels(a.data_format)]),
    lower: (g, a, x, w) => locallyConvolved(g, { ...windowOf(a), ...a }, x, w),
  });

type Local = Omit<Window, "dilation_rate"> & { readonly filters: Dim; readonly implementation: Dim };
const windowOf = (a: Omit<Window, "dilation_rate">): Window => ({
  ...a,
  dilation_rate: new Shape(a.kernel_size.dims.map(() => 1)),
});

/** One for each place; or for each pair of an input's and an output's place; or those that are not zero, in a row. */
function kernelOf(a: Local, x: Shape, places: readonly Dim[]): readonly Dim[] {
  const channels = x.channels(a.data_format);
  const window: readonly Dim[] = [...a.kernel_size, channels];
  if (a.implementation === 1) return [product(places), product(window), a.filters];
  if (a.implementation === 2) {
    const space = x.spatial(a.data_format);
    return a.data_format === "channels_first"
      ? [channels, ...space, a.filters, ...places]
      : [...space, channels, ...places, a.filters];
  }
  if (a.implementation === 3 && a.padding === "valid") return [product([...places, ...window, a.filters])];
  return [unknown("how many places a window covers at the edges is not counted")];
}
