import { unzlibSync } from "fflate";
import { CUT_OFF, DAMAGED, type Problem, type Raster, type Size, tooLarge } from "./raster.ts";

/** PNG, by the W3C's recommendation; what becomes of its kinds of pixels is what Pillow makes of them. */

interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly kind: number;
  readonly interlaced: boolean;
}
interface Chunks {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array | undefined;
  /** Compressed. */
  readonly data: Uint8Array;
}

const [GREY, COLOUR, PALETTE, GREY_ALPHA, COLOUR_ALPHA] = [0, 2, 3, 4, 6];
/** Samples of a pixel, and the depths that there may be. */
const KINDS: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  [GREY]: { samples: 1, depths: [1, 2, 4, 8, 16] },
  [COLOUR]: { samples: 3, depths: [8, 16] },
  [PALETTE]: { samples: 1, depths: [1, 2, 4, 8] },
  [GREY_ALPHA]: { samples: 2, depths: [8, 16] },
  [COLOUR_ALPHA]: { samples: 4, depths: [8, 16] },
};

/** How large a picture is that begins so. */
export function sizeOfPng(bytes: Uint8Array): Size | Problem {
  return bytes.length < 29 ? CUT_OFF : headerOf(bytes.subarray(16));
}

export function readPng(bytes: Uint8Array): Raster | Problem {
  const chunks = chunksOf(bytes);
  if ("problem" in chunks) return chunks;
  const { header, data } = chunks;
  const passes = passesOf(header);
  const length = passes.reduce((sum, pass) => sum + pass.height * (1 + rowBytes(header, pass.width)), 0);
  let lines: Uint8Array;
  try {
    // Room for what the header says, and no more, whatever the data unfold to.
    lines = unzlibSync(data, { out: new Uint8Array(length) });
  } catch {
    return DAMAGED;
  }
  if (lines.length < length) return CUT_OFF;
  const samples = samplesOf(header, passes, lines);
  return samples === undefined ? DAMAGED : rasterOf(chunks, samples);
}

