import { BMP } from "image-size/types/bmp";
import { GIF } from "image-size/types/gif";
import { HEIF } from "image-size/types/heif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { TIFF } from "image-size/types/tiff";
import { WEBP } from "image-size/types/webp";
import { readJpeg } from "./jpeg.ts";
import { readPng } from "./png.ts";
import { type Problem, type Raster, type Size, tooLarge } from "./raster.ts";

/** A picture as an input: the array that `keras.utils.load_img` and `img_to_array` give, for one sample. */

const OTHERS = { "a GIF": GIF, "a BMP": BMP, "a TIFF": TIFF, "a WebP": WEBP, "a HEIC or AVIF": HEIF };

/** How large a picture is, by its header; what a file holds says what it is, not its name. */
export function pictureSize(bytes: Uint8Array): Size | Problem {
  const read = [PNG, JPG].find((it) => isOf(it, bytes));
  if (read === undefined) {
    const other = Object.entries(OTHERS).find(([, it]) => isOf(it, bytes))?.[0] ?? "no picture that is known";
    return { problem: `it is ${other}, and PNG and JPEG are read: save it as one of these` };
  }
  try {
    const { width, height } = read.calculate(bytes);
    return tooLarge(width, height) ?? { width, height };
  } catch {
    return { problem: "its header is damaged, or of a kind that is not read: save it as an ordinary JPEG or a PNG" };
  }
}
type Kind = typeof PNG;
/** Of what is shorter than a header some only say that it is. */
function isOf(kind: Kind, bytes: Uint8Array): boolean {
  try {
    return kind.validate(bytes);
  } catch {
    return false;
  }
}

/** Of a file that `pictureSize` takes; `wasm` is what reads JPEG. */
export const readPicture = async (bytes: Uint8Array, wasm: Uint8Array): Promise<Raster | Problem> =>
  isOf(PNG, bytes) ? readPng(bytes) : readJpeg(bytes, wasm);

/** A picture for an input. It is unpacked where the model runs: large ones take a second. */
export interface PictureInput extends Size {
  readonly bytes: Uint8Array;
  readonly wanted: Wanted;
}
/** The most that unpacking takes, of a PNG of 16 bits: what was packed, in parts and as one, the pixels, and ours. */
const PIXEL_BYTES = 28;
export const unpackedBytes = (input: ArrayBufferView | PictureInput): number =>
  "wanted" in input ? PIXEL_BYTES * input.width * input.height : 0;

export interface Wanted {
  readonly channels: 1 | 3 | 4;
  /** As in the picture, where it is not said. */
  readonly height: number | undefined;
  readonly width: number | undefined;
  /** Where the axis of channels stands. */
  readonly place: "first" | "last" | "none";
}
export const sizeOf = ({ width, height }: Size, wanted: Wanted): Size => ({
  height: wanted.height ?? height,
  width: wanted.width ?? width,
});

/** The numbers, row by row, of a picture that is resized as Pillow's nearest neighbours are. */
export function pixelsOf(raster: Raster, wanted: Wanted): Float32Array {
  const { height, width } = sizeOf(raster, wanted);
  const { channels, place } = wanted;
  const isWide = raster.samples instanceof Uint16Array && channels === 1;
  const [rows, columns] = [nearest(raster.height, height, isWide), nearest(raster.width, width, isWide)];
  const made = new Float32Array(height * width * channels);
  const pixel = new Float32Array(4);
  const [step, plane] = place === "first" ? [1, height * width] : [channels, 1];
  let at = 0;
  for (const y of rows)
    for (const x of columns) {
      take(raster, y * raster.width + x, channels, pixel);
      for (let c = 0; c < channels; c++) made[at + c * plane] = pixel[c] ?? 0;
      at += step;
    }
  return made;
}

/** Which pixel stands for each: by steps that Pillow adds up, but for 16 bits, where it multiplies. */
function nearest(from: number, to: number, multiplied: boolean): Uint32Array {
  const step = from / to;
  const places = new Uint32Array(to);
  for (let i = 0, at = step / 2; i < to; i++, at += step)
    places[i] = Math.min(Math.floor(multiplied ? step * (i + 0.5) : at), from - 1);
  return places;
}

/** A pixel in as many channels as wanted. */
function take({ samples, channels, transparent }: Raster, at: number, wanted: number, pixel: Float32Array): void {
  const first = at * channels;
  const isGrey = channels < 3;
  const of = (c: number) => samples[first + c] ?? 0;
  const [red, green, blue] = isGrey ? [of(0), of(0), of(0)] : [of(0), of(1), of(2)];
  const isClear = transparent?.every((it, c) => it === of(c)) === true;
  const alpha = channels === 2 || channels === 4 ? of(channels - 1) : isClear ? 0 : 255;
  if (wanted === 1) {
    pixel[0] = isGrey ? red : (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    return;
  }
  // Of grey in 16 bits Pillow cuts off what does not fit into 8.
  pixel[0] = Math.min(red, 255);
  pixel[1] = Math.min(green, 255);
  pixel[2] = Math.min(blue, 255);
  pixel[3] = alpha;
}
