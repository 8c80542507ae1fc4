import { hasRank, Shape } from "../../tensor/shape.ts";
import { kindsIn } from "../operation/facts.ts";
import { counted, type SizeFacts } from "../operation/operand.ts";
import type { Reader } from "../operation/reader.ts";
import { broadcast, withRank } from "../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../operation.ts";
import { given, type Lines, line, mapped, same } from "./rules.ts";

/** `size`, or else as the parameters broadcast. */
const sized =
  (...names: readonly string[]): ShapeRule =>
  (a) =>
    a.has("size") ? new Shape(a.sizes("size")) : broadcast(...names)(a);
/** Each argument is one size. */
const spread: ShapeRule = (a) => {
  const value = a.value("dims");
  if (value.kind !== "tuple") {
    a.doubts("the sizes are not known");
    return new Shape([]);
  }
  return new Shape(a.sizes("dims"));
};
/** Whole numbers of [low, high), or of [0, low). */
const drawn = (a: Reader): SizeFacts | undefined => {
  const [low, high] = [a.number("low"), a.number("high")];
  if (low === undefined) return undefined;
  if (!a.has("high")) return { range: [0, low - 1] };
  return high === undefined ? undefined : { range: [low, high - 1] };
};
/** Up to where `integers` draws, which may be its end itself. */
const drawnTo = (a: Reader): SizeFacts | undefined => {
  const { range } = drawn(a) ?? {};
  const endpoint = a.flag("endpoint");
  return range === undefined || endpoint === undefined ? undefined : { range: [range[0], range[1] + Number(endpoint)] };
};
/** Of even draws from so many: which numbers, and how many different ones as far as chance can tell. */
const drawnFrom = (a: Reader): SizeFacts | undefined => {
  if (a.has("p") || a.flag("replace") !== true || !a.has("size")) return undefined;
  const { shape, values, kinds: names } = a.operand("a");
  if (!hasRank(shape) || shape.rank > 1) return undefined;
  const [end] = values ?? [];
  if (shape.rank === 0) return end === undefined || end < 1 ? undefined : { range: [0, end - 1] };
  const { range, kinds = names } = values === undefined ? {} : counted(values);
  return kinds === undefined ? undefined : { range, kinds: kindsIn(new Shape(a.sizes("size")), [0, kinds - 1]) };
};
const chosenFrom: DTypeRule = (a) => a.dtype("a");
const chosen: ShapeRule = (a) => {
  const size = new Shape(a.has("size") ? a.sizes("size") : []);
  return withRank(a.shape("a"), (it) => (it.rank <= 1 ? size : size.concat(it.slice(1))));
};
const permuted: ShapeRule = (a) => withRank(a.shape("x"), (it) => (it.rank === 0 ? new Shape([a.size("x")]) : it));
const float: DTypeRule = () => "float64";

/** np.random, and the methods of its generators. */
export const RANDOM: Lines = {
  rand: line("*dims", spread, float),
  randn: line("*dims", spread, float),
  ...Object.fromEntries(
    ["random", "random_sample", "ranf", "sample"].map((name) => [
      name,
      line("size=None, dtype='float64', out=None", sized(), given("float64")),
    ]),
  ),
  randint: line("low, high=None, size=None, dtype='int64'", sized("low"), given("int64"), { facts: drawn }),
  integers: line("low, high=None, size=None, dtype='int64', endpoint=False", sized("low"), given("int64"), {
    facts: drawnTo,
  }),
  uniform: line("low=0.0, high=1.0, size=None", sized("low", "high"), float),
  normal: line("loc=0.0, scale=1.0, size=None", sized("loc", "scale"), float),
  laplace: line("loc=0.0, scale=1.0, size=None", sized("loc", "scale"), float),
  lognormal: line("mean=0.0, sigma=1.0, size=None", sized("mean", "sigma"), float),
  gamma: line("shape, scale=1.0, size=None", sized("shape", "scale"), float),
  beta: line("a, b, size=None", sized("a", "b"), float),
  exponential: line("scale=1.0, size=None", sized("scale"), float),
  standard_normal: line("size=None, dtype='float64', out=None", sized(), given("float64")),
  poisson: line("lam=1.0, size=None", sized("lam"), () => "int64"),
  binomial: line("n, p, size=None", sized("n", "p"), () => "int64"),
  choice: line("a, size=None, replace=True, p=None, axis=0, shuffle=True", chosen, chosenFrom, { facts: drawnFrom }),
  permutation: line(
    "x, axis=0",
    permuted,
    mapped((it) => it, same("x")),
  ),
  multivariate_normal: line(
    "mean, cov, size=None, check_valid='warn', tol=1e-08",
    (a) => withRank(a.shape("mean"), (it) => new Shape([...(a.has("size") ? a.sizes("size") : []), ...it])),
    float,
  ),
  triangular: line("left, mode, right, size=None", sized("left", "mode", "right"), float),
  geometric: line("p, size=None", sized("p"), () => "int64"),
  rayleigh: line("scale=1.0, size=None", sized("scale"), float),
  chisquare: line("df, size=None", sized("df"), float),
  multinomial: line(
    "n, pvals, size=None",
    (a) => withRank(a.shape("pvals"), (it) => new Shape([...(a.has("size") ? a.sizes("size") : []), ...it])),
    () => "int64",
  ),
  dirichlet: line(
    "alpha, size=None",
    (a) => withRank(a.shape("alpha"), (it) => new Shape([...(a.has("size") ? a.sizes("size") : []), ...it])),
    float,
  ),
};
