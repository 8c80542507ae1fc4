import type { Held } from "./runtime.ts";
import type { Numbers } from "./tensors.ts";

/** NumPy's own format: a header that is a Python literal, then the numbers. Source: numpy/lib/format.py. */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** An array as its file has it: plain numbers, row by row. */
export interface FileArray {
  readonly shape: readonly number[];
  readonly values: Float64Array | Float32Array;
}

const CUT_OFF = { problem: "it is cut off: write or fetch it again" };

/** Says, instead, why it cannot be read. */
export function readNpy(bytes: Uint8Array): FileArray | { readonly problem: string } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte))
    return { problem: "it is no array of NumPy's: numpy.save writes one" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return CUT_OFF;
  const version = view.getUint8(6);
  if (version < 1 || version > 3)
    return { problem: `its version is ${version}, and NumPy's are 1 to 3: it is damaged` };
  const isOld = version === 1;
  const length = isOld ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = isOld ? 10 : 12;
  if (bytes.length < start + length) return CUT_OFF;
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, start + length));
  const descr = /'descr':\s*'([<>|=]?)(\w\d+)'/.exec(header);
  const sizes = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (/'descr':\s*'\|O'/.test(header)) return { problem: "it holds Python objects; save an array of numbers" };
  if (/'descr':\s*\[/.test(header)) return { problem: "it holds records; save their fields as one array of numbers" };
  if (/'descr':\s*'[<>|=]?[mM]8/.test(header)) return { problem: "it holds dates, and numbers are read" };
  if (descr === null || sizes === undefined) return { problem: "its header says no plain numbers" };
  const [, order, kind = ""] = descr;
  const read = READERS[kind];
  if (read === undefined) return { problem: `it holds ${WORDS[kind[0] ?? ""] ?? kind}, and numbers are read` };
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  const count = shape.reduce((a, b) => a * b, 1);
  const width = Number(kind.slice(1));
  if (start + length + count * width > bytes.length) return CUT_OFF;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, start + length + i * width, order !== ">");
  return { shape, values: /'fortran_order':\s*True/.test(header) ? rowByRow(values, shape) : values };
}

const WORDS: Readonly<Record<string, string>> = { U: "texts", S: "texts", c: "complex numbers", M: "dates" };

type Reader = (view: DataView, at: number, little: boolean) => number;
const READERS: Readonly<Record<string, Reader>> = {
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => view.getUint8(at),
};
/** Half precision: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
/** Columns first, as Fortran has them, to rows first. */
function rowByRow(values: Float64Array, shape: readonly number[]): Float64Array {
  const made = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let [rest, at] = [i, 0];
    for (let axis = shape.length - 1, span = 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      const place = rest % size;
      rest = (rest - place) / size;
      span = shape.slice(0, axis).reduce((a, b) => a * b, 1);
      at += place * span;
    }
    made[i] = values[at] ?? 0;
  }
  return made;
}

const DESCR = (numbers: Numbers): string =>
  numbers instanceof Float32Array
    ? "<f4"
    : numbers instanceof Int32Array
      ? "<i4"
      : numbers instanceof BigInt64Array
        ? "<i8"
        : "|b1";
/** The bytes of a file that `numpy.load` reads. */
export function writtenNpy({ shape, numbers }: Pick<Held, "shape" | "numbers">): Uint8Array {
  const sizes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const header = `{'descr': '${DESCR(numbers)}', 'fortran_order': False, 'shape': ${sizes}, }`;
  // The numbers begin at a multiple of 64.
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + numbers.byteLength);
  bytes.set([...MAGIC, 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - 1)}\n`), 10);
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), 10 + length);
  return bytes;
}
