import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, Repair } from "../../../../interpreter/record.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { lastStateOnly } from "../denseRepairs.ts";
import { besides } from "../related.ts";
import { pathTo } from "./path.ts";

/** One of the tensors of an operation keeps steps or rows, the others are one row a sample: its maker keeps them. */
export function tallOperand(m: Machine, fault: Fault, inputs: readonly TensorValue[]): Fault | undefined {
  const ranked = inputs.filter(isRanked);
  const [tall, ...more] = ranked.filter(({ shape }) => shape.rank > 2 && shape.rank < 6);
  const lows = ranked.filter(({ shape }) => shape.rank === 2);
  if (tall === undefined || more.length > 0 || lows.length !== inputs.length - 1) return undefined;
  const [maker] = pathTo(m, tall);
  if (maker === undefined) return undefined;
  const last = lastStateOnly(maker);
  const layers = [`GlobalAveragePooling${tall.shape.rank - 2}D()`, "Flatten()"];
  const inserts = layers.map((text, i): Repair => {
    const edits = [{ place: maker.place, text, form: "layer after" }];
    return { title: `${text} behind it`, preferred: i === 0 && last === undefined, edits };
  });
  const place = last?.edits[0]?.place ?? maker.place;
  const related = besides(place, [{ place: fault.place, message: "Keras raises here" }, ...fault.related]);
  return { ...fault, place, related, repairs: [...(last === undefined ? [] : [last]), ...inserts, ...fault.repairs] };
}
