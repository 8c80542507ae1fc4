import type { Repair } from "../../../../interpreter/record.ts";
import { type Place, samePlace } from "../../../../interpreter/values.ts";
import type { Dim } from "../../../../tensor/dim.ts";
import { Shape } from "../../../../tensor/shape.ts";
import { ARRAY } from "../../../numpy/array.ts";
import { stepOf } from "../../../operation/history.ts";
import type { Meeting } from "../../training/meeting.ts";
import { reshapedTo } from "../data/reshape.ts";
import { otherLength, otherSizes, sameSample, wrongStep } from "../data/steps.ts";
import { bothShapes, type Cause } from "./fault.ts";

/** Labels that no other rule has found the cause of. */
export function labelShape(meeting: Meeting, why: string): Cause {
  const { m, label, sample, output, loss } = meeting;
  // What made data and labels together, or the data that is its own label, is not to blame for the labels alone.
  const isShared = label.id === sample.id || (label.origin !== undefined && isSame(label.origin, sample.origin));
  const isSparse = loss?.name.startsWith("sparse") === true && output.shape.rank > 1;
  const wanted = isSparse ? output.shape.slice(0, -1) : output.shape;
  const sized = isShared ? undefined : otherSizes(m, label, wanted.withBatch(sample.shape.batch));
  const last = lastOf(meeting, wanted);
  const reshapes = reshaped(meeting, wanted);
  const place = isShared ? undefined : (sized?.place ?? label.origin);
  return {
    code: "label-shape",
    place: last[0]?.edits[0]?.place ?? (isShared ? undefined : reshapes[0]?.edits[0]?.place) ?? place,
    message: `${bothShapes(meeting)}: ${why}`,
    repairs: isShared ? [] : [...withoutOne(meeting, wanted), ...last, ...reshapes],
  };
}

/** Labels of an array's own making that have as many elements in other axes. */
function reshaped(meeting: Meeting, wanted: Shape): readonly Repair[] {
  const { m, label } = meeting;
  const sample: readonly Dim[] = wanted.dims.slice(1);
  const isOther = !label.shape.dims.slice(1).every((dim, i) => dim === sample[i]);
  // What was written into since it was made needs the axes that it was made with.
  const step = stepOf(m, label);
  const isFilled = step === undefined || step.type === "SetItem";
  const origin = isFilled ? givenAt(meeting) : label.origin;
  return label.family === ARRAY && isOther ? reshapedTo({ ...label, origin }, wanted) : [];
}

/** Where the labels are given by their name: by themselves, or among those of all outputs. */
function givenAt({ args: { y }, m, index, count }: Meeting): Place | undefined {
  const { node } = y ?? {};
  if (node?.kind === "Name") return count === 1 ? y?.place : undefined;
  const items =
    node?.kind === "Dict" ? node.entries.map(({ value }) => value) : node?.kind === "List" ? node.items : [];
  const own = items[index];
  return items.length === count && own?.kind === "Name" ? m.place(own) : undefined;
}

/** An axis of 1 that goes: `[:, 0]`, or `[0]` where the batches are made later. */
function withoutOne({ label: { shape, origin } }: Meeting, wanted: Shape): readonly Repair[] {
  const isIt = (axis: number) =>
    axis > 0 && shape.at(axis) === 1 && sameSample(new Shape(shape.dims.toSpliced(axis, 1)), wanted);
  const axis = [...shape.dims.keys()].find(isIt);
  if (origin === undefined || axis === undefined) return [];
  return [axis, axis - 1].map((at, i) => {
    const text = `[${":, ".repeat(at)}0]`;
    return {
      title: `${text}: without the axis of 1`,
      preferred: i === 0,
      edits: [{ place: origin, text, form: "behind" }],
    };
  });
}
/** A label for each of several steps, where the model answers once: the last of them. */
function lastOf({ label: { shape }, args: { y } }: Meeting, wanted: Shape): readonly Repair[] {
  const isOther = shape.rank > 2 && shape.rank === wanted.rank + 1 && shape.at(1) !== 1;
  if (!isOther || y?.place === undefined || y.node?.kind !== "Name") return [];
  if (!sameSample(new Shape(shape.dims.toSpliced(1, 1)), wanted)) return [];
  return [
    { title: "[:, -1]: the last step", preferred: true, edits: [{ place: y.place, text: "[:, -1]", form: "behind" }] },
  ];
}
const isSame = (a: Place, b: Place | undefined): boolean => b !== undefined && samePlace(a, b);

/** The labels would fit but for a step of their preparation: a reshape, a sum, an encoding of what was encoded. */
export function labelStep(meeting: Meeting): Cause | undefined {
  const { m, label, sample, output, loss } = meeting;
  if (label.id === sample.id || loss === undefined) return undefined;
  const made = stepOf(m, label);
  if (made?.type === "ToCategorical" && made.inputs[0]?.facts?.encoding !== "one-hot") return undefined;
  const scores = output.shape;
  const wanted = loss.name.startsWith("sparse") && scores.rank > 1 ? scores.slice(0, -1) : scores;
  const step = wrongStep(m, label, wanted.withBatch(sample.shape.batch)) ?? otherLength(m, label, wanted);
  return step && { code: "label-shape", ...step, message: `${bothShapes(meeting)}: ${step.message}` };
}
