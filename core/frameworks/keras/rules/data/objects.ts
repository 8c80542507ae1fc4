import type { Machine } from "../../../../interpreter/machine.ts";
import type { Place, TensorValue, Value } from "../../../../interpreter/values.ts";
import { stepsBack } from "../../../operation/history.ts";

/**
 * Where an array of Python's objects was made, such as one of arrays of unlike lengths: Keras 3 has no dtype for it,
 * whatever it holds. Source: `standardize_dtype` in keras.src.backend.common.variables.
 */
export function madeOfObjects(m: Machine, tensor: TensorValue): Place | undefined {
  for (const { type, args, place } of stepsBack(m, tensor)) {
    if (MAKES.test(type)) return args?.list.some(({ value }) => isObject(value)) === true ? place : undefined;
    if (type !== "GetItem" && type !== "Rows") return undefined;
  }
  return undefined;
}
const MAKES = /^(?:Array|As_?array|Astype)$/i;
const isObject = (value: Value): boolean => (value.kind === "class" && value.name === "object") || isNamed(value);
const isNamed = (value: Value): boolean => value.kind === "str" && /^(?:object|O)$/.test(value.value);
