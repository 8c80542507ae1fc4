import { type Conflict, isConflict } from "../../../tensor/conflict.ts";
import { type Dim, minimum, NONE, provablyDifferent, times } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { broadcasted, conflict, ofMatrix } from "../../operation/shapes.ts";
import type { ShapeRule, Shapes } from "../../operation.ts";
import { differ, sameCount } from "./demands.ts";
import { floating, int32, kept, promoted, realWhenRun } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

const matrix = (answer: (it: Shape, a: Reader) => Shapes): ShapeRule => ofMatrix("x", answer);
const square = (answer: (it: Shape, a: Reader) => Shapes): ShapeRule =>
  matrix((it, a) => (differ(it.last, it.at(-2)) ? conflict("matrix-square", printShape(it)) : answer(it, a)));
/** Keras compares the sizes as they are: `None` is not 2. */
/** How many singular values there are Keras reckons when the model is built. */
const sized =
  (answer: (it: Shape, a: Reader) => Shapes) =>
  (it: Shape, a: Reader): Shapes =>
    a.symbolic && (it.last === NONE || it.at(-2) === NONE) ? conflict("sizes-known", printShape(it)) : answer(it, a);

const singular = (it: Shape, a: Reader): Shapes => {
  const [rows, columns]: readonly [Dim, Dim] = [it.at(-2), it.last];
  const batch = it.slice(0, -2);
  const least = minimum(rows, columns);
  if (!a.flag("compute_uv")) return batch.concat([least]);
  const full = a.flag("full_matrices");
  return [
    batch.concat([rows, full ? rows : least]),
    batch.concat([least]),
    batch.concat([full ? columns : least, columns]),
  ];
};
const orthogonal = (it: Shape, a: Reader): Shapes => {
  const [rows, columns]: readonly [Dim, Dim] = [it.at(-2), it.last];
  if (!["reduced", "complete"].includes(a.text("mode"))) return [a.doubts(`no mode ${a.text("mode")}`)];
  const size = a.text("mode") === "complete" ? rows : minimum(rows, columns);
  const batch = it.slice(0, -2);
  return [batch.concat([rows, size]), batch.concat([size, columns])];
};
/** Of a·x = b, the shape of b. */
const solved: ShapeRule = (a) => {
  const [left, right] = [a.shape("a"), a.shape("b")];
  if (!hasRank(left) || !hasRank(right)) return right;
  if (left.rank < 2) return conflict("rank-at-least", `${printShape(left)}, where a matrix has 2`);
  if (a.symbolic && a.dtype("a") !== a.dtype("b")) return a.doubts("a run of two dtypes");
  if (a.symbolic ? differ(left.last, left.at(-2)) : provablyDifferent(left.last, left.at(-2)))
    return conflict("matrix-square", printShape(left));
  if (right.rank === left.rank - 1 && left.rank > 2) return a.doubts("a batch of systems with vectors");
  if (right.rank === 0) return conflict("rank-at-least", `${printShape(right)}, where a vector has 1`);
  const rows = right.rank === left.rank ? right.at(-2) : right.last;
  return provablyDifferent(rows, left.last)
    ? conflict("inner-axes-equal", `${printShape(left)} and ${printShape(right)}`)
    : right;
};
const leastSquares: ShapeRule = (a) => {
  const [left, right] = [a.shape("a"), a.shape("b")];
  if (!hasRank(left) || !hasRank(right)) return right;
  if (left.rank !== 2) return conflict("rank-is", `${printShape(left)}, where a matrix has 2 axes`);
  if (provablyDifferent(left.at(0), right.at(0)))
    return conflict("inner-axes-equal", `${printShape(left)} and ${printShape(right)}`);
  return new Shape([left.at(1), ...right.slice(1)]);
};
const inner: ShapeRule = (a) => {
  const [x, y] = [a.shape("x1"), a.shape("x2")];
  if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
  if (x.rank === 0 || y.rank === 0) return x.rank === 0 ? y : x;
  if (provablyDifferent(x.last, y.last)) return conflict("inner-axes-equal", `${printShape(x)} and ${printShape(y)}`);
  return x.slice(0, -1).concat(y.slice(0, -1));
};
const kronecker: ShapeRule = (a) => {
  const [x, y] = [a.shape("x1"), a.shape("x2")];
  if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
  // The one of fewer axes is taken for one with axes of 1 before them, whatever the symbolic form says.
  const rank = Math.max(x.rank, y.rank);
  const padded = (it: Shape): readonly Dim[] => [...Array<Dim>(rank - it.rank).fill(1), ...it];
  const others = padded(y);
  return new Shape(padded(x).map((dim, i) => times(dim, others[i] ?? 1)));
};
/** One distance for each pair of rows. */
const distances: ShapeRule = (a) => {
  const [x, y] = [a.shape("x"), a.shape("y")];
  if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
  if (x.rank < 2 || y.rank < 2) return conflict("rank-at-least", `${printShape(x)} and ${printShape(y)}`);
  if (provablyDifferent(x.last, y.last)) return conflict("inner-axes-equal", `${printShape(x)} and ${printShape(y)}`);
  const batch = broadcasted([x.slice(0, -2), y.slice(0, -2)]) as AnyShape | Conflict;
  return isConflict(batch) || !hasRank(batch) ? batch : batch.concat([x.at(-2), y.at(-2)]);
};

