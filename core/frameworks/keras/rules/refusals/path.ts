import type { Machine } from "../../../../interpreter/machine.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { identicalShapes } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { type Made, madeBy, sourcesOf } from "../../runtime/graph.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";

/** How a symbolic tensor came to be. */

const FAR = 12;

/** The layers that a tensor went through one after the other, the last first. */
export function pathTo(m: Machine, tensor: TensorValue): readonly LayerRecord[] {
  const path: LayerRecord[] = [];
  for (let at: TensorValue | undefined = tensor; at !== undefined && path.length < FAR; ) {
    const made: Made | undefined = madeBy(m, at);
    const record = recordOf(m, made?.layer);
    const [only]: readonly TensorValue[] = made === undefined ? sourcesOf(m, at) : [];
    // An operation element by element leaves the axes as they are.
    if (made === undefined && only !== undefined && sourcesOf(m, at).length === 1 && isAlike(only, at)) {
      at = only;
      continue;
    }
    if (made === undefined || record === undefined || record.declared === "InputLayer") break;
    // A model inside ends as its last layer does.
    const last = record.model?.kind === "sequential" ? recordOf(m, record.model.layers.at(-1)) : undefined;
    path.push(last ?? record);
    at = made.inputs.length === 1 ? made.inputs[0] : undefined;
  }
  return path;
}

const isAlike = (a: TensorValue, b: TensorValue): boolean =>
  isRanked(a) && isRanked(b) && identicalShapes(a.shape, b.shape);

/** Whether the one tensor was made of the other. */
export function leadsTo(m: Machine, from: TensorValue, to: TensorValue): boolean {
  const open = [to];
  for (let count = 0; open.length > 0 && count < 200; count++) {
    const at = open.pop();
    if (at?.id === from.id) return true;
    if (at !== undefined) open.push(...sourcesOf(m, at));
  }
  return false;
}
