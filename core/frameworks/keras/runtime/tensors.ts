import type { Machine } from "../../../interpreter/machine.ts";
import type { TensorFamily, TensorValue } from "../../../interpreter/values.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { EAGER } from "../../tensorflow/eagerTensor.ts";
import { KERAS } from "../kerasTensor.ts";

export { EAGER, KERAS };

export const isSymbolic = (tensor: TensorValue): boolean => tensor.family === KERAS;
export const typeOf = ({ shape, dtype }: TensorValue): TensorType => ({ shape, dtype });

export const newTensor = (
  m: Machine,
  { shape, dtype }: TensorType,
  family: TensorFamily,
  assumed: boolean,
): TensorValue => ({
  kind: "tensor",
  id: m.fresh(),
  shape,
  dtype,
  family,
  assumed,
  origin: m.here,
});
