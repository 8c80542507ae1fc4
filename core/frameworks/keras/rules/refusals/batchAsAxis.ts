import { provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { saidBy } from "../data/source.ts";
import { sameSample } from "../data/steps.ts";
import { dataInSight } from "./dataInSight.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/**
 * A layer is told a sample of one axis more than it reads, and behind that axis stands the sample of data in sight:
 * what was said holds the batch. No data need be in sight where the axis is 1, or for a recurrent layer, which has no
 * sister for more axes.
 */
export function batchAsAxis({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const shape = tensors[0]?.shape;
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || shape === undefined || !hasRank(shape)) return undefined;
  if (rank === undefined || shape.rank !== rank + 1) return undefined;
  const maker = makerOf(m, tensors[0]);
  const source = maker?.declared === "InputLayer" ? (saidBy(m, maker) ?? saidBy(m, record)) : undefined;
  if (source === undefined) return undefined;
  const [said, sample] = [new Shape(shape.dims.slice(1)), new Shape(shape.dims.slice(2))];
  const data = dataInSight(m).filter((it) => it.shape.rank === rank);
  const isSeen = data.some((it) => sample.dims.every((dim, i) => provablyEqual(dim, it.shape.at(i + 1))));
  const isOne = provablyEqual(said.at(0), 1) && !dataInSight(m).some((it) => sameSample(it.shape, shape));
  const isRecurrent = rank === 3 && !/Conv|Pool/.test(record.declared ?? "");
  if (!isSeen && !isOne && !isRecurrent) return undefined;
  const [place, repairs] = [source.placeFor(sample), source.rewrite(sample)];
  const one = `${violation.message}: a sample without its batch is ${printShape(sample)}`;
  if (!isSeen && !isRecurrent) return { place, message: one, repairs };
  return { code: "batch-in-input-shape", place, message: `${one}, and ${printShape(said)} holds it`, repairs };
}
