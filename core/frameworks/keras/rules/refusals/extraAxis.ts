import { provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { saidBy } from "../data/source.ts";
import { sameSample } from "../data/steps.ts";
import { dataInSight } from "./dataInSight.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/** The shape that was said of a sample begins with an axis of 1, as one sample with its batch has: that goes. */
export function extraAxis({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || input === undefined || !hasRank(input.shape)) return undefined;
  const said = input.shape;
  const maker = makerOf(m, input);
  if (input.shape.rank - 1 !== rank || !provablyEqual(input.shape.at(1), 1)) return undefined;
  if (maker?.declared !== "InputLayer" || dataInSight(m).some(({ shape }) => sameSample(shape, said))) return undefined;
  const source = saidBy(m, maker) ?? saidBy(m, record);
  const sample = new Shape(input.shape.dims.slice(2));
  if (source === undefined) return undefined;
  return {
    place: source.placeFor(sample),
    message: `${violation.message}: a sample without its batch is ${printShape(sample)}`,
    repairs: source.rewrite(sample),
  };
}
