/**
 * What the pooling layers share. Constraints: `padding-known`, `strides-positive`, `output-not-empty`,
 * `spatial-rank`. Sources: keras.src.layers.pooling.base_*.
 */
import { sizes } from "../../../../lowering/builder.ts";
import { type Dim, provablyLess } from "../../../../tensor/dim.ts";
import { Shape } from "../../../../tensor/shape.ts";
import { type Arg, check, flag, type LayerDeclaration, layer, optional } from "../../define.ts";
import { dataFormat, exactFormat, isOpen, tuple } from "./arguments.ts";
import { autocast, floated, floatsInKeras2, numbersInKeras2 } from "./autocast.ts";
import { fits, type Spatial, slid, type Words } from "./convolution.ts";
import { type Kind, pooled, pooledMasked, pooledTo, pooledWhole } from "./windows.ts";

const kindOf = (name: string): Kind => (name.includes("Max") ? "Max" : "Average");

type Ends = "valid" | "same" | "VALID" | "SAME";
/** Not looked at before the call; undefined where it is neither. */
const padding = (): Arg<Ends | undefined> => ({
  cases: (given) => (isOpen(given) ? ["valid", "same"] : [ENDS.find((it) => it === given)]),
});
const ENDS: readonly Ends[] = ["valid", "same", "VALID", "SAME"];

export const pooling = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { pool_size: tuple(n), strides: optional(tuple(n, 0)), padding: padding(), data_format: dataFormat() },
    input: { rank: n + 2 },
    // On data TensorFlow takes capitals, and gives an empty output where Keras's symbolic form refuses.
    requires: (a, x, at) => [
      ...check(
        a.padding !== undefined && (at.eager === true || a.padding === a.padding.toLowerCase()),
        "padding-known",
        'padding must be "valid" or "same", in small letters',
        { argument: "padding" },
      ),
      ...check(!a.strides?.dims.includes(0), "strides-positive", "strides must be at least 1", { argument: "strides" }),
      ...(window(a).padding === "valid" && (at.eager !== true || at.isGraph) ? fits(window(a), x) : []),
      ...(kindOf(name) === "Average" || n === 3 ? floatsInKeras2(name, at) : numbersInKeras2(name, at)),
      ...check(
        at.keras !== 2 || name !== "MaxPooling3D" || autocast(at) !== "float64",
        "input-single",
        "MaxPooling3D takes no float64 in Keras 2: use float32",
      ),
    ],
    output: (a, x) => slid(window(a), x, x.channels(a.data_format)).map((n) => (provablyLess(n, 0) ? 0 : n)),
    // Only the largest of whole numbers can be taken, and on at most two axes.
    dtype: (_, at) => (name.startsWith("Max") && n < 3 ? autocast(at) : at.compute),
    lower: (g, a, x) => pooled(g, kindOf(name), window(a), x),
  });

interface Pool {
  readonly pool_size: Shape;
  readonly strides: Shape | null;
  readonly padding: Ends | undefined;
  readonly data_format: "channels_last" | "channels_first";
}
/** Steps are as long as the window unless said. */
const window = (a: Pool) => ({
  kernel_size: a.pool_size,
  strides: a.strides ?? a.pool_size,
  dilation_rate: new Shape(a.pool_size.dims.map((): Dim => 1)),
  padding: a.padding?.toLowerCase() === "valid" ? ("valid" as const) : ("same" as const),
  data_format: a.data_format,
});

export const globalPooling = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { data_format: dataFormat(), keepdims: flag() },
    input: { rank: n + 2 },
    requires: (_, __, at) => (kindOf(name) === "Max" ? numbersInKeras2(name, at) : []),
    output: ({ data_format, keepdims }, x) =>
      keepdims
        ? x.resampled(data_format, x.channels(data_format), () => 1)
        : new Shape([x.batch, x.channels(data_format)]),
    dtype: (_, at) => (name.includes("Max") || at.keras === 2 ? autocast(at) : floated(at)),
    // The mean over steps is the only one for which Keras heeds a mask.
    lower: (g, a, x, _, { masks: [mask] }) =>
      mask !== undefined && name === "GlobalAveragePooling1D"
        ? pooledMasked(g, x, mask, a.data_format, a.keepdims)
        : pooledWhole(g, kindOf(name), x, a.data_format, a.keepdims),
  });

/** Its rank is not looked at before it runs. */
export const adaptivePooling = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { output_size: tuple(n, Number.NEGATIVE_INFINITY), data_format: exactFormat() },
    requires: ({ output_size }, x, at) => [
      ...check(x.rank === n + 2 || at.eager !== true, "spatial-rank", `${name} works on tensors of rank ${n + 2}`),
      ...check(
        ![...output_size].some((size) => provablyLess(size, 0)),
        "output-size-not-negative",
        "output_size must not be negative",
        { argument: "output_size" },
      ),
    ],
    output: ({ output_size, data_format }, x) =>
      new Shape(
        data_format === "channels_last"
          ? [x.batch, ...output_size, x.last]
          : [x.batch, x.channels(data_format), ...output_size],
      ),
    dtype: (_, at) => (name.includes("Max") && n < 3 ? autocast(at) : at.compute),
    lower: (g, a, x) => pooledTo(g, kindOf(name), x, a.data_format, sizes(a.output_size)),
  });
