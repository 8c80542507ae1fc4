/**
 * Seeded numbers: the generator sfc32 (Doty-Humphrey's PractRand), begun from the FNV-1a hash of a name. A tensor's
 * numbers depend on the seed and on its own name alone, so that a layer keeps its weights when others come and go.
 * The distributions are Keras's; the bits are not.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;
  private spare: number | undefined;

  constructor(seed: number, name: string) {
    const text = `${seed}/${name}`;
    [this.a, this.b, this.c] = [hash(text, 0x811c9dc5), hash(text, 0x01000193), hash(text, 0x9e3779b9)];
    for (let i = 0; i < 12; i++) this.bits();
  }

  private bits(): number {
    const t = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** In [0, 1). */
  unit(): number {
    return this.bits() / 2 ** 32;
  }
  /** In [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }
  /** A whole number in [low, high]. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }
  /** Mean 0, deviation 1 (Box–Muller). */
  normal(): number {
    const { spare } = this;
    this.spare = undefined;
    if (spare !== undefined) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    const angle = 2 * Math.PI * this.unit();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
  /** The same, drawn again where it lies beyond 2. */
  truncated(): number {
    for (;;) {
      const value = this.normal();
      if (Math.abs(value) <= 2) return value;
    }
  }
}

function hash(text: string, offset: number): number {
  let value = offset;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
