import { type Dim, minimum, provablyDifferent } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, isOther, printShape, type Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { broadcasted, conflict, isConflict, like, ofMatrix, reduce, scalar, withRank } from "../../operation/shapes.ts";
import type { ShapeRule, Shapes } from "../../operation.ts";
import { always, each, isReal, type Lines, line, meeting, same, together, unlessArray } from "../rules.ts";
import { lastTwoSwapped, squareMatrix } from "./math.ts";
import { complexOf, isComplexTensor, realOf } from "./signal.ts";

/** tf.linalg: systems of equations and what matrices are taken apart into. Products of matrices are in math.ts. */

const batch = (it: Shape): Shape => it.slice(0, -2);

/** Of a·x = b, the shape of b; where `stretches`, the batches of the two need only go together. */
const solved =
  (left: string, { isSquare = true, stretches = true } = {}): ShapeRule =>
  (a) => {
    const [m, rhs] = [a.shape(left), a.shape("rhs")];
    if (!hasRank(m) || !hasRank(rhs)) return hasRank(m) ? rhs : m;
    const both = `${printShape(m)} and ${printShape(rhs)}`;
    if (m.rank < 2 || rhs.rank < 2) return conflict("rank-at-least", `${both}, where a matrix has 2`);
    if (isSquare && provablyDifferent(m.last, m.at(-2))) return conflict("matrix-square", printShape(m));
    if (provablyDifferent(rhs.at(-2), m.at(-2))) return conflict("inner-axes-equal", both);
    if (!stretches && m.rank !== rhs.rank) return conflict("shapes-equal", both);
    const outer = broadcasted([batch(m), batch(rhs)]);
    return isConflict(outer) ? outer : withRank(outer, (it) => it.concat([m.last, rhs.last]));
  };
/** Singular values first, and V is not lastTwoSwapped over. */
const singular = (it: Shape, a: Reader): Shapes => {
  const [rows, columns]: readonly [Dim, Dim] = [it.at(-2), it.last];
  const least = minimum(rows, columns);
  const values = batch(it).concat([least]);
  if (!a.flag("compute_uv")) return values;
  const full = a.flag("full_matrices");
  return [values, batch(it).concat([rows, full ? rows : least]), batch(it).concat([columns, full ? columns : least])];
};
const orthogonal = (it: Shape, a: Reader): Shapes => {
  const size = a.flag("full_matrices") ? it.at(-2) : minimum(it.at(-2), it.last);
  return [batch(it).concat([it.at(-2), size]), batch(it).concat([size, it.last])];
};
const onlyMain = (a: Reader): void => {
  if (a.value("k").kind !== "int" || a.integer("k") !== 0) a.doubts("other diagonals are not followed");
};
const DIAGONALS = "k=0, padding_value=0, align='RIGHT_LEFT'";
const normalised: ShapeRule = (a) => {
  const kept = reduce("tensor")(a) as AnyShape;
  const whole = a.shape("tensor");
  const rank = hasRank(whole) ? whole.rank : 0;
  if ("conflict" in kept) return kept;
  // The norms keep the axes that they are taken over.
  const axes = (a.axes("axis") ?? [...Array(rank).keys()]).map((it) => (it < 0 ? it + rank : it));
  return [whole, withRank(whole, (it) => it.map((dim, i) => (axes.includes(i) ? 1 : dim)))] as readonly AnyShape[];
};
const real = (name: string) => ({ requires: isReal(name) });
const pairTogether = (x: string, y: string) => ({ requires: meeting(x, y) });

type OfType = (dtype: DType | undefined) => DType | undefined;
/** The eigenvalues of square matrices with their vectors, and by themselves. */
const eigen = (both: string, alone: string, value: OfType, vector: OfType): Lines => ({
  [both]: line(
    "tensor",
    squareMatrix("tensor", (it) => [it.slice(0, -1), it]),
    (a) => [value(a.dtype("tensor")), vector(a.dtype("tensor"))],
    { ...real("tensor"), yields: ["e", "v"] },
  ),
  [alone]: line(
    "tensor",
    squareMatrix("tensor", (it) => it.slice(0, -1)),
    (a) => value(a.dtype("tensor")),
    real("tensor"),
  ),
});

