import { isInteger } from "../../../tensor/dtype.ts";
import { printShape, Shape } from "../../../tensor/shape.ts";
import type { SizeFacts } from "../../operation/operand.ts";
import type { Reader } from "../../operation/reader.ts";
import { conflict, filled, like, withRank } from "../../operation/shapes.ts";
import { given, kept } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

/** Whole numbers of [low, high). */
export const drawn =
  (low: string, high: string) =>
  (a: Reader): SizeFacts | undefined => {
    const [from, to] = [a.number(low), a.number(high)];
    return from !== undefined && to !== undefined && to > from ? { range: [from, to - 1] } : undefined;
  };

/** Numbers with a fraction have no form among the whole ones. */
const fractions = (a: Reader) => {
  const dtype = a.type("dtype", undefined);
  return dtype !== undefined && isInteger(dtype) ? conflict("dtype-fits", dtype) : undefined;
};

/** keras.random */
export const RANDOM: Rules = {
  ...each("normal uniform truncated_normal", filled(), given("float32"), { requires: fractions }),
  ...each("gamma beta binomial", filled(), given("float32")),
  randint: rule(filled(), given("int32"), { facts: drawn("minval", "maxval") }),
  shuffle: rule(like(), kept()),
  dropout: rule(like("inputs"), kept("inputs")),
  categorical: rule(
    (a) =>
      withRank(a.shape("logits"), (it) =>
        it.rank === 2
          ? new Shape([it.batch, a.size("num_samples")])
          : conflict("rank-is", `${printShape(it)}, where a row of logits for each sample is wanted`),
      ),
    given("int32"),
  ),
};
