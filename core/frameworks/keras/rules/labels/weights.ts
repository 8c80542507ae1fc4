import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg } from "../../../../interpreter/values.ts";
import { provablyClash } from "../../../../tensor/broadcast.ts";
import { type Dim, printDim, product, provablyEqual } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import { isElementwise } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
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
    repairs: step?.repairs ?? reshaped(weights, values),
  });
  return false;
}

function reshaped({ shape, origin }: Ranked, values: Shape): readonly Repair[] {
  const sample: readonly Dim[] = values.dims.slice(1);
  const count = product(sample);
  const present = product(shape.dims.slice(1));
  if (origin === undefined || typeof count !== "number" || present === undefined || !provablyEqual(count, present))
    return [];
  const text = `.reshape(-1${sample.map((it: Dim) => `, ${printDim(it)}`).join("")})`;
  return [{ title: text.slice(1), preferred: true, edits: [{ place: origin, text, form: "behind" }] }];
}
