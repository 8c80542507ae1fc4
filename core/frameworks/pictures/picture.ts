import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { int, nativeClass, nativeMethod, type Opaque, tuple, unknown, type Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { type Call, method, property } from "../operation/call.ts";
import { tensor } from "../operation.ts";

/** A picture of Pillow's: height, width and what its mode makes of a pixel. */
export interface PictureData {
  readonly height: Dim;
  readonly width: Dim;
  /** Channels; 0 for a picture in grey, whose array has no axis for them; undefined where the mode is not known. */
  readonly channels: number | undefined;
}

const MODES: Readonly<Record<string, number>> = { RGB: 3, RGBA: 4, L: 0, P: 0, CMYK: 4, HSV: 3, YCbCr: 3, LAB: 3 };
export const channelsOf = (mode: string | undefined): number | undefined =>
  mode === undefined ? undefined : MODES[mode];

export const pictureData = (value: Value | undefined): PictureData | undefined =>
  value?.kind === "opaque" && value.type === "PIL.Image" ? (value.data as PictureData) : undefined;
export const picture = (height: Dim, width: Dim, channels: number | undefined): Opaque => ({
  kind: "opaque",
  type: "PIL.Image",
  data: { height, width, channels },
  class: PICTURE,
});
/** (width, height), as Pillow says sizes. */
export function sizePair(m: Machine, value: Value): readonly [width: Dim, height: Dim] {
  const { items, rest } =
    value.kind === "tuple" || value.kind === "list" ? iterate(m, value) : { items: [], rest: true };
  const [width, height] = items.map((it) => (it.kind === "int" ? it.size : unknownDim("a size that is not known")));
  const doubt = unknownDim("the size is not known");
  return rest !== undefined ? [doubt, doubt] : [width ?? doubt, height ?? doubt];
}

const on = (name: string, signature: string, rule: (c: Call, it: PictureData) => Value): Record<string, Value> => ({
  [name]: method(`Image.${name}`, signature, (c, self) => {
    const it = pictureData(self);
    return it === undefined ? unknown("no picture") : rule(c, it);
  }),
});
/** Its numbers, as `np.array(picture)` gives them. */
export function numbers(m: Machine, { height, width, channels }: PictureData): Value {
  if (channels === undefined) return unknown("the picture's mode is not known: convert('RGB') makes three channels");
  const plane = new Shape([height, width]);
  return tensor(m, ARRAY, channels === 0 ? plane : plane.concat([channels]), "uint8");
}
const same = (_: Call, { height, width, channels }: PictureData): Value => picture(height, width, channels);

const PICTURE = nativeClass("PIL.Image.Image", [], {
  __array__: nativeMethod("Image.__array__", (m, { list: [self] }) => {
    const it = pictureData(self?.value);
    return it === undefined ? unknown("no picture") : numbers(m, it);
  }),
  ...on("resize", "size, *more, **named", (c, { channels }) => {
    const [width, height] = sizePair(c.m, c.value("size"));
    return picture(height, width, channels);
  }),
  ...on("convert", "mode=None, *more, **named", (c, { height, width, channels }) =>
    picture(height, width, c.has("mode") ? channelsOf(c.text("mode")) : channels),
  ),
  ...on("crop", "box=None", (_, { channels }) => {
    const doubt = unknownDim("how large the cut is is not followed");
    return picture(doubt, doubt, channels);
  }),
  ...on("rotate", "angle, *more, expand=0, **named", (c, it) =>
    c.flag("expand") === false ? same(c, it) : picture(unknownDim("rotated"), unknownDim("rotated"), it.channels),
  ),
  ...on("copy", "", same),
  ...on("filter", "filter", same),
  ...on("save", "*given, **named", () => ({ kind: "none" })),
  ...on("show", "*given, **named", () => ({ kind: "none" })),
  size: property("Image.size", (_, self) => {
    const it = pictureData(self);
    return it === undefined ? unknown("no picture") : tuple([int(it.width), int(it.height)]);
  }),
  width: property("Image.width", (_, self) => int(pictureData(self)?.width ?? unknownDim("no picture"))),
  height: property("Image.height", (_, self) => int(pictureData(self)?.height ?? unknownDim("no picture"))),
});
