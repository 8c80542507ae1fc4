/**
 * The numbers of the parity cases, the same here and in tasks/oracle/parity.py.
 *
 * The generator is mulberry32, of which the upper 24 bits are taken: k / 2^24 is in [0, 1), and exact in float32. Its
 * seed is FNV-1a of a text: the case's, and behind it a space and
 * - `dense kernel 0` for a float weight: its layer's name, its own, and how many of that name the layer had before;
 * - `input 0` for an input;
 * - `output 0`, or `output` and the layer's name, for the places ⌊u · elements⌋ that are compared of an output of more
 *   than 64 elements. Smaller ones are compared whole.
 */
export class Stream {
  private state: number;
  constructor(text: string) {
    this.state = seedOf(text);
  }

  /** In [0, 1), a multiple of 2^-24. */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 8) / 2 ** 24;
  }

  /** In [-0.5, 0.5), or [0.5, 1.5) of a variance; times `by`. */
  weight(name: string, elements: number, by = 1): Float32Array {
    const low = name.includes("variance") ? 0.5 : -0.5;
    const values = new Float32Array(elements);
    for (let i = 0; i < elements; i++) values[i] = (this.unit() + low) * by;
    return values;
  }

  /** In [-2, 2), or a whole number below 10. */
  input(dtype: string, elements: number): Float32Array | Int32Array {
    return dtype.startsWith("int")
      ? Int32Array.from({ length: elements }, () => Math.floor(this.unit() * 10))
      : Float32Array.from({ length: elements }, () => this.unit() * 4 - 2);
  }

  /** Which elements of an output are compared. */
  places(elements: number): readonly number[] {
    const count = Math.min(elements, 64);
    return Array.from({ length: count }, (_, i) => (elements <= 64 ? i : Math.floor(this.unit() * elements)));
  }
}

/** FNV-1a, 32 bits. */
export function seedOf(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
