import type { Conflict } from "../../../tensor/conflict.ts";
import { type Dim, floorDivide, minus, NONE, plus, provablyLess, times } from "../../../tensor/dim.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule, Shapes } from "../../operation.ts";
import { differ } from "./demands.ts";
import { floating, kept } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

/** A complex tensor is a pair of a real and an imaginary one. */
function pair(a: Reader): AnyShape | Conflict {
  if (a.value("x").kind === "tensor") return a.doubts("x is one tensor, and no pair of them");
  const [real, imaginary, third] = a.operands("x").map((it) => it.shape);
  if (third !== undefined) return a.doubts("x is no pair of tensors");
  if (real === undefined || imaginary === undefined) return a.doubts("x is no pair of tensors");
  if (!hasRank(real) || !hasRank(imaginary)) return real;
  const clash = real.rank !== imaginary.rank || real.dims.some((dim, i) => differ(dim, imaginary.at(i)));
  return clash ? conflict("shapes-equal", `${printShape(real)} and ${printShape(imaginary)}`) : real;
}
const ofPair =
  (rule: (it: Shape, a: Reader) => Shapes): ShapeRule =>
  (a) => {
    const shape = pair(a);
    return "conflict" in shape || !hasRank(shape) ? shape : rule(shape, a);
  };
/** TensorFlow transforms floats along axes that are there; a symbolic form reckons with the lengths of two of them. */
const transformed =
  (axes: number): ShapeRule =>
  (a) => {
    const [type] = a.operands("x").map((it) => a.library.concrete(it.leaves));
    const shape = pair(a);
    if ("conflict" in shape || !hasRank(shape)) return shape;
    if (type !== undefined && !isFloat(type)) return conflict("dtype-fits", type);
    if (shape.rank < axes) return conflict("rank-at-least", `${printShape(shape)}, where ${axes} are the least`);
    return shape.slice(-axes).dims.includes(NONE) && a.symbolic && (axes > 1 || shape.last === NONE)
      ? conflict("sizes-known", printShape(shape))
      : both(shape);
  };
const both = (it: AnyShape): readonly AnyShape[] => [it, it];
const pairType: DTypeRule = (a) => {
  const [first] = a.operands("x");
  return first && a.library.concrete(first.leaves);
};
/** ⌊(n − length) / stride⌋ + 1 */
const frames = (n: Dim, length: Dim, stride: Dim): Dim =>
  n === NONE ? NONE : plus(floorDivide(minus(n, length), stride), 1);

const realTransform: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    const { tensor } = a.operand("x");
    if (tensor?.dtype !== undefined && !isFloat(tensor.dtype)) a.doubts("TensorFlow takes floats alone");
    if (it.rank < 1) return conflict("rank-at-least", printShape(it));
    const n = a.has("fft_length") ? a.size("fft_length") : it.last;
    return both(it.withLast(n === NONE ? NONE : plus(floorDivide(n, 2), 1)));
  });
const shortTime: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    const length = a.size("fft_length");
    if (provablyLess(length, a.size("sequence_length"))) return a.doubts("a window longer than its transform");
    const margin = a.flag("center") ? times(floorDivide(length, 2), 2) : 0;
    const count = it.last === NONE ? NONE : frames(plus(it.last, margin), length, a.size("sequence_stride"));
    return both(it.slice(0, -1).concat([count, plus(floorDivide(length, 2), 1)]));
  });
const inverseShortTime = (it: Shape, a: Reader): AnyShape => {
  const length = a.size("fft_length");
  const whole = plus(times(minus(it.at(-2), 1), a.size("sequence_stride")), length);
  const cut = a.flag("center") ? minus(whole, times(floorDivide(length, 2), 2)) : whole;
  return it.slice(0, -2).concat([a.has("length") ? a.size("length") : it.at(-2) === NONE ? NONE : cut]);
};

/** Fourier transforms and frames. */
export const SIGNAL: Rules = {
  fft: rule(transformed(1), pairType, { yields: "tuple" }),
  ...each("fft2 ifft2", transformed(2), pairType, { yields: "tuple" }),
  rfft: rule(realTransform, floating(), { yields: "tuple", type: "RFFT" }),
  irfft: rule(
    ofPair((it, a) => {
      const dtype = a.operands("x").map((one) => a.library.concrete(one.leaves))[0];
      if (!a.symbolic && dtype !== undefined && !isFloat(dtype)) return conflict("dtype-fits", dtype);
      if (it.rank === 0 || (dtype !== undefined && !isFloat(dtype))) return a.doubts("no spectrum of floats");
      const n = it.last === NONE ? NONE : times(minus(it.last, 1), 2);
      return it.withLast(a.has("fft_length") ? a.size("fft_length") : n);
    }),
    pairType,
    { type: "IRFFT" },
  ),
  stft: rule(shortTime, kept(), { yields: "tuple", type: "STFT" }),
  istft: rule(ofPair(inverseShortTime), pairType, { type: "ISTFT" }),
  extract_sequences: rule(
    (a) =>
      withRank(a.shape("x"), (it) => {
        const [length, stride]: readonly [Dim, Dim] = [a.size("sequence_length"), a.size("sequence_stride")];
        return it.slice(0, -1).concat([frames(it.last, length, stride), length]);
      }),
    kept(),
  ),
  ...each(
    "bartlett blackman hamming hanning",
    (a) => new Shape([a.size("x")]),
    () => "float32",
  ),
  kaiser: rule(
    (a) => (a.size("x") === 0 ? a.doubts("an empty window") : new Shape([a.size("x")])),
    () => "float32",
  ),
};
