import type { Arg } from "../../../../interpreter/values.ts";
import { provablyClash } from "../../../../tensor/broadcast.ts";
import { printShape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { isElementwise } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import { reshapedTo } from "../data/reshape.ts";
import { wrongStep } from "../data/steps.ts";
import { besides } from "../related.ts";
import { sameRank } from "./mismatch.ts";

/**
 * Weights of samples are multiplied with what the loss gives, which has no last axis any more; broadcast from the last
 * axis, the batch among them. Says whether they go together.
 * Source: `reduce_weighted_values` in keras.src.losses.loss.
 */
export function checkWeights({ m, args, label, output, loss, count, batch, place }: Meeting): boolean {
  const arg: Arg | undefined = args["sample_weight"];
  const weights = arg?.value;
  if (weights?.kind !== "tensor" || weights.assumed || !isRanked(weights) || count > 1 || loss === undefined)
    return true;
  const isSparse = loss.name === "sparse_categorical_crossentropy";
  if (!isSparse && !isElementwise(loss.name) && !/^(?:binary|categorical)_crossentropy$/.test(loss.name)) return true;
  const scores = isSparse ? output.shape : sameRank(label.shape, output.shape)[1];
  if (scores.rank < 2 || weights.shape.rank === 0) return true;
  const values = scores.slice(0, -1);
  const [given, wanted] = sameRank(weights.shape.withBatch(batch), values.withBatch(batch));
  const axes = Array.from({ length: Math.min(given.rank, wanted.rank) }, (_, i) => -1 - i);
  if (!axes.some((axis) => provablyClash(given.at(axis), wanted.at(axis)))) return true;
  const fresh = values.withBatch(label.shape.batch);
  const step = wrongStep(m, weights, fresh);
  const at = step?.place ?? weights.origin ?? arg?.place ?? place;
  m.report({
    code: "label-shape",
    severity: "error",
    place: at,
    message:
      `The weights of samples are ${printShape(weights.shape)}, and ${loss.name} gives a number for each of ` +
      printShape(fresh),
    related: besides(at, [{ place, message: "Keras raises here" }]),
    repairs: step?.repairs ?? reshapedTo(weights, values),
  });
  return false;
}
