import { asNumber } from "../../../../tensor/dim.ts";
import { stepOf } from "../../../operation/history.ts";
import { FLOW_STEP } from "../../data/generators.ts";
import type { Meeting } from "../../training/meeting.ts";
import { sameSample } from "../data/steps.ts";
import { bothShapes, type Cause } from "./fault.ts";

/** Fewer values than this are no picture, and may be as many as there are classes. */
const FEW = 32;

/** An autoencoder, which yields what it was given, trained on other labels: its data are its labels. */
export function labelsOfItself(meeting: Meeting): Cause | undefined {
  const { m, args, sample, label, output, loss, count } = meeting;
  const isRebuilt = sameSample(sample.shape, output.shape) && loss?.name.startsWith("sparse") === false;
  const isLarge = output.shape.rank > 2 || asNumber(output.shape.last) >= FEW;
  if (!isRebuilt || !isLarge || count !== 1 || label.shape.rank >= output.shape.rank) return undefined;
  const step = stepOf(m, label);
  const isGiven = args["x"]?.name === undefined && args["y"]?.place !== undefined;
  const call = step?.type === FLOW_STEP ? step.place : isGiven ? meeting.place : undefined;
  const edits = call === undefined ? [] : [{ place: call, text: "0 0", form: "reorder" }];
  return {
    code: "label-shape",
    place: step?.type === FLOW_STEP ? step.place : args["y"]?.place,
    message: `${bothShapes(meeting)}: it rebuilds its data, which are then the labels as well`,
    repairs: edits.length === 0 ? [] : [{ title: "The data for the labels", preferred: true, edits }],
  };
}
