import { isUnknown } from "../../../tensor/dim.ts";
import { hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { kept } from "../../operation/facts.ts";
import { range, rangeFacts, spaced, spacedFacts } from "../../operation/ranges.ts";
import { filled, like, square } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { each, given, type Lines, line, same } from "../rules.ts";

const NAMES = { start: "start", stop: "stop", step: "step" };
const ends: DTypeRule = (a) =>
  a.library.concrete(["start", "stop", "step"].filter((name) => a.has(name)).flatMap((name) => a.operand(name).leaves));
/** Of objects it may be made where its items are of unlike lengths: then it is a row of them. */
const stacked =
  (name: string): ShapeRule =>
  (a) => {
    const shape = a.shape(name);
    const isPlain = !a.has("dtype") || a.type("dtype", undefined) !== undefined || !hasRank(shape);
    return isPlain || !shape.dims.slice(1).some(isUnknown) ? shape : unknownRank("whether its items are of one length");
  };
const LIKE = "a, dtype=None, order='K', subok=True, shape=None, *, device=None";
const anew: ShapeRule = (a) => (a.has("shape") ? new Shape(a.sizes("shape")) : a.shape("a"));
const NEW = "shape, dtype=None, order='C', *, device=None, like=None";
/** Arrays out of nothing, or of other values. */
export const CREATION: Lines = {
  ...each(
    "array asfarray",
    "object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None",
    stacked("object"),
    given(same("object")),
    { facts: kept("object") },
  ),
  ...each(
    "asarray asanyarray",
    "a, dtype=None, order=None, *, device=None, copy=None, like=None",
    stacked("a"),
    given(same("a")),
    { facts: kept("a") },
  ),
  ascontiguousarray: line("a, dtype=None, *, like=None", like("a"), given(same("a")), { facts: kept("a") }),
  copy: line("a, order='K', subok=False", like("a"), same("a"), { facts: kept("a") }),
  ...each("zeros ones empty", NEW, filled(), given("float64")),
  full: line(
    "shape, fill_value, dtype=None, order='C', *, device=None, like=None",
    filled(),
    given(same("fill_value")),
  ),
  ...each("zeros_like ones_like empty_like", LIKE, anew, given(same("a"))),
  full_like: line(`a, fill_value, ${LIKE.slice(3)}`, anew, given(same("a"))),
  eye: line("N, M=None, k=0, dtype=None, order='C', *, device=None, like=None", square(), given("float64")),
  tri: line("N, M=None, k=0, dtype=None, *, like=None", square(), given("float64")),
  identity: line("n, dtype=None, *, like=None", (a) => new Shape([a.size("n"), a.size("n")]), given("float64")),
  arange: line("start, stop=None, step=None, dtype=None, *, device=None, like=None", range(NAMES, false), given(ends), {
    facts: rangeFacts(NAMES),
  }),
  linspace: line(
    "start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None",
    spaced,
    given("float64"),
    { facts: spacedFacts() },
  ),
  logspace: line("start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0", spaced, given("float64")),
  geomspace: line("start, stop, num=50, endpoint=True, dtype=None, axis=0", spaced, given("float64")),
};
