/** The coefficients in a JPEG: Huffman's codes, in one scan or refined by several. */

/** Codes by their length: the last one of each, and what leads from a code to its value. */
export interface Table {
  readonly last: Int32Array;
  readonly shift: Int32Array;
  readonly values: Uint8Array;
}
export interface Component {
  readonly id: number;
  /** Samples beside one another and below one another, where the finest component has `across` and `down`. */
  readonly h: number;
  readonly v: number;
  readonly which: number;
  /** Its own samples. */
  readonly wide: number;
  readonly high: number;
  /** Blocks in a row, those that only fill up among them. */
  readonly stride: number;
  readonly blocks: number;
  /** 64 to a block; none until a scan has some. */
  coefficients: Int16Array;
  steps: Uint16Array | undefined;
  /** The last constant term. */
  previous: number;
}
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly across: number;
  readonly down: number;
  readonly mcusAcross: number;
  readonly mcusDown: number;
  readonly components: readonly Component[];
}
interface Part {
  readonly component: Component;
  readonly constant: Table | undefined;
  readonly others: Table | undefined;
}
interface Band {
  /** Which coefficients, and which of their bits. */
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly low: number;
  /** After so many units codes begin anew; 0: never. */
  readonly restart: number;
}

/** Where the coefficients of a block stand that come in zigzag order. */
export const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14],
  ...[21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60],
  ...[61, 54, 47, 55, 62, 63],
);

/** Takes a scan in, and says where it ends; undefined where it is none. */
export function readScan(
  frame: Frame,
  parts: readonly Part[],
  band: Band,
  from: { readonly bytes: Uint8Array; readonly at: number },
): number | undefined {
  const needsConstant = band.from === 0 && band.high === 0;
  if (parts.some((it) => (needsConstant && !it.constant) || (band.to > 0 && !it.others))) return undefined;
  const bits = new Bits(from.bytes, from.at);
  const reader = readerOf(frame.progressive, band, bits);
  let units = 0;
  const begun = (): void => {
    if (units++ % (band.restart || Number.POSITIVE_INFINITY) !== 0) return;
    if (units > 1) bits.restart();
    reader.run = 0;
    for (const { component } of parts) component.previous = 0;
  };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const { wide, high, stride } = only.component;
    for (let y = 0; y < Math.ceil(high / 8); y++)
      for (let x = 0; x < Math.ceil(wide / 8); x++) {
        begun();
        reader.block(only, 64 * (y * stride + x));
      }
    return bits.end();
  }
  for (let my = 0; my < frame.mcusDown; my++)
    for (let mx = 0; mx < frame.mcusAcross; mx++) {
      begun();
      for (const part of parts) {
        const { h, v, stride } = part.component;
        for (let y = my * v; y < my * v + v; y++)
          for (let x = mx * h; x < mx * h + h; x++) reader.block(part, 64 * (y * stride + x));
      }
    }
  return bits.end();
}

/** Bits of a scan. Behind its end, or a marker, there are zeros, as libjpeg takes them. */
class Bits {
  private readonly bytes: Uint8Array;
  private at: number;
  private held = 0;
  private count = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }
  bit(): number {
    if (this.count === 0) {
      this.held = this.next();
      this.count = 8;
    }
    return (this.held >> --this.count) & 1;
  }
  private next(): number {
    const byte = this.bytes[this.at] ?? 0;
    if (byte !== 0xff) {
      this.at++;
      return byte;
    }
    if (this.bytes[this.at + 1] !== 0) return 0;
    this.at += 2;
    return 0xff;
  }
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = (value << 1) | this.bit();
    return value;
  }
  /** A number of so many bits, whose highest says its sign. */
  signed(count: number): number {
    const value = this.bits(count);
    return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
  }
  code({ last, shift, values }: Table): number {
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      code = (code << 1) | this.bit();
      if (code <= (last[length] ?? -1)) return values[code + (shift[length] ?? 0)] ?? 0;
    }
    return 0;
  }
  /** Goes on behind the marker that says so. */
  restart(): void {
    const at = this.end();
    const marker = this.bytes[at + 1] ?? 0;
    if (marker >= 0xd0 && marker <= 0xd7) this.at = at + 2;
  }
  /** Where the next marker stands. */
  end(): number {
    this.count = 0;
    for (; this.at < this.bytes.length; this.at++)
      if (this.bytes[this.at] === 0xff && this.bytes[this.at + 1] !== 0 && this.bytes[this.at + 1] !== 0xff) break;
    return this.at;
  }
}

