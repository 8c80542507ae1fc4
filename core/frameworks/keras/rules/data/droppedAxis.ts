import type { Machine } from "../../../../interpreter/machine.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { provablyDifferent } from "../../../../tensor/dim.ts";
import { printShape, Shape } from "../../../../tensor/shape.ts";
import { type Step, stepOf } from "../../../operation/history.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { shapingStep, type WrongStep } from "./steps.ts";

/**
 * One column was taken where all are wanted: `data[i:i + 60, 0]` in the rows that an array was gathered of, or of the
 * whole. `wanted` holds the batch.
 */
export function droppedAxis(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  const { step } = shapingStep(m, tensor) ?? {};
  const isGathered = step !== undefined && /^(?:Array|Asarray|Stack)$/.test(step.type);
  const [row] = isGathered ? step.inputs : [];
  const index = isGathered ? row && stepOf(m, row) : step;
  if (index === undefined || !takesOneColumn(index)) return undefined;
  const [from] = index.inputs;
  const part = isGathered ? row : tensor;
  if (!isRanked(from) || !isRanked(part) || !isRanked(tensor)) return undefined;
  const whole = new Shape([...tensor.shape.dims, from.shape.last]);
  if (whole.rank !== wanted.rank || wanted.dims.some((dim, i) => i > 0 && provablyDifferent(dim, whole.at(i))))
    return undefined;
  const edit = { place: index.place, text: "", form: "no last index" };
  return {
    place: index.place,
    message: `this takes one column: with all of them it is ${printShape(whole)}`,
    repairs: [{ title: "All columns", preferred: true, edits: [edit] }],
  };
}
function takesOneColumn({ type, args }: Step): boolean {
  const index = args?.list[1]?.value;
  return type === "GetItem" && index?.kind === "tuple" && index.items.at(-1)?.kind === "int";
}
