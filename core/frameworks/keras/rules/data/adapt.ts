import type { Machine } from "../../../../interpreter/machine.ts";
import type { Arg, Instance, Place, TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, isUnknown, NONE, provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../../tensor/shape.ts";
import { type LayerRecord, updateRecord } from "../../runtime/records.ts";
import { isSymbolic } from "../../runtime/tensors.ts";
import { versionIn } from "../../version.ts";
import { noteBatchedLater } from "./batchedLater.ts";
import { dataShape, inputOrder } from "./dataShape.ts";
import { inputCount } from "./inputs.ts";
import { isOneSample } from "./oneSample.ts";
import { otherOrder } from "./order.ts";
import { warnOfStretched } from "./stretched.ts";
import { wouldTake } from "./takes.ts";

/**
 * What a built model does with the data it is given: Keras converts them to the input's dtype, adapts a trailing
 * axis of 1, and refuses another rank (and, for a functional model, other sizes). Source:
 * `Functional._standardize_inputs`, and its input spec.
 */
export interface Adapted {
  readonly tensors: readonly TensorValue[];
  readonly fits: boolean;
}

export interface Given {
  readonly tensors: readonly TensorValue[];
  /** The call. */
  readonly place: Place;
  /** The one argument that gave them. */
  readonly arg: Arg | undefined;
  /** The argument is a data set or a generator, which yields these as its batches. */
  readonly isFeed?: boolean | undefined;
  /** What stands behind the `yield` of a generator of Python's own. */
  readonly yieldedAt?: Place | undefined;
  /** What made the labels beside it. */
  readonly labels?: readonly TensorValue[] | undefined;
  /** The model only answers: it is not trained or measured. */
  readonly isUse?: boolean | undefined;
  /** Something is only what was meant: nothing is said. */
  readonly assumed: boolean;
}

export function adapt(
  m: Machine,
  self: Instance,
  record: LayerRecord,
  expected: readonly TensorValue[],
  given: Given,
): Adapted {
  if (expected.length > 1 && given.tensors.length !== expected.length) {
    if (!given.assumed) m.report(inputCount(m, record, expected, given));
    return { tensors: expected, fits: false };
  }
  const fitted = expected.map((input, i) => {
    const tensor = given.tensors[i];
    return tensor === undefined ? undefined : fitOne(m, record, input, tensor);
  });
  const at = fitted.indexOf("misfit");
  const [input, tensor] = [expected[at], given.tensors[at]];
  if (input !== undefined && tensor !== undefined) {
    const order = otherOrder(expected, given.tensors);
    const misfit = { m, record, input, tensor, given };
    if (!given.assumed) m.report(order === undefined ? dataShape(misfit) : inputOrder(misfit, order));
    return { tensors: expected, fits: false };
  }
  expected.forEach((wanted, i) => {
    const sample = given.tensors[i];
    if (sample !== undefined) warnOfStretched({ m, record, input: wanted, tensor: sample, given });
  });
  if (!given.tensors.some(isSymbolic)) updateRecord(m, self, { fed: true });
  if (given.isFeed === true) noteBatchedLater(m, given.arg?.node);
  const isConverted = versionIn(m) === 2 || !given.tensors.some(isSymbolic);
  const tensors = expected.map((input, i) => {
    const tensor = fitted[i];
    return tensor === undefined || tensor === "misfit" ? input : isConverted ? converted(input, tensor) : tensor;
  });
  return { tensors, fits: true };
}

/** Data become what the model's input is: true and false are 1.0 and 0.0 there. */
const converted = ({ dtype }: TensorValue, tensor: TensorValue): TensorValue =>
  dtype === undefined || dtype === tensor.dtype ? tensor : { ...tensor, dtype, facts: undefined };

function fitOne(m: Machine, record: LayerRecord, input: TensorValue, tensor: TensorValue): TensorValue | "misfit" {
  const [wanted, found] = [input.shape, tensor.shape];
  if (!hasRank(wanted) || !hasRank(found)) return tensor;
  if (found.rank === wanted.rank)
    return takesSizes(m, record, wanted, tensor) ? asExpected(record, wanted, found, tensor) : "misfit";
  if (Math.abs(found.rank - wanted.rank) === 1 && isRefused(record, wanted, found)) return "misfit";
  if (found.rank === wanted.rank + 1 && !provablyDifferent(found.last, 1)) {
    return { ...tensor, shape: new Shape(found.dims.slice(0, -1)) };
  }
  if (found.rank === wanted.rank - 1 && !provablyDifferent(wanted.last, 1)) {
    const shape = new Shape([...found.dims, 1]);
    // One sample without a batch is stretched too, and then no layer can take it.
    return isOneSample(wanted, found) && wouldTake(m, record, shape, "as built") === false
      ? "misfit"
      : { ...tensor, shape };
  }
  return "misfit";
}

/**
 * A functional model looks at the axes in front of a last one of 1 before it adapts that, its own and the data's.
 * Source: `allow_last_axis_squeeze` in keras.src.layers.input_spec.
 */
function isRefused(record: LayerRecord, wanted: Shape, found: Shape): boolean {
  if (record.model?.kind !== "functional") return false;
  const [shorter, longer] = found.rank < wanted.rank ? [found, wanted] : [wanted, found];
  return shorter.dims.some((dim, i) => {
    const mayGo = i === shorter.rank - 1 && !provablyDifferent(dim, 1);
    return i > 0 && !mayGo && provablyDifferent(dim, longer.at(i));
  });
}

/** An axis of any size is as long as the model says, or Keras raises: data of which that is known fit. */
function asExpected(record: LayerRecord, wanted: Shape, found: Shape, tensor: TensorValue): TensorValue {
  const isChecked = record.model?.kind === "functional";
  const isOpen = (dim: Dim) => dim === NONE || (isChecked && isUnknown(dim));
  if (!found.dims.some((dim, i) => i > 0 && isOpen(dim))) return tensor;
  const dims = found.dims.map((dim, i) => (i > 0 && isOpen(dim) ? wanted.at(i) : dim));
  return { ...tensor, shape: new Shape(dims) };
}

/** A functional model checks every axis but the batch; a Sequential leaves that to its layers where it runs on data. */
function takesSizes(m: Machine, record: LayerRecord, wanted: Shape, tensor: TensorValue): boolean {
  const found = tensor.shape;
  if (!hasRank(found)) return true;
  if (wanted.dims.slice(1).every((dim, i) => !provablyDifferent(dim, found.at(i + 1)))) return true;
  if (record.model?.kind === "functional") return false;
  // Keras 3 traces the functional model that it made of a Sequential's layers.
  if (isSymbolic(tensor) && versionIn(m) === 3) return false;
  const isSaid = record.model?.kind === "sequential" && record.model.input?.deferred === false;
  // What was built by the first data takes no others.
  const isBuilt = record.model?.kind === "sequential" && record.fed === true;
  return (!isSaid && !isBuilt) || wouldTake(m, record, found, "as built") !== false;
}
