import { itemsOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Arg, TensorValue, Value } from "../../../../interpreter/values.ts";
import { printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { listOfNamed } from "../data/inputs.ts";
import { otherSizes, type WrongStep } from "../data/steps.ts";
import type { Feed } from "../feed.ts";
import { besides } from "../related.ts";

/**
 * Whether there are labels for each output, and a weight for each sample, where weights are given. What is wrong is
 * said.
 */
export function countsAgree(
  m: Machine,
  data: readonly TensorValue[],
  labels: readonly TensorValue[],
  outputs: readonly TensorValue[],
  { rows }: Feed,
  args: Readonly<Record<string, Arg>>,
  loss: Value | undefined,
): boolean {
  const { y, sample_weight: weights } = args;
  const say = (arg: Arg | undefined, message: string, made?: Partial<WrongStep>): false => {
    const place = made?.place ?? arg?.place ?? m.here;
    const related = besides(place, [{ place: m.here, message: "Keras raises here" }]);
    m.report({ code: "label-shape", severity: "error", place, message, related, repairs: made?.repairs ?? [] });
    return false;
  };
  const isForOne = labels.length === 1 && y?.value.kind === "tensor" && !labels.some((it) => it.assumed);
  if (outputs.length > 1 && isForOne && !hasOneLoss(m, loss))
    return say(y, `The model has ${outputs.length} outputs, and labels are given for one: a list has them for each`, {
      ...(labels[0] && { repairs: listOfNamed(m, labels[0], y, outputs, data) }),
    });
  const sample = data[0]?.shape;
  if (rows !== undefined || sample === undefined || weights?.value.kind !== "tensor") return true;
  const given = weights.value.shape;
  if (!hasRank(sample) || !hasRank(given) || given.rank === 0) return true;
  if (!provablyDifferent(sample.batch, given.batch)) return true;
  const made = otherSizes(m, weights.value, given.withBatch(sample.batch));
  const message = `There are ${printDim(sample.batch)} samples and ${printDim(given.batch)} weights for them`;
  const { origin } = weights.value;
  return say(weights, message, made ?? (origin && { place: origin }));
}

/** One array of labels is enough where the other outputs have `None` for a loss, or none is said. */
function hasOneLoss(m: Machine, loss: Value | undefined): boolean {
  const items = loss === undefined ? undefined : itemsOf(m, loss);
  return items !== undefined && items.filter(({ kind }) => kind !== "none").length < 2;
}
