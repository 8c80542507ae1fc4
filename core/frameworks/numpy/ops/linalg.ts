import { minimum, provablyDifferent, unknown } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { conflict, like, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { always, floated, type Lines, line, mapped, same } from "../rules.ts";

/** `numpy.linalg`: of matrices in the last two axes. */

const real: DTypeRule = mapped((it) => (it === "bool" || it.includes("int") ? "float64" : floated(it)), same("a"));
const matrix =
  (rule: (front: Shape, rows: Shape["dims"][number], columns: Shape["dims"][number]) => readonly Shape[]): ShapeRule =>
  (a) => {
    const shape = a.shape("a");
    if (!hasRank(shape)) return a.doubts(shape.reason);
    if (shape.rank < 2) return conflict("rank-at-least", `${printShape(shape)}, where a matrix has 2`);
    const made = rule(shape.slice(0, -2), shape.at(-2), shape.at(-1));
    const [only] = made;
    return made.length === 1 && only !== undefined ? only : made;
  };

const square =
  (rule: ShapeRule): ShapeRule =>
  (a) => {
    const shape = a.shape("a");
    if (!hasRank(shape)) return rule(a);
    if (shape.rank < 2) return conflict("rank-at-least", `${printShape(shape)}, where a matrix has 2`);
    return provablyDifferent(shape.at(-2), shape.last) ? conflict("matrix-square", printShape(shape)) : rule(a);
  };
const singular: ShapeRule = (a) => {
  const full = a.flag("full_matrices");
  return matrix((front, m, n) => {
    const least = minimum(m, n);
    const values = front.concat([least]);
    if (!a.flag("compute_uv")) return [values];
    return [front.concat([m, full ? m : least]), values, front.concat([full ? n : least, n])];
  })(a);
};
const leastSquares: ShapeRule = (a) => {
  const b = a.shape("b");
  const residuals = new Shape([unknown("one for each column, or none")]);
  return matrix((_, m, n) => [
    hasRank(b) && b.rank === 1 ? new Shape([n]) : new Shape([n, hasRank(b) ? b.last : unknown(b.reason)]),
    residuals,
    new Shape([]),
    new Shape([minimum(m, n)]),
  ])(a);
};

export const LINALG: Lines = {
  inv: line("a", square(like("a")), real),
  pinv: line(
    "a, rcond=None, hermitian=False",
    matrix((front, m, n) => [front.concat([n, m])]),
    real,
  ),
  det: line("a", square(matrix((front) => [front])), real),
  cholesky: line("a, /, *, upper=False", square(like("a")), real),
  qr: line(
    "a, mode='reduced'",
    matrix((front, m, n) => [front.concat([m, minimum(m, n)]), front.concat([minimum(m, n), n])]),
    real,
    { yields: ["Q", "R"] },
  ),
  eigh: line("a, UPLO='L'", square(matrix((front, _, n) => [front.concat([n]), front.concat([n, n])])), real, {
    yields: ["eigenvalues", "eigenvectors"],
  }),
  eigvalsh: line("a, UPLO='L'", square(matrix((front, _, n) => [front.concat([n])])), real),
  matrix_power: line("a, n", square(like("a")), same("a")),
  solve: line("a, b", square(like("b")), real),
  svd: line("a, full_matrices=True, compute_uv=True, hermitian=False", singular, real, { yields: ["U", "S", "Vh"] }),
  // Real or complex by the values.
  eig: line("a", square(matrix((front, _, n) => [front.concat([n]), front.concat([n, n])])), () => undefined, {
    yields: ["eigenvalues", "eigenvectors"],
  }),
  eigvals: line("a", square(matrix((front, _, n) => [front.concat([n])])), () => undefined),
  slogdet: line("a", square(matrix((front) => [front, front])), real, { yields: ["sign", "logabsdet"] }),
  lstsq: line(
    "a, b, rcond=None",
    leastSquares,
    (a) => [real(a) as DType | undefined, real(a) as DType | undefined, "int32", real(a) as DType | undefined],
    { yields: "tuple" },
  ),
  matrix_rank: line(
    "A, tol=None, hermitian=False",
    (a) =>
      withRank(a.shape("A"), (it) => (it.rank < 2 ? a.doubts("of a vector it is a plain number") : it.slice(0, -2))),
    always("int64"),
  ),
};
