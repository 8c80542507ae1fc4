import type { Framework } from "../../interpreter/framework.ts";
import { int, NONE_VALUE, native, unknown, type Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { hasRank, Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { NUMPY } from "../numpy/library.ts";
import { type Call, fn } from "../operation/call.ts";
import { operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";
import { channelsOf, picture, sizePair } from "./picture.ts";

/** Pillow and OpenCV: pictures as arrays, as far as their sizes are said. */

const SIZE = "the picture's size is known when it is read: resize it to have one";
const doubt = (): Dim => unknownDim(SIZE);

// ---- OpenCV: arrays of height, width and channels

const GREY = 0;
const UNCHANGED = -1;
const imread = fn("cv2.imread", "filename, flags=1", (c) => {
  const flags = c.number("flags");
  if (flags === undefined || flags === UNCHANGED) return unknown("how many channels the picture has is not known");
  return tensor(c.m, ARRAY, new Shape(flags === GREY ? [doubt(), doubt()] : [doubt(), doubt(), 3]), "uint8");
});
const resize = fn("cv2.resize", "src, dsize=None, dst=None, fx=0, fy=0, interpolation=1", (c) => {
  const { shape, leaves } = operandOf(c.m, c.value("src"));
  const [width, height] = sizePair(c.m, c.value("dsize"));
  if (!hasRank(shape)) return unknown(shape.reason);
  // A last axis of 1 goes.
  const rest = shape.rank === 3 && shape.at(2) === 1 ? [] : shape.dims.slice(2);
  return tensor(c.m, ARRAY, new Shape([height, width, ...rest]), NUMPY.concrete(leaves));
});
/** The codes that a script names; what they do to the channels. */
const CODES: Readonly<Record<string, number>> = {
  COLOR_BGR2RGB: 4,
  COLOR_RGB2BGR: 4,
  COLOR_BGR2GRAY: 6,
  COLOR_RGB2GRAY: 7,
  COLOR_GRAY2BGR: 8,
  COLOR_GRAY2RGB: 8,
  COLOR_BGR2HSV: 40,
  COLOR_RGB2HSV: 41,
  COLOR_BGR2LAB: 44,
  COLOR_BGR2YCrCb: 36,
};
const convert = fn("cv2.cvtColor", "src, code, dst=None, dstCn=0", (c: Call) => {
  const { shape, leaves } = operandOf(c.m, c.value("src"));
  const code = c.number("code");
  if (!hasRank(shape) || shape.rank < 2) return unknown(hasRank(shape) ? "no picture" : shape.reason);
  const known = code !== undefined && Object.values(CODES).includes(code);
  if (!known) return unknown("this conversion is not followed");
  const plane = shape.dims.slice(0, 2);
  return tensor(c.m, ARRAY, new Shape(code === 6 || code === 7 ? plane : [...plane, 3]), NUMPY.concrete(leaves));
});
const same = (name: string): readonly [string, Value] => [
  `cv2.${name}`,
  fn(`cv2.${name}`, "src, *more, **named", (c) => {
    const { shape, leaves } = operandOf(c.m, c.value("src"));
    return hasRank(shape) ? tensor(c.m, ARRAY, shape, NUMPY.concrete(leaves)) : unknown(shape.reason);
  }),
];
const quiet = (name: string): readonly [string, Value] => [name, native(name, () => NONE_VALUE)];

const VALUES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["cv2.imread", imread],
  ["cv2.resize", resize],
  ["cv2.cvtColor", convert],
  ["cv2.IMREAD_COLOR", int(1)],
  ["cv2.IMREAD_GRAYSCALE", int(GREY)],
  ["cv2.IMREAD_UNCHANGED", int(UNCHANGED)],
  ["cv2.INTER_AREA", int(3)],
  ["cv2.INTER_LINEAR", int(1)],
  ["cv2.INTER_CUBIC", int(2)],
  ["cv2.INTER_NEAREST", int(0)],
  ...Object.entries(CODES).map(([name, code]): [string, Value] => [`cv2.${name}`, int(code)]),
  ...["GaussianBlur", "medianBlur", "blur", "equalizeHist", "bitwise_not"].map(same),
  ...["cv2.imshow", "cv2.waitKey", "cv2.destroyAllWindows"].map(quiet),
  ["PIL.Image.open", fn("PIL.Image.open", "fp, *more", () => picture(doubt(), doubt(), undefined))],
  [
    "PIL.Image.new",
    fn("PIL.Image.new", "mode, size, color=0", (c) => {
      const [width, height] = sizePair(c.m, c.value("size"));
      return picture(height, width, channelsOf(c.text("mode")));
    }),
  ],
  [
    "PIL.Image.fromarray",
    fn("PIL.Image.fromarray", "obj, mode=None", (c) => {
      const { shape } = operandOf(c.m, c.value("obj"));
      if (!hasRank(shape) || shape.rank < 2) return picture(doubt(), doubt(), undefined);
      const last = shape.rank === 2 ? 0 : shape.at(2);
      return picture(shape.at(0), shape.at(1), typeof last === "number" ? last : undefined);
    }),
  ],
  ...["ANTIALIAS", "BILINEAR", "BICUBIC", "LANCZOS", "NEAREST"].map((it): [string, Value] => [
    `PIL.Image.${it}`,
    int(1),
  ]),
]);

export function createPictures(): Framework {
  return {
    name: "pictures",
    roots: ["cv2", "PIL"],
    resolve: (_, name) => {
      if (["cv2", "PIL", "PIL.Image", "PIL.ImageOps"].includes(name)) return { kind: "module", name };
      return VALUES.get(name) ?? unknown(`what ${name} yields is not followed`);
    },
  };
}
