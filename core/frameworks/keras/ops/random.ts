import { isConflict, type ShapeResult } from "../../../tensor/conflict.ts";
import { isInteger } from "../../../tensor/dtype.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { SizeFacts } from "../../operation/operand.ts";
import type { Reader } from "../../operation/reader.ts";
import { along, broadcasted, conflict, filled, like, withRank } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { all, droppable, listedSizes, wholeSizes } from "./demands.ts";
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
  return dtype !== undefined && (isInteger(dtype) || dtype === "bool") ? conflict("dtype-fits", dtype) : undefined;
};

const sized = all(listedSizes, wholeSizes("shape"));
/** What the numbers are drawn by fills the shape, in its own type. */
const ofOthers =
  (...names: readonly string[]): ShapeRule =>
  (a) => {
    const given = names.filter((name) => !a.operand(name).isNumber && a.has(name));
    const asked = a.has("dtype") ? a.type("dtype", undefined) : undefined;
    const odd = given
      .map((name) => a.dtype(name))
      .find((it) => it !== undefined && asked !== undefined && it !== asked);
    if (odd !== undefined && names.includes("alpha")) return conflict("dtype-fits", odd);
    const isMixed = names.some((name) => a.operand(name).isNumber);
    if (given.length > 0 && (a.has("dtype") || isMixed || names.some((name) => !a.has(name))))
      return a.doubts("tensors of another type, or of another shape");
    const said = filled()(a) as ShapeResult;
    const whole = isConflict(said) ? said : broadcasted([said, ...given.map((name) => a.shape(name))]);
    if (isConflict(whole) || isConflict(said) || !hasRank(whole) || !hasRank(said)) return whole;
    return printShape(whole) === printShape(said)
      ? said
      : conflict("shapes-equal", `${printShape(whole)} for ${printShape(said)}`);
  };

/** TensorFlow takes chances in a tensor only for counts in one. */
const tensorFirst = (a: Reader) =>
  a.operand("counts").isNumber && a.operand("probabilities").tensor !== undefined
    ? conflict("operands-are-tensors", "counts")
    : undefined;

/** keras.random */
export const RANDOM: Rules = {
  ...each("normal uniform truncated_normal", filled(), given("float32"), { requires: all(sized, fractions) }),
  ...each("gamma beta", ofOthers("alpha", "beta"), given("float32"), { requires: all(sized, fractions) }),
  binomial: rule(ofOthers("counts", "probabilities"), given("float32"), { requires: all(sized, tensorFirst) }),
  randint: rule(filled(), given("int32"), {
    facts: drawn("minval", "maxval"),
    requires: all(sized, (a) => {
      const dtype = a.type("dtype", "int32");
      if (dtype !== undefined && !isInteger(dtype)) return conflict("dtype-fits", dtype);
      return ["minval", "maxval"].some((it) => a.value(it).kind === "float")
        ? conflict("dtype-fits", "float")
        : undefined;
    }),
  }),
  shuffle: rule((a) => (a.has("axis") ? along()(a) : a.doubts("no axis")), kept()),
  dropout: rule(like("inputs"), kept("inputs"), { requires: droppable }),
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