/** What counts of a file's chunks. */
function chunksOf(bytes: Uint8Array): Chunks | Problem {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let [header, palette, transparency]: [Header | undefined, Uint8Array, Uint8Array | undefined] = [
    undefined,
    new Uint8Array(0),
    undefined,
  ];
  for (let at = 8, type = ""; type !== "IEND"; ) {
    if (at + 12 > bytes.length) return CUT_OFF;
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) return CUT_OFF;
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) return DAMAGED;
    const content = bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
    if (type === "IHDR") {
      const read = headerOf(content);
      if ("problem" in read) return read;
      header = read;
    } else if (type === "PLTE") palette = content;
    else if (type === "tRNS") transparency = content;
    else if (type === "IDAT") data.push(content);
  }
  return header === undefined ? DAMAGED : { header, palette, transparency, data: joined(data) };
}
function headerOf(bytes: Uint8Array): Header | Problem {
  if (bytes.length < 13) return DAMAGED;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, kind = -1, compression, filter, interlace = 0] = bytes.subarray(8);
  const isKnown = KINDS[kind]?.depths.includes(depth) && compression === 0 && filter === 0 && interlace < 2;
  return isKnown ? (tooLarge(width, height) ?? { width, height, depth, kind, interlaced: interlace === 1 }) : DAMAGED;
}
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (CRC[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return ~c >>> 0;
}

/** A picture in the picture: of an interlaced one every so many pixels, from a corner on. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
}
/** Adam7: x, y, and the steps. */
const INTERLACED = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
function passesOf({ width, height, interlaced }: Header): readonly Pass[] {
  return (interlaced ? INTERLACED : ([[0, 0, 1, 1]] as const))
    .map(([x, y, dx, dy]) => ({
      ...{ x, y, dx, dy },
      width: Math.ceil((width - x) / dx),
      height: Math.ceil((height - y) / dy),
    }))
    .filter((it) => it.width > 0 && it.height > 0);
}
const bitsOf = ({ kind, depth }: Header): number => (KINDS[kind]?.samples ?? 1) * depth;
const rowBytes = (header: Header, width: number): number => Math.ceil((width * bitsOf(header)) / 8);

/** The samples of all pixels; undefined where a line has no filter that there is. */
function samplesOf(header: Header, passes: readonly Pass[], lines: Uint8Array): Uint8Array | Uint16Array | undefined {
  const { width, height, depth, kind } = header;
  const each = KINDS[kind]?.samples ?? 1;
  const samples = depth === 16 ? new Uint16Array(width * height * each) : new Uint8Array(width * height * each);
  const back = Math.max(1, bitsOf(header) >> 3);
  let at = 0;
  for (const pass of passes) {
    const length = rowBytes(header, pass.width);
    let above: Uint8Array = new Uint8Array(length);
    for (let row = 0; row < pass.height; row++) {
      const line = lines.subarray(at + 1, at + 1 + length);
      if (!unfiltered(lines[at] ?? 0, line, above, back)) return undefined;
      at += 1 + length;
      above = line;
      let to = ((pass.y + row * pass.dy) * width + pass.x) * each;
      if (depth === 8 && pass.dx === 1) {
        samples.set(line, to);
        continue;
      }
      for (let i = 0; i < pass.width * each; i += each, to += pass.dx * each)
        for (let c = 0; c < each; c++) samples[to + c] = sampleAt(line, i + c, depth);
    }
  }
  return samples;
}
function sampleAt(line: Uint8Array, i: number, depth: number): number {
  if (depth === 8) return line[i] ?? 0;
  if (depth === 16) return ((line[2 * i] ?? 0) << 8) | (line[2 * i + 1] ?? 0);
  const bit = i * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}
/** In place. */
function unfiltered(filter: number, line: Uint8Array, above: Uint8Array, back: number): boolean {
  if (filter > 4) return false;
  for (let i = 0; filter > 0 && i < line.length; i++) {
    const left = i < back ? 0 : (line[i - back] ?? 0);
    const corner = i < back ? 0 : (above[i - back] ?? 0);
    line[i] = (line[i] ?? 0) + predicted(filter, left, above[i] ?? 0, corner);
  }
  return true;
}
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const a = Math.abs(up - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + up - 2 * corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function rasterOf({ header, palette, transparency }: Chunks, samples: Uint8Array | Uint16Array): Raster {
  const { width, height, depth, kind } = header;
  if (kind === PALETTE) return { width, height, ...coloured(samples, palette, transparency) };
  const channels = (KINDS[kind]?.samples ?? 1) as Raster["channels"];
  const clear = transparency === undefined || kind > COLOUR ? undefined : Array.from(pairs(transparency));
  if (depth === 16)
    return kind === GREY
      ? { width, height, channels, samples }
      : { width, height, channels, samples: Uint8Array.from(samples, (it) => it >> 8), transparent: clear };
  if (depth === 8) return { width, height, channels, samples, transparent: clear };
  const unit = 255 / ((1 << depth) - 1);
  const transparent = depth === 1 ? clear?.map((it) => it * unit) : clear;
  return { width, height, channels, samples: samples.map((it) => it * unit), transparent };
}
function* pairs(bytes: Uint8Array): Iterable<number> {
  for (let i = 0; i + 1 < bytes.length; i += 2) yield ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
}
/** A number that the palette does not have is a grey, as in Pillow. */
function coloured(samples: Uint8Array | Uint16Array, palette: Uint8Array, alpha: Uint8Array | undefined) {
  const channels = alpha === undefined ? 3 : 4;
  const made = new Uint8Array(samples.length * channels);
  for (let i = 0; i < samples.length; i++) {
    const index = samples[i] ?? 0;
    for (let c = 0; c < 3; c++) made[i * channels + c] = palette[3 * index + c] ?? index;
    if (alpha !== undefined) made[i * channels + 3] = alpha[index] ?? 255;
  }
  return { channels, samples: made } as const;
}
