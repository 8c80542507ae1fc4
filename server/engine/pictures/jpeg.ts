import { coloured, planeOf } from "./jpegPlanes.ts";
import { type Component, type Frame, readScan, type Table } from "./jpegScan.ts";
import { CUT_OFF, DAMAGED, type Problem, type Raster, type Size, tooLarge } from "./raster.ts";

/** JPEG, baseline and progressive (ITU T.81), to the very numbers of libjpeg-turbo, by which Pillow reads it. */

/** What the file has said by now. */
interface Said {
  frame: Frame | undefined;
  /** Steps of the coefficients, in zigzag order, by number. */
  readonly steps: (Uint16Array | undefined)[];
  /** Huffman's codes: of constant terms, and from 4 on of the others. */
  readonly tables: (Table | undefined)[];
  restart: number;
  jfif: boolean;
  /** How Adobe's programs say that colours were changed. */
  adobe: number | undefined;
}

const OTHERS: Readonly<Record<number, string>> = {
  195: "it is a lossless JPEG",
  201: "it is a JPEG of arithmetic coding",
  202: "it is a JPEG of arithmetic coding",
};
const NONE = new Int16Array(0);
const AS_ANOTHER = ", which is not read: save it as an ordinary JPEG or a PNG";

export function readJpeg(bytes: Uint8Array): Raster | Problem {
  const said = saidBy(bytes, false);
  if ("problem" in said) return said;
  return said.frame === undefined ? DAMAGED : rasterOf(said, said.frame);
}
/** How large a picture is; no more of it is read than that. */
export function sizeOfJpeg(bytes: Uint8Array): Size | Problem {
  const said = saidBy(bytes, true);
  return "problem" in said ? said : (said.frame ?? DAMAGED);
}

function saidBy(bytes: Uint8Array, sizeAlone: boolean): Said | Problem {
  const said: Said = { frame: undefined, steps: [], tables: [], restart: 0, jfif: false, adobe: undefined };
  for (let at = 2; ; ) {
    while (at < bytes.length && bytes[at] !== 0xff) at++;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) return CUT_OFF;
    if (marker === 0xd9 || (sizeAlone && said.frame !== undefined)) return said;
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (at + length > bytes.length) return CUT_OFF;
    const content = bytes.subarray(at + 2, at + length);
    at += length;
    const problem = length < 2 ? DAMAGED : heard(said, marker, content);
    if (problem !== undefined) return problem;
    if (marker !== 0xda) continue;
    const end = scan(said, content, bytes, at);
    if (typeof end !== "number") return end;
    at = end;
  }
}

/** Takes in what a marker says, but for a scan; says why it cannot be read. */
function heard(said: Said, marker: number, content: Uint8Array): Problem | undefined {
  const isNamed = (name: string) => [...name].every((letter, i) => content[i] === letter.charCodeAt(0));
  if (marker === 0xdb) return takeSteps(said, content);
  if (marker === 0xc4) return takeTables(said, content);
  if (marker === 0xdd) said.restart = ((content[0] ?? 0) << 8) | (content[1] ?? 0);
  if (marker === 0xe0 && isNamed("JFIF\0")) said.jfif = true;
  if (marker === 0xee && isNamed("Adobe")) said.adobe = content[11];
  const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc;
  if (!isFrame) return undefined;
  if (marker > 0xc2) return { problem: `${OTHERS[marker] ?? "it is a JPEG of another process"}${AS_ANOTHER}` };
  const frame = said.frame === undefined ? frameOf(content, marker === 0xc2) : DAMAGED;
  if ("problem" in frame) return frame;
  said.frame = frame;
  return undefined;
}

function takeSteps({ steps }: Said, content: Uint8Array): Problem | undefined {
  for (let at = 0; at < content.length; ) {
    const which = content[at++] ?? 0;
    const width = which >> 4 === 0 ? 1 : 2;
    if ((which & 15) > 3 || at + 64 * width > content.length) return DAMAGED;
    const of = (i: number) => content[at + i] ?? 0;
    steps[which & 15] = Uint16Array.from({ length: 64 }, (_, i) =>
      width === 1 ? of(i) : (of(2 * i) << 8) | of(2 * i + 1),
    );
    at += 64 * width;
  }
  return undefined;
}

