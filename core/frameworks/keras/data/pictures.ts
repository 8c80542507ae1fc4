import type { Machine } from "../../../interpreter/machine.ts";
import { unknown, type Value } from "../../../interpreter/values.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { NUMPY } from "../../numpy/library.ts";
import { type Call, fn } from "../../operation/call.ts";
import { dtypeOf } from "../../operation/dtypes.ts";
import { operandOf } from "../../operation/operand.ts";
import { tensor } from "../../operation.ts";
import { picture, pictureData } from "../../pictures/picture.ts";
import { CHANNELS, pictureDims } from "./folders.ts";

/** `load_img`, `img_to_array` and back. */

function loaded(c: Call): Value {
  const mode = c.text("color_mode");
  const channels = mode === undefined ? undefined : CHANNELS[mode];
  const size = unknownDim("the picture's size is known when it is read: say target_size=(…)");
  const [height = size, width = size] = c.has("target_size") ? pictureDims(c, "target_size") : [];
  return picture(height, width, channels === 1 ? 0 : channels);
}

/** Height, width and channels, which grey has one of; float32 unless said. */
function toArray(c: Call): Value {
  const made = inOrder(c.m, c.value("img"));
  const format = c.has("data_format") ? c.text("data_format") : "channels_last";
  const type = c.has("dtype") ? dtypeOf(c.value("dtype"), NUMPY) : "float32";
  if (made.kind !== "tensor" || (type === "float32" && format === "channels_last")) return made;
  if (type === undefined || type === null || format === undefined) return unknown("which format or type is not known");
  const { shape } = made;
  return tensor(
    c.m,
    ARRAY,
    format === "channels_first" && hasRank(shape) ? new Shape([shape.at(2), shape.at(0), shape.at(1)]) : shape,
    type,
  );
}
function inOrder(m: Machine, value: Value): Value {
  const it = pictureData(value);
  if (it !== undefined) {
    const channels = it.channels === undefined ? unknownDim("the picture's mode is not known") : it.channels || 1;
    return tensor(m, ARRAY, new Shape([it.height, it.width, channels]), "float32");
  }
  const { shape } = operandOf(m, value);
  if (!hasRank(shape)) return unknown(shape.reason);
  if (shape.rank !== 2 && shape.rank !== 3) {
    const message = `A picture has two axes or three, and this is ${printShape(shape)}`;
    if (value.kind === "tensor" && !value.assumed)
      m.report({ code: "bad-argument", severity: "error", place: m.here, message, related: [], repairs: [] });
    return unknown("a picture has two axes or three");
  }
  return tensor(m, ARRAY, shape.rank === 2 ? shape.concat([1]) : shape, "float32");
}

export const PICTURES: readonly (readonly [string, Value])[] = [
  [
    "keras.utils.load_img",
    fn(
      "keras.utils.load_img",
      "path, color_mode='rgb', target_size=None, interpolation='nearest', keep_aspect_ratio=False, **more",
      loaded,
    ),
  ],
  ["keras.utils.img_to_array", fn("keras.utils.img_to_array", "img, data_format=None, dtype=None", toArray)],
  [
    "keras.utils.array_to_img",
    fn("keras.utils.array_to_img", "x, data_format=None, scale=True, dtype=None", (c) => {
      const { shape } = operandOf(c.m, c.value("x"));
      if (!hasRank(shape) || shape.rank !== 3) return unknown("what it makes a picture of is not known");
      const channels = shape.at(2);
      return picture(
        shape.at(0),
        shape.at(1),
        typeof channels === "number" ? (channels === 1 ? 0 : channels) : undefined,
      );
    }),
  ],
];
