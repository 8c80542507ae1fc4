/** What the image layers share. Source: keras.src.layers.preprocessing.image_preprocessing. */
import type { Builder, Tensor } from "../../../../lowering/builder.ts";
import {
  type Dim,
  isUnknown,
  minus,
  NONE,
  provablyDifferent,
  provablyLess,
  provablyNegative,
} from "../../../../tensor/dim.ts";
import { type DType, isInteger } from "../../../../tensor/dtype.ts";
import { type AnyShape, type DataFormat, printShape, type Shape } from "../../../../tensor/shape.ts";
import {
  type ArgSpecs,
  check,
  type LayerDeclaration,
  layer,
  type Surroundings,
  type Values,
  type Violation,
} from "../../define.ts";
import { dataFormat } from "./arguments.ts";
import { autocast, onlyFloat } from "./autocast.ts";
import type { Words } from "./convolution.ts";

/** The arguments of every image layer. */
export const imageArguments = { data_format: dataFormat() };

interface ImageSpec<A extends ArgSpecs> extends Words {
  readonly args: A;
  readonly announces?: string;
  requires?(a: Values<A>, x: Shape, at: Surroundings): readonly Violation[];
  output?(a: Values<A>, x: Shape, at: Surroundings): AnyShape;
  dtype?(a: Values<A>, at: Surroundings, xs: readonly Shape[]): DType | undefined;
  lower?(g: Builder, a: Values<A>, x: Tensor): Tensor;
}
/** A layer that changes the values of images, and not their shape unless it says so. */
export const image = <A extends ArgSpecs>(name: string, spec: ImageSpec<A>): LayerDeclaration =>
  layer(name, {
    ...spec,
    requires: (a, x, at) => [...(at.eager ? oneOrMore(name, x) : []), ...(spec.requires?.(a, x, at) ?? [])],
    output: (a, x, at) => spec.output?.(a, x, at) ?? x,
  });

const isImage = (x: Shape | undefined): boolean => x?.rank === 3 || x?.rank === 4;
/** One image, or a batch of them; most layers ask only when they run. */
export const oneOrMore = (name: string, x: Shape): readonly Violation[] =>
  check(
    isImage(x),
    "input-rank",
    `${name} takes an image (height, width, channels) or a batch of them; this input is ${printShape(x)}.`,
  );

/** These colours are multiplied by floats. */
export const floatsOnly = (name: string, { eager, dtypes: [dtype] }: Surroundings): readonly Violation[] =>
  check(
    !eager || dtype === undefined || !isInteger(dtype),
    "float-image",
    `${name} works on floats, and this image is ${dtype}: rescale or cast it before`,
  );

/** So many channels as one of these. */
export function channelsAre(name: string, allowed: readonly number[], format: DataFormat, x: Shape) {
  const channels = isImage(x) ? x.at(format === "channels_last" ? -1 : -3) : NONE;
  return check(
    allowed.some((n) => channels === NONE || !provablyDifferent(channels, n)),
    "colour-image",
    `${name} takes images of ${allowed.join(" or ")} channels; this input is ${printShape(x)}, ${format}`,
  );
}

/** Where the height stands, before the width. */
export const heightAxis = (format: DataFormat): number => (format === "channels_last" ? -3 : -2);

/** Height and width replaced, in a batch; everything else counts as one image. */
export function resized(x: Shape, height: Dim, width: Dim, format: DataFormat): Shape {
  const axis = x.rank === 4 ? heightAxis(format) : format === "channels_last" ? 0 : 1;
  return x.with(axis, height).with(axis + 1, width);
}

/** A run keeps whole numbers, though Keras announces the compute dtype, which stands where the run fails. */
export function keptDtype(_: unknown, at: Surroundings, [x]: readonly Shape[]): DType | undefined {
  if (x?.dims.every(isUnknown)) return onlyFloat(at);
  return isImage(x) ? autocast(at) : at.compute;
}

/** An image that is smaller than the cut is resized instead, and resizing gives float32. */
export function cutDtype(
  { height, width, data_format }: { readonly height: Dim; readonly width: Dim; readonly data_format: DataFormat },
  { compute }: Surroundings,
  [x]: readonly Shape[],
): DType | undefined {
  if (x === undefined || compute !== "float64") return compute;
  const axis = heightAxis(data_format);
  const spare: readonly Dim[] = [minus(x.at(axis), height), minus(x.at(axis + 1), width)];
  if (spare.some(provablyNegative)) return "float32";
  return spare.every((it) => provablyLess(-1, it)) ? compute : undefined;
}