function takeTables({ tables }: Said, content: Uint8Array): Problem | undefined {
  for (let at = 0; at < content.length; ) {
    const which = content[at] ?? 0;
    const counts = content.subarray(at + 1, at + 17);
    const values = counts.reduce((sum, it) => sum + it, 0);
    if ((which & 0xec) !== 0 || values > 256 || at + 17 + values > content.length) return DAMAGED;
    tables[(which >> 4) * 4 + (which & 3)] = tableOf(counts, content.slice(at + 17, at + 17 + values));
    at += 17 + values;
  }
  return undefined;
}
/** Codes of a length follow one another: the last of each length, and where the values of that length begin. */
function tableOf(counts: Uint8Array, values: Uint8Array): Table {
  const last = new Int32Array(17).fill(-1);
  const shift = new Int32Array(17);
  let [code, at] = [0, 0];
  for (let length = 1; length <= 16; length++, code <<= 1) {
    const count = counts[length - 1] ?? 0;
    shift[length] = at - code;
    at += count;
    code += count;
    if (count > 0) last[length] = code - 1;
  }
  return { last, shift, values };
}

function frameOf(content: Uint8Array, progressive: boolean): Frame | Problem {
  const of = (i: number) => content[i] ?? 0;
  const [height, width, count] = [(of(1) << 8) | of(2), (of(3) << 8) | of(4), of(5)];
  if (content.length < 6 + 3 * count) return DAMAGED;
  if (of(0) !== 8) return { problem: `it is a JPEG of ${of(0)} bits${AS_ANOTHER}` };
  if (count === 4) return { problem: `it is a JPEG of four inks (CMYK)${AS_ANOTHER} of RGB` };
  const large = tooLarge(width, height);
  if (large !== undefined) return large;
  const said = Array.from({ length: count }, (_, i) => ({
    ...{ id: of(6 + 3 * i), h: of(7 + 3 * i) >> 4, v: of(7 + 3 * i) & 15, which: of(8 + 3 * i) },
  }));
  if ((count !== 1 && count !== 3) || said.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) return DAMAGED;
  const [across, down] = [Math.max(...said.map((it) => it.h)), Math.max(...said.map((it) => it.v))];
  if (said.some(({ h, v }) => across % h !== 0 || down % v !== 0))
    return { problem: `it is a JPEG whose colours are sampled at odd places${AS_ANOTHER}` };
  const [mcusAcross, mcusDown] = [Math.ceil(width / 8 / across), Math.ceil(height / 8 / down)];
  const components = said.map((it): Component => {
    const [wide, high] = [Math.ceil((width * it.h) / across), Math.ceil((height * it.v) / down)];
    const stride = mcusAcross * it.h;
    const blocks = stride * mcusDown * it.v;
    return { ...it, wide, high, stride, blocks, coefficients: NONE, steps: undefined, previous: 0 };
  });
  return { width, height, progressive, across, down, mcusAcross, mcusDown, components };
}

/** Reads a scan, and says where it ends. */
function scan(said: Said, header: Uint8Array, bytes: Uint8Array, start: number): number | Problem {
  const { frame, tables, steps, restart } = said;
  const count = header[0] ?? 0;
  if (frame === undefined || header.length < 4 + 2 * count) return DAMAGED;
  const parts = Array.from({ length: count }, (_, i) => {
    const component = frame.components.find((it) => it.id === header[1 + 2 * i]);
    const which = header[2 + 2 * i] ?? 0;
    return component && { component, constant: tables[which >> 4], others: tables[4 + (which & 15)] };
  }).filter((it) => it !== undefined);
  if (parts.length === 0 || parts.length !== count) return DAMAGED;
  for (const { component } of parts) {
    component.steps ??= steps[component.which];
    if (component.coefficients.length === 0) component.coefficients = new Int16Array(64 * component.blocks);
  }
  const [from = 0, to = 63, bits = 0] = header.subarray(1 + 2 * count);
  const band = frame.progressive ? { from, to, high: bits >> 4, low: bits & 15 } : { from: 0, to: 63, high: 0, low: 0 };
  if (band.to > 63 || band.from > band.to || (frame.progressive && band.from > 0 && count > 1)) return DAMAGED;
  return readScan(frame, parts, { ...band, restart }, { bytes, at: start }) ?? DAMAGED;
}

function rasterOf({ jfif, adobe }: Said, frame: Frame): Raster | Problem {
  const { width, height, components } = frame;
  const planes = components.map((it) => planeOf(it, frame));
  const [first, second, third] = planes;
  if (first === undefined || planes.includes(undefined)) return DAMAGED;
  if (second === undefined || third === undefined) return { width, height, channels: 1, samples: first };
  const isRgb = !jfif && (adobe === undefined ? isNamedRgb(components) : adobe === 0);
  return { width, height, channels: 3, samples: coloured(first, second, third, isRgb) };
}
const isNamedRgb = (components: readonly Component[]): boolean =>
  String.fromCharCode(...components.map((it) => it.id)) === "RGB";
