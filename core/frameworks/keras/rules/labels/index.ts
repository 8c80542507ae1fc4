import type { Meeting } from "../../training/meeting.ts";
import { lossActivation, softmaxOfOne } from "./activation.ts";
import { answerLength } from "./answerLength.ts";
import { silentBroadcast } from "./broadcast.ts";
import { tooManyClasses } from "./classes.ts";
import { severalClasses } from "./classifier.ts";
import { oneColumn, unshifted } from "./columns.ts";
import { labelCount } from "./count.ts";
import { dataTwice } from "./dataTwice.ts";
import { labelEncoding } from "./encoding.ts";
import { type Cause, faultOf } from "./fault.ts";
import { countedFromOne } from "./fromOne.ts";
import { keptAxis, warnOfDense } from "./keptAxis.ts";
import { labelShape, labelStep } from "./labelShape.ts";
import { lostSteps } from "./lostSteps.ts";
import { mismatch } from "./mismatch.ts";
import { dataForLabels } from "./namedAs.ts";
import { labelsOfItself } from "./ofItself.ts";
import { oneScore } from "./oneScore.ts";
import { checkOwnLoss } from "./ownLoss.ts";
import { otherSize } from "./spatial.ts";
import { outputUnits } from "./units.ts";

/** Why the loss refuses the labels, the likeliest first. */
const CAUSES: readonly ((meeting: Meeting) => Cause | undefined)[] = [
  dataForLabels,
  dataTwice,
  oneColumn,
  unshifted,
  labelsOfItself,
  keptAxis,
  lostSteps,
  answerLength,
  severalClasses,
  labelEncoding,
  otherSize,
  countedFromOne,
  labelStep,
  outputUnits,
];
/** What runs, but to no use. */
const SILENT: readonly ((meeting: Meeting) => Cause | undefined)[] = [
  tooManyClasses,
  softmaxOfOne,
  silentBroadcast,
  oneScore,
  lossActivation,
];

/**
 * Labels, output and loss beside each other: one error for what raises, or a warning for what runs to no use. Says
 * whether they go together.
 */
export function checkLabels(meeting: Meeting): boolean {
  const { error, warning } = findings(meeting);
  if (error !== undefined) meeting.m.report(faultOf(meeting, "error", error));
  else if (warning !== undefined) meeting.m.report(faultOf(meeting, "warning", warning));
  return error === undefined && checkOwnLoss(meeting);
}

function findings(meeting: Meeting): { readonly error?: Cause; readonly warning?: Cause | undefined } {
  const uneven = labelCount(meeting);
  if (uneven !== undefined) return { error: uneven };
  const why = mismatch(meeting);
  if (why !== undefined) return { error: first(CAUSES, meeting) ?? labelShape(meeting, why) };
  return warnOfDense(meeting) ? {} : { warning: first(SILENT, meeting) };
}

function first(rules: readonly ((meeting: Meeting) => Cause | undefined)[], meeting: Meeting): Cause | undefined {
  for (const rule of rules) {
    const cause = rule(meeting);
    if (cause !== undefined) return cause;
  }
  return undefined;
}
