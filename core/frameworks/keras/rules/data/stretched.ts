import { hasRank, printShape } from "../../../../tensor/shape.ts";
import type { Misfit } from "./misfit.ts";
import { isElement, isOneSample, newAxis } from "./oneSample.ts";

/**
 * `missing-batch-axis`: one sample, without a batch, of an array that would fit. Keras gives it a last axis of one,
 * takes its first axis for the batch, and answers for each of its steps.
 */
export function warnOfStretched({ m, record, input, tensor, given }: Misfit): void {
  const [wanted, found] = [input.shape, tensor.shape];
  if (given.isFeed || given.assumed || !hasRank(wanted) || !hasRank(found) || wanted.rank < 3) return;
  if (wanted.last !== 1 || !isOneSample(wanted, found) || !isElement(m, tensor, wanted)) return;
  const text = `${record.name} expects ${printShape(wanted)}, and this is ${printShape(found)}`;
  m.report({
    code: "missing-batch-axis",
    severity: "warning",
    place: given.arg?.place ?? given.place,
    message: `${text}, one sample without a batch axis: Keras takes it for ${String(found.batch)} samples`,
    related: [],
    repairs: newAxis(given),
  });
}