export const DECOMPOSITIONS: Lines = {
  solve: line(
    "matrix, rhs, adjoint=False",
    solved("matrix", { stretches: false }),
    together("matrix", "rhs"),
    pairTogether("matrix", "rhs"),
  ),
  triangular_solve: line(
    "matrix, rhs, lower=True, adjoint=False",
    solved("matrix"),
    together("matrix", "rhs"),
    pairTogether("matrix", "rhs"),
  ),
  cholesky_solve: line("chol, rhs", solved("chol"), together("chol", "rhs"), pairTogether("chol", "rhs")),
  lstsq: line(
    "matrix, rhs, l2_regularizer=0.0, fast=True",
    solved("matrix", { isSquare: false }),
    together("matrix", "rhs"),
    pairTogether("matrix", "rhs"),
  ),
  svd: line("tensor, full_matrices=False, compute_uv=True", ofMatrix("tensor", singular), singularType, {
    ...real("tensor"),
    yields: "tuple",
  }),
  qr: line("input, full_matrices=False", ofMatrix("input", orthogonal), same("input"), {
    ...real("input"),
    yields: ["q", "r"],
  }),
  ...eigen("eigh", "eigvalsh", realOf, (dtype) => dtype),
  ...eigen("eig", "eigvals", complexOf, complexOf),
  lu: line(
    "input, output_idx_type='int32'",
    squareMatrix("input", (it) => [it, it.slice(0, -1)]),
    (a) => [a.dtype("input"), a.has("output_idx_type") ? a.type("output_idx_type", undefined) : "int32"],
    { ...real("input"), yields: ["lu", "p"] },
  ),
  logdet: line("matrix", squareMatrix("matrix", batch), same("matrix"), real("matrix")),
  slogdet: line(
    "input",
    squareMatrix("input", (it) => [batch(it), batch(it)]),
    same("input"),
    {
      ...real("input"),
      yields: ["sign", "log_abs_determinant"],
    },
  ),
  ...each("expm sqrtm", "input", squareMatrix("input"), same("input"), real("input")),
  logm: line("input", squareMatrix("input"), same("input"), { requires: isComplexTensor("input") }),
  pinv: line("a, rcond=None, validate_args=False", ofMatrix("a", lastTwoSwapped), same("a"), real("a")),
  adjoint: line("matrix", ofMatrix("matrix", lastTwoSwapped), same("matrix")),
  matrix_rank: line("a, tol=None, validate_args=False", ofMatrix("a", batch), always("int32"), {
    requires: unlessArray("a", isReal("a")),
  }),
  diag_part: line(
    `input, name='diag_part', ${DIAGONALS}`,
    ofMatrix("input", (it, a) => {
      onlyMain(a);
      return batch(it).concat([minimum(it.at(-2), it.last)]);
    }),
    same("input"),
  ),
  set_diag: line(
    "input, diagonal, name='set_diag', k=0, align='RIGHT_LEFT'",
    ofMatrix("input", (it, a) => {
      onlyMain(a);
      const [diagonal, wanted] = [a.shape("diagonal"), it.slice(0, -2).concat([minimum(it.at(-2), it.last)])];
      const fits = !hasRank(diagonal) || !isOther(diagonal, wanted);
      return fits ? it : conflict("shapes-equal", `${printShape(diagonal)} and ${printShape(wanted)}`);
    }),
    same("input"),
    pairTogether("input", "diagonal"),
  ),
  tensor_diag_part: line(
    "input",
    (a) =>
      withRank(a.shape("input"), (it) => {
        if (it.rank % 2 === 1 || it.rank === 0) return conflict("rank-is", printShape(it));
        const [rows, columns] = [it.slice(0, it.rank / 2), it.slice(it.rank / 2)];
        return isOther(rows, columns) ? conflict("matrix-square", printShape(it)) : rows;
      }),
    same("input"),
  ),
  normalize: line("tensor, ord='euclidean', axis=None", normalised, same("tensor"), {
    ...real("tensor"),
    yields: "tuple",
  }),
  global_norm: line("t_list", scalar, (a) => a.library.promoted(a.operands("t_list"))),
  tridiagonal_matmul: line("diagonals, rhs, diagonals_format='compact'", like("rhs"), together("diagonals", "rhs")),
};
/** Singular values are real. */
function singularType(a: Reader) {
  const dtype = a.dtype("tensor");
  return a.flag("compute_uv") ? [realOf(dtype), dtype, dtype] : realOf(dtype);
}
