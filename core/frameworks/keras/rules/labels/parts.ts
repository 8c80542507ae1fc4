import { itemsOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg, TensorValue, Value } from "../../../../interpreter/values.ts";
import { printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { versionIn } from "../../version.ts";
import { listOfNamed } from "../data/inputs.ts";
import { otherSizes, type WrongStep } from "../data/steps.ts";
import type { Feed } from "../feed.ts";
import { besides } from "../related.ts";

/**
 * Whether there are labels for each output, and a weight for each sample, where weights are given. What is wrong is
 * said.
 */
export function countsAgree(
  m: Machine,
  data: readonly TensorValue[],
  labels: readonly TensorValue[],
  outputs: readonly TensorValue[],
  { rows }: Feed,
  args: Readonly<Record<string, Arg>>,
  loss: Value | undefined,
): boolean {
  const { y, sample_weight: weights } = args;
  const say = (arg: Arg | undefined, message: string, made?: Partial<WrongStep>): false => {
    const place = made?.place ?? arg?.place ?? m.here;
    const related = besides(place, [{ place: m.here, message: "Keras raises here" }]);
    m.report({ code: "label-shape", severity: "error", place, message, related, repairs: made?.repairs ?? [] });
    return false;
  };
  const isForOne = labels.length === 1 && y?.value.kind === "tensor" && !labels.some((it) => it.assumed);
  if (outputs.length > 1 && isForOne && !hasOneLoss(m, loss))
    return say(y, `The model has ${outputs.length} outputs, and labels are given for one: a list has them for each`, {
      ...(labels[0] && { repairs: listOfNamed(m, labels[0], y, outputs, data) }),
    });
  const isEach = y?.value.kind === "list" || y?.value.kind === "tuple";
  if (outputs.length === 1 && labels.length > 1 && isEach && versionIn(m) === 3 && !labels.some((it) => it.assumed)) {
    const message = `The model has one output, and labels are given for ${labels.length}: an array holds all of them`;
    return say(y, message, { repairs: besideEachOther(y, labels, outputs[0]) });
  }
  const sample = data[0]?.shape;
  if (rows !== undefined || sample === undefined || weights?.value.kind !== "tensor") return true;
  const given = weights.value.shape;
  if (!hasRank(sample) || !hasRank(given) || given.rank === 0) return true;
  if (!provablyDifferent(sample.batch, given.batch)) return true;
  const made = otherSizes(m, weights.value, given.withBatch(sample.batch));
  const message = `There are ${printDim(sample.batch)} samples and ${printDim(given.batch)} weights for them`;
  const { origin } = weights.value;
  // What they were made of has a use of its own, such as the labels of all rows: they are wrong for these.
  const isOwn = made === undefined || made.place.statement === origin?.statement;
  return say(weights, message, isOwn ? (made ?? (origin && { place: origin })) : undefined);
}

/** Rows of one number each, as many as the output has units: columns of one array. */
function besideEachOther(
  y: Arg | undefined,
  labels: readonly TensorValue[],
  output: TensorValue | undefined,
): readonly Repair[] {
  if (y?.place === undefined || output === undefined || !hasRank(output.shape)) return [];
  const isColumn = ({ shape }: TensorValue) =>
    hasRank(shape) && (shape.rank === 1 || (shape.rank === 2 && shape.last === 1));
  if (output.shape.rank !== 2 || output.shape.last !== labels.length || !labels.every(isColumn)) return [];
  const edits = [{ place: y.place, text: "numpy.column_stack …", form: "in call" }];
  return [{ title: "np.column_stack(…)", preferred: true, edits }];
}

/** One array of labels is enough where the other outputs have `None` for a loss, or none is said. */
function hasOneLoss(m: Machine, loss: Value | undefined): boolean {
  const items = loss === undefined ? undefined : itemsOf(m, loss);
  return items !== undefined && items.filter(({ kind }) => kind !== "none").length < 2;
}