const real = { requires: realWhenRun("x") };
/** keras.ops.linalg, and products of other kinds. */
export const LINEAR: Rules = {
  ...each(
    "cholesky cholesky_inverse inv",
    square((it) => it),
    kept(),
    real,
  ),
  ...each(
    "logdet",
    square((it) => it.slice(0, -2)),
    kept(),
    { ...real, unchecked: () => true },
  ),
  ...each(
    "det",
    square((it) => it.slice(0, -2)),
    kept(),
    real,
  ),
  eigh: rule(
    square((it) => [it.slice(0, -1), it]),
    kept(),
    { ...real, yields: "tuple" },
  ),
  eig: rule(
    square((it, a) =>
      a.dtype("x") === "float16" ? a.doubts("TensorFlow has no float16 of it") : [it.slice(0, -1), it],
    ),
    (a) => (a.dtype("x") === "float64" ? "complex128" : "complex64"),
    { ...real, yields: "tuple" },
  ),
  slogdet: rule(
    square((it) => [it.slice(0, -2), it.slice(0, -2)]),
    kept(),
    { ...real, yields: "tuple", unchecked: () => true },
  ),
  lu_factor: rule(
    matrix((it, a) => {
      // TensorFlow takes square ones alone.
      if (!a.symbolic && provablyDifferent(it.at(-2), it.last)) a.doubts("the matrix is not square");
      if (!a.symbolic && it.rank > 2) a.doubts("TensorFlow turns the places of one matrix");
      return sized((x) => [x, x.slice(0, -2).concat([minimum(x.at(-2), x.last)])])(it, a);
    }),
    // The places of its rows; the symbolic form gives them the matrix's own type.
    (a) => (a.symbolic ? [a.dtype("x"), undefined] : [a.dtype("x"), "int32"]),
    {
      ...real,
      yields: "tuple",
      type: "LuFactor",
    },
  ),
  qr: rule(matrix(sized(orthogonal)), kept(), { ...real, yields: "tuple", type: "Qr" }),
  svd: rule(matrix(sized(singular)), kept(), { ...real, yields: "tuple", type: "SVD" }),
  pinv: rule(
    matrix((it) => it.slice(0, -2).concat([it.last, it.at(-2)])),
    kept(),
    real,
  ),
  matrix_rank: rule(
    matrix((it) => it.slice(0, -2)),
    int32,
    real,
  ),
  ...each("solve solve_triangular", solved, promoted("a", "b"), { requires: realWhenRun("a") }),
  lstsq: rule(leastSquares, kept("a"), { requires: realWhenRun("a") }),
  inner: rule(inner, promoted("x1", "x2")),
  vdot: rule(() => new Shape([]), promoted("x1", "x2"), { requires: sameCount("x1", "x2") }),
  kron: rule(kronecker, promoted("x1", "x2")),
  cdist: rule(distances, floating("x"), { type: "CDist" }),
};
