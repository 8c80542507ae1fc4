import { minimum } from "../../../tensor/dim.ts";
import { hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { like, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { floated, type Lines, line, mapped, same } from "../rules.ts";

/** `numpy.linalg`: of matrices in the last two axes. */

const real: DTypeRule = mapped((it) => (it === "bool" || it.includes("int") ? "float64" : floated(it)), same("a"));
const matrix =
  (rule: (front: Shape, rows: Shape["dims"][number], columns: Shape["dims"][number]) => readonly Shape[]): ShapeRule =>
  (a) => {
    const shape = a.shape("a");
    if (!hasRank(shape) || shape.rank < 2) {
      a.doubts(hasRank(shape) ? "no matrix" : shape.reason);
      return unknownRank("no matrix");
    }
    const made = rule(shape.slice(0, -2), shape.at(-2), shape.at(-1));
    const [only] = made;
    return made.length === 1 && only !== undefined ? only : made;
  };

export const LINALG: Lines = {
  inv: line("a", like("a"), real),
  pinv: line("a, rcond=None, hermitian=False", (a) => withRank(a.shape("a"), swapped), real),
  det: line(
    "a",
    matrix((front) => [front]),
    real,
  ),
  cholesky: line("a", like("a"), real),
  qr: line(
    "a, mode='reduced'",
    matrix((front, m, n) => [front.concat([m, minimum(m, n)]), front.concat([minimum(m, n), n])]),
    real,
    { yields: ["Q", "R"] },
  ),
  eigh: line(
    "a, UPLO='L'",
    matrix((front, _, n) => [front.concat([n]), front.concat([n, n])]),
    real,
    {
      yields: ["eigenvalues", "eigenvectors"],
    },
  ),
  eigvalsh: line(
    "a, UPLO='L'",
    matrix((front, _, n) => [front.concat([n])]),
    real,
  ),
  matrix_power: line("a, n", like("a"), same("a")),
  solve: line("a, b", like("b"), real),
};
const swapped = (it: Shape): Shape => (it.rank < 2 ? it : new Shape([...it.slice(0, -2), it.at(-1), it.at(-2)]));
