/**
 * Elementary functions rounded correctly, by fixed-point arithmetic: a run of the program rounds `math.log(125, 5)`
 * up to
 * 3.0000000000000004, and `math.ceil` of that is 4. What JavaScript's own functions give differs in the last place.
 */

/** Fractional bits. The largest exponent of a result takes 11, the double 53; the rest is guard. */
const BITS = 192n;
const ONE = 1n << BITS;

/** A double as a fixed-point number; exact unless it is tiny. */
function fixedPoint(value: number): bigint {
  const exponent = value === 0 ? 0 : Math.max(-1074, Math.floor(Math.log2(Math.abs(value))) - 54);
  const whole = BigInt(value / 2 ** exponent);
  return exponent >= 0 ? whole << (BITS + BigInt(exponent)) : (whole << BITS) >> BigInt(-exponent);
}

/** The double nearest to `value` · 2^−`scale`, half to even. */
function nearest(value: bigint, scale: bigint = BITS): number {
  if (value < 0n) return -nearest(-value, scale);
  const length = BigInt(value.toString(2).length);
  const shift = length - 54n;
  if (shift <= 0n) return Number(value) / 2 ** Number(scale);
  const kept = value >> shift;
  const sticky = kept << shift === value ? 0n : 1n;
  // 54 bits and a sticky one: `Number` rounds them half to even.
  return Number((kept << 2n) | sticky) * 2 ** Number(shift - 2n - scale);
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

/** ln((1 + z) / (1 − z)) = 2 (z + z³/3 + …) */
function twiceArtanh(z: bigint): bigint {
  const square = times(z, z);
  let [power, sum] = [z, z];
  for (let n = 3n; power !== 0n && power !== -1n; n += 2n) {
    power = times(power, square);
    sum += power / n;
  }
  return sum * 2n;
}
const LN2 = twiceArtanh(ONE / 3n);

/** ln of a positive double, fixed-point. */
function ln(value: number): bigint {
  let exponent = Math.floor(Math.log2(value));
  let mantissa = value / 2 ** exponent;
  if (mantissa > 1.5) {
    mantissa /= 2;
    exponent += 1;
  }
  const m = fixedPoint(mantissa);
  return twiceArtanh(((m - ONE) << BITS) / (m + ONE)) + BigInt(exponent) * LN2;
}

/** e to a fixed-point power, as a double. */
function exponential(power: bigint): number {
  const k = power / LN2;
  let rest = power - k * LN2;
  rest >>= 8n;
  let [term, sum] = [ONE, ONE];
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, rest) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = times(sum, sum);
  return nearest(sum, BITS - k);
}

export const log = (x: number): number => (Number.isFinite(x) ? nearest(ln(x)) : x);
export const log2 = (x: number): number => (Number.isFinite(x) ? nearest((ln(x) << BITS) / LN2) : x);
export function exp(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) < 1e-17 || Math.abs(x) > 700) return Math.exp(x);
  return exponential(fixedPoint(x));
}

/** Python's `x ** y` for floats; NaN where it would be complex. */
export function pow(x: number, y: number): number {
  const plain = x ** y;
  if (!Number.isFinite(plain) || plain === 0 || x === 1 || y === 1 || y === 0 || Math.abs(plain) < 1e-300) return plain;
  const power = times(fixedPoint(y), ln(Math.abs(x)));
  const size = power === 0n ? 1 : exponential(power);
  return plain < 0 ? -size : size;
}

/** π by Machin's formula. */
function arctanOfInverse(n: bigint): bigint {
  let power = ONE / n;
  let sum = power;
  for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
    power /= n * n;
    sum += (sign * power) / k;
  }
  return sum;
}
const PI = 16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n);

function sineOf(angle: bigint): number {
  const turn = ((angle % (2n * PI)) + 2n * PI) % (2n * PI);
  const square = times(turn, turn);
  let [term, sum] = [turn, turn];
  for (let n = 2n; term !== 0n && term !== -1n; n += 2n) {
    term = -times(term, square) / (n * (n + 1n));
    sum += term;
  }
  return nearest(sum);
}
const isOrdinary = (x: number): boolean => Number.isFinite(x) && Math.abs(x) < 1e9 && Math.abs(x) > 1e-8;
export const sin = (x: number): number => (isOrdinary(x) ? sineOf(fixedPoint(x)) : Math.sin(x));
export const cos = (x: number): number => (isOrdinary(x) ? sineOf(fixedPoint(x) + PI / 2n) : Math.cos(x));
