import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import { type Place, samePlace, type TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, NONE, printDim, product, provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { type Step, stepOf } from "../../../operation/history.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";

/** The step of the preparation that gave data, or labels, a shape which nobody takes. */
export interface WrongStep {
  readonly place: Place;
  readonly message: string;
  readonly repairs: readonly Repair[];
}

/** How many steps back a cause is looked for. */
const FAR = 8;

/** What made the axes of an array's samples: the last step that did more than choose rows or change numbers. */
export function shapingStep(m: Machine, tensor: TensorValue): { step: Step; made: Ranked } | undefined {
  let made = tensor;
  for (let i = 0; i < FAR && isRanked(made); i++) {
    const step = stepOf(m, made);
    if (step === undefined) return undefined;
    const from = step.inputs.find((it) => isRanked(it) && sameSample(it.shape, (made as Ranked).shape));
    if (from === undefined) return { step, made };
    made = from;
  }
  return undefined;
}
/** The axes behind the batch are the same. */
export const sameSample = (a: Shape, b: Shape): boolean =>
  a.rank === b.rank && a.dims.slice(1).every((dim, i) => provablyEqual(dim, b.at(i + 1)));

/** Likewise of shapes that may not be known, which are then not alike. */
export const isLike = (a: AnyShape, b: AnyShape): boolean => hasRank(a) && hasRank(b) && sameSample(a, b);

/**
 * A reshape that could have given what is wanted, or a step without which it would be there. `wanted` holds the batch:
 * a number only if it has to be that.
 */
export function wrongStep(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  const shaping = shapingStep(m, tensor);
  const from = shaping?.step.inputs.find(isRanked);
  if (shaping === undefined || from === undefined || wanted.rank === 0) return undefined;
  const { step, made } = shaping;
  if (step.type === "Reshape") return wrongReshape(step, from, made, wanted);
  const added = step.type === "ExpandDims" ? 1 : step.type === "Stack" ? step.inputs.length : undefined;
  if (added !== undefined) {
    const moved = otherAxis(step, { from, made, wanted, added });
    if (moved !== undefined) return moved;
  }
  const isEnough = step.inputs.length === 1 && sameSample(from.shape, wanted);
  if (!isEnough || provablyDifferent(wanted.batch, from.shape.batch)) return undefined;
  return without(step, from);
}

/** The axes were put in another order, of the array or of each of its rows, and stood right before that. */
export function turned(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  const { step } = shapingStep(m, tensor) ?? {};
  const row = step !== undefined && GATHERED.test(step.type) ? step.inputs.find(isRanked) : undefined;
  const last = row === undefined ? step : shapingStep(m, row)?.step;
  const from = last?.type === "Transpose" ? last.inputs.find(isRanked) : undefined;
  if (last === undefined || from === undefined) return undefined;
  const sample = row === undefined ? from.shape.dims.slice(1) : from.shape.dims;
  const fits = (dim: Dim, i: number) => [dim, NONE].includes(wanted.at(i + 1));
  return sample.length === wanted.rank - 1 && sample.every(fits) ? without(last, from) : undefined;
}

/** It would be right without a step. */
function without(step: Step, from: Ranked): WrongStep {
  const edit = { place: step.place, text: "", form: step.type === "GetItem" ? "no last index" : "operand" };
  return {
    place: step.place,
    message: `before this it is ${printShape(from.shape)}, which fits`,
    repairs: [{ title: `Without this: ${printShape(from.shape)}`, preferred: true, edits: [edit] }],
  };
}

/** The reshape that made the axes of an array, where another target gives what is wanted. */
export function wrongReshapeOf(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  return shapingStep(m, tensor)?.step.type === "Reshape" ? wrongStep(m, tensor, wanted) : undefined;
}

/** Sequences that are padded to another length than is wanted. */
export function otherLength(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  const { step, made } = shapingStep(m, tensor) ?? {};
  const length = wanted.rank === 2 ? wanted.at(1) : undefined;
  if (step?.type !== "PadSequences" || made?.shape.rank !== 2 || typeof length !== "number") return undefined;
  const [{ place }, { shape }] = [step, made];
  if (provablyEqual(length, shape.at(1))) return undefined;
  const edit = { place, text: `maxlen=${length}`, form: "argument" };
  const message = `this makes sequences of ${printDim(shape.at(1))}`;
  return { place, message, repairs: [{ title: edit.text, preferred: true, edits: [edit] }] };
}

interface NewAxis {
  readonly from: Ranked;
  readonly made: Ranked;
  readonly wanted: Shape;
  /** How long it is. */
  readonly added: number;
}
/** The new axis stands elsewhere in what is wanted: `np.expand_dims(x, axis=1)` → `axis=-1`, `np.stack([a, b])`. */
function otherAxis({ args, place }: Step, { from, made, wanted, added }: NewAxis): WrongStep | undefined {
  if (made.shape.rank !== wanted.rank) return undefined;
  const isIt = (axis: number) =>
    provablyEqual(wanted.at(axis), added) &&
    wanted.dims.toSpliced(axis, 1).every((dim, i) => dim === NONE || provablyEqual(dim, from.shape.at(i)));
  const axis = [...wanted.dims.keys()].slice(1).findLast(isIt);
  const said = args?.list.find((it) => it.name === "axis") ?? args?.list[1];
  const first = added === 1 && axis === undefined && isSampleOf(wanted, from.shape) ? 0 : undefined;
  const at = axis ?? first;
  if (at === undefined || (said === undefined && added === 1)) return undefined;
  const number = at === wanted.rank - 1 ? -1 : at;
  const text = said !== undefined && said.name === undefined ? String(number) : `axis=${number}`;
  const edit = said?.place === undefined ? { place, text, form: "argument" } : { place: said.place, text };
  return {
    place,
    message: `the axis that this adds belongs elsewhere: it makes ${printShape(made.shape)}`,
    repairs: [{ title: text, preferred: true, edits: [edit] }],
  };
}

/** The array is one sample: what it lacks is the batch. */
const isSampleOf = (wanted: Shape, { dims }: Shape): boolean =>
  wanted.batch === NONE && dims.every((dim, i) => provablyEqual(dim, wanted.at(i + 1)));

/** The one axis of any size is as long as the elements of a sample make it. */
function settled(sample: readonly Dim[], from: Shape, batch: Dim): readonly Dim[] {
  const at = sample.indexOf(NONE);
  const all = product(from.dims);
  const others = product(sample.filter((dim) => dim !== NONE));
  if (at < 0 || sample.lastIndexOf(NONE) !== at) return sample;
  if (typeof all !== "number" || typeof others !== "number" || typeof batch !== "number") return sample;
  const size = all / batch / others;
  return Number.isInteger(size) && size > 0 ? sample.with(at, size) : sample;
}

function wrongReshape(step: Step, from: Ranked, made: Ranked, wanted: Shape): WrongStep | undefined {
  const sample = settled(wanted.dims.slice(1), from.shape, made.shape.batch);
  const [count, all]: readonly (Dim | undefined)[] = [product(sample), product(from.shape.dims)];
  if (typeof count !== "number" || typeof all !== "number" || count === 0 || all % count !== 0) return undefined;
  const rows = all / count;
  if (provablyDifferent(wanted.batch, rows) || ![made.shape.batch, from.shape.batch, 1].includes(rows))
    return undefined;
  const unused = new Set([...made.shape.dims.keys()].filter((i) => i > 0));
  // The sizes that stand there already keep their words.
  const tokens = sample.map((dim) => {
    const at = [...unused].find((i) => made.shape.at(i) === dim);
    if (at !== undefined) unused.delete(at);
    return at === undefined ? printDim(dim) : `#${at}`;
  });
  const first = made.shape.batch === rows ? "#0" : "-1";
  const title = `reshape to (${[rows, ...sample.map(printDim)].join(", ")})`;
  const edit = { place: step.place, text: [first, ...tokens].join(" "), form: "reshape" };
  return {
    place: step.place,
    message: `this makes it ${printShape(made.shape)} of ${printShape(from.shape)}`,
    repairs: [{ title, preferred: true, edits: [edit] }],
  };
}

/** An array of numbers that are drawn or set, whose sizes are said where it is made: others are said there. */
export function otherSizes(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  const shaping = shapingStep(m, tensor);
  const [row] = shaping !== undefined && GATHERED.test(shaping.step.type) ? shaping.step.inputs : [];
  if (row !== undefined && wanted.rank > 1) return otherSizes(m, row, new Shape(wanted.dims.slice(1)));
  if (shaping === undefined || !DRAWN.test(shaping.step.type) || !isRanked(tensor)) return undefined;
  const { step, made } = shaping;
  const isWhole = typeof wanted.batch !== "number" || provablyEqual(made.shape.batch, tensor.shape.batch);
  if (made.shape.rank !== wanted.rank || !isWhole) return undefined;
  const changes = wanted.dims.flatMap((dim, i) =>
    typeof dim === "number" && !provablyEqual(dim, made.shape.at(i)) ? [`${i}=${dim}`] : [],
  );
  if (changes.length === 0) return undefined;
  const exchanged = exchangedSizes(step, made, wanted);
  if (exchanged !== undefined) return exchanged;
  const fresh = printShape(made.shape.map((dim, i) => (typeof wanted.at(i) === "number" ? wanted.at(i) : dim)));
  const edit = { place: step.place, text: changes.join(" "), form: "sizes" };
  return {
    place: step.place,
    message: `this makes it ${printShape(made.shape)}`,
    repairs: [{ title: `Sizes ${fresh}`, preferred: true, edits: [edit] }],
  };
}

/** The two sizes of a table stand in the other order: its rows are as many as it should have columns. */
function exchangedSizes(step: Step, { shape }: Ranked, wanted: Shape): WrongStep | undefined {
  if (wanted.rank !== 2 || wanted.batch !== NONE || !provablyEqual(shape.batch, wanted.at(1))) return undefined;
  const edit = { place: step.place, text: "0=#1 1=#0", form: "sizes" };
  const title = `Sizes ${printShape(shape.map((_, i) => shape.at(1 - i)))}: in the other order`;
  return {
    place: step.place,
    message: `this makes it ${printShape(shape)}, rows and columns exchanged`,
    repairs: [{ title, preferred: true, edits: [edit] }],
  };
}

/** Rows that became an array. */
const GATHERED = /^(?:Array|Asarray|Stack)$/;
const DRAWN =
  /^(?:Zeros|Ones|Empty|Full|Randn?|Random|RandomSample|Sample|Normal|StandardNormal|Uniform|Randint|Integers)$/;

/** Whether two arrays came out of one step. */
export const madeTogether = (a: TensorValue, b: TensorValue): boolean =>
  a.origin !== undefined && b.origin !== undefined && samePlace(a.origin, b.origin);
