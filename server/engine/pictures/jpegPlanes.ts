import type { Component, Frame } from "./jpegScan.ts";
import { ZIGZAG } from "./jpegScan.ts";

/**
 * From coefficients to pixels, in the whole numbers of libjpeg: its accurate inverse transform (jidctint), its smooth
 * enlargement of colours (jdsample) and its table of colours (jdcolor). So what comes out is what Pillow gives.
 */

/** A component's samples, for each pixel of the picture; undefined where the file does not say its steps. */
export function planeOf(component: Component, { width, height, across, down }: Frame): Uint8Array | undefined {
  if (component.steps === undefined) return undefined;
  const own = inverse(component, component.steps);
  const { wide, high, h, v } = component;
  const [dx, dy] = [across / h, down / v];
  const wider =
    dx === 2 && dy <= 2 && wide > 2
      ? dy === 2
        ? smoothBoth
        : smoothAcross
      : dx === 1 && dy === 2
        ? smoothDown
        : plain;
  return wider({ samples: own, stride: component.stride * 8, wide, high }, { width, height, dx, dy });
}
interface Small {
  readonly samples: Uint8Array;
  readonly stride: number;
  readonly wide: number;
  readonly high: number;
}
interface Wanted {
  readonly width: number;
  readonly height: number;
  readonly dx: number;
  readonly dy: number;
}

function plain({ samples, stride }: Small, { width, height, dx, dy }: Wanted): Uint8Array {
  const made = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) made[to++] = samples[Math.floor(y / dy) * stride + Math.floor(x / dx)] ?? 0;
  return made;
}
/** Between two samples each pixel takes three parts of the nearer one. What is halfway goes up here and down there. */
function smoothAcross({ samples, stride, wide }: Small, { width, height }: Wanted): Uint8Array {
  const made = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = x >> 1;
      const near = samples[y * stride + at] ?? 0;
      const other = (x & 1) === 0 ? at - 1 : at + 1;
      const isEdge = other < 0 || other >= wide;
      made[to++] = isEdge ? near : (3 * near + (samples[y * stride + other] ?? 0) + 1 + (x & 1)) >> 2;
    }
  return made;
}
function smoothDown({ samples, stride, high }: Small, { width, height }: Wanted): Uint8Array {
  const made = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const [near, far] = rowsAt(y, high);
    for (let x = 0; x < width; x++) {
      const sum = 3 * (samples[near * stride + x] ?? 0) + (samples[far * stride + x] ?? 0);
      made[to++] = (sum + 1 + (y & 1)) >> 2;
    }
  }
  return made;
}
function smoothBoth({ samples, stride, wide, high }: Small, { width, height }: Wanted): Uint8Array {
  const made = new Uint8Array(width * height);
  const sums = new Int32Array(wide);
  for (let y = 0, to = 0; y < height; y++) {
    const [near, far] = rowsAt(y, high);
    for (let x = 0; x < wide; x++) sums[x] = 3 * (samples[near * stride + x] ?? 0) + (samples[far * stride + x] ?? 0);
    for (let x = 0; x < width; x++) {
      const at = x >> 1;
      const sum = sums[at] ?? 0;
      const other = sums[(x & 1) === 0 ? at - 1 : at + 1] ?? sum;
      made[to++] = (3 * sum + other + 8 - (x & 1)) >> 4;
    }
  }
  return made;
}
/** The row that a pixel lies in, and the next one on its side, or itself at the edge. */
const rowsAt = (y: number, high: number): readonly [number, number] => {
  const near = y >> 1;
  return [near, Math.min(Math.max((y & 1) === 0 ? near - 1 : near + 1, 0), high - 1)];
};

/** Red, green and blue out of brightness and two differences of colour. */
export function coloured(first: Uint8Array, second: Uint8Array, third: Uint8Array, isRgb: boolean): Uint8Array {
  const made = new Uint8ClampedArray(3 * first.length);
  for (let i = 0, to = 0; i < first.length; i++, to += 3) {
    const y = first[i] ?? 0;
    const b = second[i] ?? 0;
    const r = third[i] ?? 0;
    made[to] = isRgb ? y : y + ((91881 * (r - 128) + 32768) >> 16);
    made[to + 1] = isRgb ? b : y + ((-22554 * (b - 128) - 46802 * (r - 128) + 32768) >> 16);
    made[to + 2] = isRgb ? r : y + ((116130 * (b - 128) + 32768) >> 16);
  }
  return new Uint8Array(made.buffer);
}

/** All blocks, side by side. */
function inverse({ coefficients, stride }: Component, steps: Uint16Array): Uint8Array {
  const natural = new Int32Array(64);
  for (const [i, place] of ZIGZAG.entries()) natural[place] = steps[i] ?? 0;
  const samples = new Uint8ClampedArray(coefficients.length);
  const block = new Int32Array(64);
  for (let at = 0, n = 0; at < coefficients.length; at += 64, n++) {
    for (let i = 0; i < 64; i++) block[i] = (coefficients[at + i] ?? 0) * (natural[i] ?? 0);
    for (let x = 0; x < 8; x++) transform(block, x, 8, 11);
    for (let y = 0; y < 64; y += 8) transform(block, y, 1, 18);
    const corner = (Math.floor(n / stride) * 8 * stride + (n % stride)) * 8;
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 8; x++) samples[corner + y * stride * 8 + x] = 128 + (block[8 * y + x] ?? 0);
  }
  return new Uint8Array(samples.buffer);
}

/** Loeffler, Ligtenberg and Moschytz's eight points, in place; so many bits are rounded off. */
function transform(block: Int32Array, at: number, step: number, bits: number): void {
  const of = (i: number): number => block[at + i * step] ?? 0;
  const half = 1 << (bits - 1);
  const pair = (i: number, even: number, odd: number): void => {
    block[at + i * step] = (even + odd + half) >> bits;
    block[at + (7 - i) * step] = (even - odd + half) >> bits;
  };
  const turn = (of(2) + of(6)) * 4433;
  const low = turn - of(6) * 15137;
  const high = turn + of(2) * 6270;
  const sum = (of(0) + of(4)) * 8192;
  const difference = (of(0) - of(4)) * 8192;
  const both = (of(7) + of(3) + of(5) + of(1)) * 9633;
  const z1 = (of(7) + of(1)) * -7373;
  const z2 = (of(5) + of(3)) * -20995;
  const z3 = (of(7) + of(3)) * -16069 + both;
  const z4 = (of(5) + of(1)) * -3196 + both;
  const first = of(1) * 12299 + z1 + z4;
  const second = of(3) * 25172 + z2 + z3;
  const third = of(5) * 16819 + z2 + z4;
  const fourth = of(7) * 2446 + z1 + z3;
  pair(0, sum + high, first);
  pair(1, difference + low, second);
  pair(2, difference - low, third);
  pair(3, sum - high, fourth);
}