interface Reader {
  block(part: Part, at: number): void;
  /** Blocks to come without anything in this band. */
  run: number;
}
function readerOf(progressive: boolean, band: Band, bits: Bits): Reader {
  if (!progressive) return new Whole(bits);
  if (band.from === 0) return new Constant(band, bits);
  return band.high === 0 ? new First(band, bits) : new Refining(band, bits);
}

const constantTerm = (bits: Bits, { component, constant }: Part): number => {
  component.previous += constant === undefined ? 0 : bits.signed(bits.code(constant));
  return component.previous;
};

class Whole implements Reader {
  run = 0;
  private readonly bits: Bits;
  constructor(bits: Bits) {
    this.bits = bits;
  }
  block(part: Part, at: number): void {
    const { bits } = this;
    const { coefficients } = part.component;
    coefficients[at] = constantTerm(bits, part);
    for (let k = 1; k < 64 && part.others !== undefined; k++) {
      const code = bits.code(part.others);
      const [zeros, size] = [code >> 4, code & 15];
      if (size === 0 && zeros < 15) break;
      k += zeros;
      if (size > 0) coefficients[at + (ZIGZAG[k & 63] ?? 0)] = bits.signed(size);
    }
  }
}

class Constant implements Reader {
  run = 0;
  private readonly band: Band;
  private readonly bits: Bits;
  constructor(band: Band, bits: Bits) {
    this.band = band;
    this.bits = bits;
  }
  block(part: Part, at: number): void {
    const { coefficients } = part.component;
    const { high, low } = this.band;
    if (high === 0) coefficients[at] = constantTerm(this.bits, part) << low;
    else if (this.bits.bit() === 1) coefficients[at] = (coefficients[at] ?? 0) | (1 << low);
  }
}

/** The higher bits of a band. */
class First implements Reader {
  run = 0;
  private readonly band: Band;
  private readonly bits: Bits;
  constructor(band: Band, bits: Bits) {
    this.band = band;
    this.bits = bits;
  }
  block({ component: { coefficients }, others }: Part, at: number): void {
    const { bits } = this;
    const { from, to, low } = this.band;
    if (this.run > 0) {
      this.run--;
      return;
    }
    for (let k = from; k <= to && others !== undefined; k++) {
      const code = bits.code(others);
      const [zeros, size] = [code >> 4, code & 15];
      if (size === 0 && zeros < 15) {
        this.run = (1 << zeros) + bits.bits(zeros) - 1;
        break;
      }
      k += zeros;
      if (size > 0) coefficients[at + (ZIGZAG[k & 63] ?? 0)] = bits.signed(size) * (1 << low);
    }
  }
}

/** One more bit of a band. */
class Refining implements Reader {
  run = 0;
  private readonly band: Band;
  private readonly bits: Bits;
  constructor(band: Band, bits: Bits) {
    this.band = band;
    this.bits = bits;
  }
  block({ component: { coefficients }, others }: Part, at: number): void {
    const { bits } = this;
    const { from, to, low } = this.band;
    let k = from;
    for (; k <= to && this.run === 0 && others !== undefined; k++) {
      const code = bits.code(others);
      const [zeros, size] = [code >> 4, code & 15];
      if (size === 0 && zeros < 15) {
        this.run = (1 << zeros) + bits.bits(zeros);
        break;
      }
      const made = size === 0 ? 0 : bits.bit() === 1 ? 1 << low : -1 << low;
      k = this.refined(coefficients, at, { k, zeros });
      if (made !== 0 && k <= to) coefficients[at + (ZIGZAG[k] ?? 0)] = made;
    }
    if (this.run === 0) return;
    this.refined(coefficients, at, { k, zeros: 64 });
    this.run--;
  }
  /** Gives those that are there their bit, up to where so many zeros are passed; says where that is. */
  private refined(coefficients: Int16Array, at: number, { k, zeros }: { k: number; zeros: number }): number {
    const one = 1 << this.band.low;
    for (let left = zeros; k <= this.band.to; k++) {
      const place = at + (ZIGZAG[k] ?? 0);
      const held = coefficients[place] ?? 0;
      if (held === 0) {
        if (left-- === 0) break;
      } else if (this.bits.bit() === 1 && (Math.abs(held) & one) === 0) {
        coefficients[place] = held + (held > 0 ? one : -one);
      }
    }
    return k;
  }
}
