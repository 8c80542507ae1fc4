import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, Repair } from "../../../../interpreter/record.ts";
import type { Place, TensorValue } from "../../../../interpreter/values.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { besides } from "../related.ts";
import type { Given } from "./adapt.ts";
import { type Source, sourceOf } from "./source.ts";
import type { WrongStep } from "./steps.ts";

/** Data that a model does not take. */
export interface Misfit {
  readonly m: Machine;
  readonly record: LayerRecord;
  readonly input: TensorValue;
  readonly tensor: TensorValue;
  readonly given: Given;
}
/** The same where both ranks are known. */
export interface Ranked extends Misfit {
  readonly wanted: Shape;
  readonly found: Shape;
  /** What does not fit, in words. */
  readonly text: string;
  /** Where the program says what a sample is. */
  readonly source: Source | undefined;
}

/** Whose fault it may be; undefined where nothing speaks for it. */
export type Suspect = (it: Ranked) => Fault | undefined;

/** A step of the data's that would have to be another. */
export const step =
  (find: (it: Ranked) => WrongStep | undefined, code = "data-shape"): Suspect =>
  (it) => {
    const found = find(it);
    return found && blamed(it, code, found.place, `${it.text}; ${found.message}`, found.repairs);
  };

export function blamed(
  { record, input, tensor, given, m }: Misfit,
  code: string,
  place: Place,
  message: string,
  repairs: readonly Repair[],
): Fault {
  const source = sourceOf(m, record, input);
  const crash = `Keras raises here: ${record.name} expects ${printShape(input.shape)}`;
  const all = [
    { place: given.place, message: `${crash}, and this is ${printShape(tensor.shape)}` },
    ...(source === undefined
      ? []
      : [{ place: source.place, message: `the model's input is ${printShape(input.shape)} by this` }]),
    ...(tensor.origin === undefined
      ? []
      : [{ place: tensor.origin, message: `the data is ${printShape(tensor.shape)} by this` }]),
  ];
  return { code, severity: "error", place, message, related: besides(place, all), repairs };
}
