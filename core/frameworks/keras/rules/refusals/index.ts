import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Place, TensorValue } from "../../../../interpreter/values.ts";
import type { Violation } from "../../define.ts";
import { madeBy } from "../../runtime/graph.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { axisAdded } from "./axisAdded.ts";
import { batchAsAxis } from "./batchAsAxis.ts";
import { channelsFirst } from "./channelsFirst.ts";
import { dotAxes } from "./dotAxes.ts";
import { flattenedBefore } from "./flattenedBefore.ts";
import { lastStateGiven } from "./lastStateGiven.ts";
import { mapsOfSteps } from "./mapsOfSteps.ts";
import { merged } from "./merged.ts";
import { missingAxis } from "./missingAxis.ts";
import { missingAxisOfData } from "./missingAxisOfData.ts";
import { nothingLeft } from "./nothingLeft.ts";
import { otherRank } from "./otherRank.ts";
import { projected } from "./projected.ts";
import { readyTop } from "./readyTop.ts";
import { reshapeTarget } from "./reshapeTarget.ts";
import { stateSize } from "./stateSize.ts";
import { undefinedAxis } from "./undefinedAxis.ts";

/** A layer that refuses its input. */
export interface Refusal {
  readonly m: Machine;
  readonly record: LayerRecord;
  readonly violation: Violation;
  readonly tensors: readonly TensorValue[];
}
/** What is behind it, and what helps. Where nothing else is said, the layer is to blame, by the violation's code. */
export interface Explanation {
  readonly code?: string;
  readonly place?: Place | undefined;
  readonly message?: string;
  readonly repairs: readonly Repair[];
}

/** The layer that made a symbolic tensor. */
export function makerOf(m: Machine, tensor: TensorValue | undefined): LayerRecord | undefined {
  return tensor === undefined ? undefined : recordOf(m, madeBy(m, tensor)?.layer);
}

/** The likeliest first. One function a file. */
const RULES: readonly ((refusal: Refusal) => Explanation | undefined)[] = [
  lastStateGiven,
  readyTop,
  flattenedBefore,
  axisAdded,
  missingAxis,
  missingAxisOfData,
  batchAsAxis,
  mapsOfSteps,
  otherRank,
  channelsFirst,
  nothingLeft,
  reshapeTarget,
  undefinedAxis,
  stateSize,
  projected,
  dotAxes,
  merged,
];

export function explain(refusal: Refusal): Explanation {
  for (const rule of RULES) {
    const explanation = rule(refusal);
    if (explanation !== undefined) return explanation;
  }
  return { repairs: [] };
}
