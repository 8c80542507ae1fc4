import { product, provablyDifferent, times } from "../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { conflict, dot, einsumOf, matmul, tensordot, withRank } from "../../operation/shapes.ts";
import { type Lines, least, line, ofAll, TWO, together } from "../rules.ts";

const both = together("x1", "x2");

/** Sums over shared axes. */
export const CONTRACTION: Lines = {
  matmul: line(TWO, matmul(), both),
  dot: line("a, b, out=None", dot("a", "b"), together("a", "b")),
  inner: line(
    "a, b",
    (a) => {
      const [x, y] = [a.shape("a"), a.shape("b")];
      if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
      if (x.rank === 0 || y.rank === 0) return x.rank === 0 ? y : x;
      if (provablyDifferent(x.last, y.last))
        return conflict("inner-axes-equal", `${printShape(x)} and ${printShape(y)}`);
      return x.slice(0, -1).concat(y.slice(0, -1));
    },
    together("a", "b"),
  ),
  outer: line(
    "a, b, out=None",
    (a) => withRank(a.shape("a"), (x) => withRank(a.shape("b"), (y) => new Shape([product(x), product(y)]))),
    together("a", "b"),
  ),
  tensordot: line("a, b, axes=2", tensordot("a", "b", "axes"), together("a", "b")),
  einsum: line(
    "subscripts, *operands, out=None, optimize=False, **kwargs",
    einsumOf("subscripts", "operands"),
    ofAll("operands"),
  ),
  kron: line(
    "a, b",
    (a) =>
      withRank(a.shape("a"), (x) =>
        withRank(a.shape("b"), (y) => {
          const rank = Math.max(x.rank, y.rank);
          const [p, q] = [least(rank)(x), least(rank)(y)];
          return p.map((dim, i) => times(dim, q.at(i)));
        }),
      ),
    together("a", "b"),
  ),
};
