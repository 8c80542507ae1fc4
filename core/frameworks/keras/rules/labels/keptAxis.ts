import { type Instance, type Place, TRUE } from "../../../../interpreter/values.ts";
import { provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, type Shape } from "../../../../tensor/shape.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { endOf, type Meeting } from "../../training/meeting.ts";
import { denseEvidence } from "../denseOnSequence.ts";
import { denseRepairs, lastStateOnly } from "../denseRepairs.ts";
import { unwrap } from "../insert.ts";
import { before, wrapped } from "../passedOn.ts";
import type { Cause } from "./fault.ts";

/** One label (or one row of them) per sample, and an output with a further axis between. */
function keepsAnAxis({ label, output, loss }: Meeting): boolean {
  // A loss of the user's own may want anything.
  if (loss === undefined) return false;
  const [y, scores] = [label.shape, output.shape];
  const sparse = loss.name.startsWith("sparse");
  // Keras squeezes an output's trailing axis of 1 against labels of one rank less: one number for each step.
  if (y.rank === scores.rank - 1 && scores.last === 1 && y.last !== 1) return false;
  if (isClassOfEach(label, scores)) return false;
  const perSample = y.rank === 1 || (y.rank === 2 && (y.last === 1 || !sparse));
  return scores.rank >= 3 && perSample;
}

/** A class number for every row of scores, as of each step of a sequence: that is another mistake. */
const isClassOfEach = ({ shape: y, facts, dtype }: Meeting["label"], scores: Shape): boolean =>
  y.rank === scores.rank - 1 &&
  y.rank > 1 &&
  facts?.encoding !== "one-hot" &&
  dtype?.startsWith("float") !== true &&
  y.dims.slice(1).every((dim, i) => provablyEqual(dim, scores.at(i + 1)));

/**
 * The first Dense that was given the axis which the labels do not have, where the loss stretches the labels over it: a
 * warning. Says whether there is one.
 */
export function warnOfDense(meeting: Meeting): boolean {
  const dense = keepsAnAxis(meeting) ? firstDense(meeting) : undefined;
  if (dense === undefined) return false;
  const { m, place } = meeting;
  denseEvidence(m, dense.layer, dense.input, { place, text: evidence(meeting) });
  return true;
}
const evidence = ({ label, output }: Meeting): string =>
  `The labels are ${printShape(label.shape)}, one for each sample, but the model ends with ${printShape(output.shape)}`;

const refused = ({ label, output }: Meeting, { name }: LayerRecord): string =>
  `Keras raises where labels ${printShape(label.shape)} meet ${printShape(output.shape)}: ` +
  `${name} keeps axes that they do not have`;

/**
 * The axis that the labels do not have is why the loss refuses them: a recurrent layer that gives all its steps is to
 * blame, or the first Dense that keeps the axis.
 */
export function keptAxis(meeting: Meeting): Cause | undefined {
  if (!keepsAnAxis(meeting)) return undefined;
  const { m } = meeting;
  const dense = firstDense(meeting);
  // With nothing but such layers behind it.
  const each: LayerRecord[] = [];
  const recurrent = before(m, recordOf(m, endOf(meeting)[0]), EACH_STEP, (it) => {
    const inner = wrapped(m, it);
    if (it.declared === "TimeDistributed" && inner?.declared === "Dense") each.push(it);
    return [inner ?? it].find(givesSteps);
  });
  if (recurrent !== undefined) {
    const fix = lastStateOnly(recurrent);
    return {
      code: "return-sequences",
      place: fix?.edits[0]?.place ?? recurrent.place,
      message: `${evidence(meeting)}: ${recurrent.name} gives all its steps`,
      repairs: fix === undefined ? [] : [{ ...fix, edits: [...fix.edits, ...each.flatMap(unwrap)] }],
    };
  }
  if (dense === undefined) return keptByLast(meeting);
  return {
    code: "label-shape",
    place: dense.place,
    message: refused(meeting, dense.record),
    repairs: denseRepairs(m, dense.layer, dense.input),
    explains: [{ code: "dense-on-sequence", place: dense.place }],
  };
}

/** The model ends with a layer that keeps the axes: a pooling behind it would take them. */
function keptByLast(meeting: Meeting): Cause | undefined {
  const last = recordOf(meeting.m, endOf(meeting)[0]);
  const axes = meeting.output.shape.rank - 2;
  if (last?.declared === undefined || axes > 3) return undefined;
  const pooling = `GlobalAveragePooling${axes}D()`;
  const edit = { place: last.place, text: pooling, form: "layer after" };
  return {
    code: "label-shape",
    place: last.called ?? last.place,
    message: refused(meeting, last),
    repairs: [{ title: `${pooling} behind it`, preferred: true, edits: [edit] }],
  };
}

interface DenseAt {
  readonly layer: Instance;
  readonly record: LayerRecord;
  readonly input: Shape;
  readonly place: Place;
}
/** The first Dense of those that the model ends with, if it was given the axis. */
function firstDense(meeting: Meeting): DenseAt | undefined {
  const { m } = meeting;
  let found: DenseAt | undefined;
  for (const layer of endOf(meeting)) {
    const record = recordOf(m, layer);
    const input = record?.inputs?.[0]?.shape;
    if (record?.declared === undefined || input === undefined || !hasRank(input) || input.rank < 3) break;
    if (record.declared === "Dense") found = { layer, record, input, place: record.called ?? record.place };
    else if (!PASSING.has(record.declared)) break;
  }
  return found;
}

/** Layers that leave the steps as they are. */
const PASSING: ReadonlySet<string> = new Set([
  "Dropout",
  "SpatialDropout1D",
  "BatchNormalization",
  "LayerNormalization",
  "Activation",
]);
const EACH_STEP: ReadonlySet<string> = new Set([...PASSING, "Dense", "TimeDistributed"]);
const givesSteps = ({ args }: LayerRecord): boolean => args["return_sequences"]?.value === TRUE;
