import { Shape } from "../../../tensor/shape.ts";
import type { SizeFacts } from "../../operation/operand.ts";
import type { Reader } from "../../operation/reader.ts";
import { filled, like, withRank } from "../../operation/shapes.ts";
import { given, kept } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

/** Whole numbers of [low, high). */
export const drawn =
  (low: string, high: string) =>
  (a: Reader): SizeFacts | undefined => {
    const [from, to] = [a.number(low), a.number(high)];
    return from !== undefined && to !== undefined && to > from ? { range: [from, to - 1] } : undefined;
  };

/** keras.random */
export const RANDOM: Rules = {
  ...each("normal uniform truncated_normal gamma beta binomial", filled(), given("float32")),
  randint: rule(filled(), given("int32"), { facts: drawn("minval", "maxval") }),
  shuffle: rule(like(), kept()),
  dropout: rule(like("inputs"), kept("inputs")),
  categorical: rule(
    (a) => withRank(a.shape("logits"), (it) => new Shape([it.batch, a.size("num_samples")])),
    given("int32"),
  ),
};
