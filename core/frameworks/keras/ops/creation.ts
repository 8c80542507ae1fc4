import { isConflict, type ShapeResult } from "../../../tensor/conflict.ts";
import { provablyDifferent } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape } from "../../../tensor/shape.ts";
import { filledWith, kept as keptFacts } from "../../operation/facts.ts";
import { range, rangeFacts, spaced, spacedFacts } from "../../operation/ranges.ts";
import { broadcasted, conflict, filled, like, square } from "../../operation/shapes.ts";
import type { DTypeRule } from "../../operation.ts";
import { all, diagonalWithin, wholeSizes } from "./demands.ts";
import { given, kept, mapped, numbersWhenRun, toFloat } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

const NAMES = { start: "start", stop: "stop", step: "step" };
/** The type of the ends together. */
const rangeType: DTypeRule = (a) =>
  a.library.promoted(["start", "stop", "step"].filter((name) => a.has(name)).map((name) => a.operand(name)));

const floatOf = (dtype: DType | undefined): DType | undefined => dtype && toFloat(dtype);
/** Tensors out of nothing, or with the shape of another. */
export const CREATION: Rules = {
  zeros: rule(filled(), given("float32"), { facts: filledWith(0), requires: wholeSizes("shape") }),
  ones: rule(filled(), given("float32"), { facts: filledWith(1), requires: wholeSizes("shape") }),
  empty: rule(filled(), given("float32"), { requires: wholeSizes("shape") }),
  full: rule(
    (a) => {
      if (a.value("shape").kind === "int") return conflict("shape-is-list", "one number for a shape");
      const [made, value] = [filled()(a), a.shape("fill_value")];
      if (isConflict(made) || "length" in made || !hasRank(made) || !hasRank(value)) return made;
      const all = broadcasted([made, value]);
      // The value is stretched to the shape, and the shape to nothing.
      const fits =
        !isConflict(all) &&
        value.rank <= made.rank &&
        value.dims.every((it, i) => it === 1 || !provablyDifferent(it, made.at(i - value.rank)));
      return isConflict(all) ? all : fits ? made : a.doubts("a value that the shape does not hold");
    },
    given("float32"),
    { facts: filledWith("fill_value"), requires: wholeSizes("shape") },
  ),
  ...each("zeros_like empty_like", like(), given(kept())),
  ones_like: rule(like(), given(kept()), { requires: numbersWhenRun("x") }),
  full_like: rule((a) => {
    const [x, fill] = [a.shape("x"), a.shape("fill_value")];
    const all = broadcasted([x, fill]);
    if (!a.symbolic && isConflict(all)) return all;
    return hasRank(x) && hasRank(fill) && fill.rank > x.rank ? a.doubts("a value of more axes") : x;
  }, given(kept())),
  eye: rule(square("N", "M"), given("float32"), { requires: all(wholeSizes("N", "M"), diagonalWithin) }),
  tri: rule(square("N", "M"), given("float32"), { requires: wholeSizes("N", "M") }),
  identity: rule((a) => new Shape([a.size("n"), a.size("n")]), given("float32"), { requires: wholeSizes("n") }),
  arange: rule(range(NAMES, true), given(rangeType), { facts: rangeFacts(NAMES) }),
  linspace: rule(
    (a) => {
      const points = spaced(a);
      const step = broadcasted([a.shape("start"), a.shape("stop")]);
      if (isConflict(step)) return step;
      return !a.flag("retstep") || isConflict(points as ShapeResult) ? points : [points as AnyShape, step];
    },
    given(mapped(toFloat, "start", "stop")),
    { facts: spacedFacts(Math.fround), yields: "tuple" },
  ),
  geomspace: rule(spaced, (a) => floatOf(a.has("dtype") ? a.type("dtype", undefined) : a.dtype("start"))),
  logspace: rule(spaced, given(mapped(toFloat, "start", "stop"))),
  array: rule(like(), given(kept()), { facts: keptFacts() }),
  convert_to_tensor: rule(like(), given(kept()), { facts: keptFacts() }),
};
