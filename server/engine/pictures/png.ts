import { type DecodedPng, decode } from "fast-png";
import { DAMAGED, type Problem, type Raster } from "./raster.ts";

/** PNG, as Pillow takes its depths and palettes. */
export function readPng(bytes: Uint8Array): Raster | Problem {
  const [depth = 8, , , , interlaced] = bytes.subarray(24);
  if (interlaced === 1 && depth < 8)
    return { problem: `it is interlaced, of ${depth} bits, which is not read: save it without interlacing` };
  try {
    return rasterOf(decode(bytes, { checkCrc: true }));
  } catch {
    return DAMAGED;
  }
}

function rasterOf(png: DecodedPng): Raster {
  const { width, height, depth, palette, transparency } = png;
  const channels = png.channels as Raster["channels"];
  const isGrey = channels === 1;
  const clear = transparency && Array.from(transparency);
  if (isGrey && palette !== undefined) return { width, height, ...coloured(spread(png, 1), palette) };
  if (depth === 16)
    return isGrey
      ? { width, height, channels, samples: png.data as Uint16Array }
      : { width, height, channels, samples: Uint8Array.from(png.data, (it) => it >> 8), transparent: clear };
  const unit = 255 / ((1 << depth) - 1);
  const transparent = depth === 1 ? clear?.map((it) => it * unit) : clear;
  return { width, height, channels, samples: depth === 8 ? bytesOf(png) : spread(png, unit), transparent };
}
const bytesOf = ({ data }: DecodedPng): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A byte for each pixel of one channel, of which there are several to a byte; each line begins a new one. */
function spread(png: DecodedPng, unit: number): Uint8Array {
  const { width, height, depth } = png;
  const packed = bytesOf(png);
  const line = Math.ceil((width * depth) / 8);
  const made = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let bit = 0; bit < width * depth; bit += depth)
      made[to++] = (((packed[y * line + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)) * unit;
  return made;
}

/** A number that the palette does not have is a grey, as in Pillow. */
function coloured(indices: Uint8Array, palette: readonly (readonly number[])[]) {
  const channels: 3 | 4 = palette[0]?.length === 4 ? 4 : 3;
  const samples = new Uint8Array(indices.length * channels);
  for (const [i, index] of indices.entries())
    samples.set(palette[index] ?? [index, index, index, 255].slice(0, channels), i * channels);
  return { channels, samples };
}
