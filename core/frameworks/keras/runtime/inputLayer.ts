import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type ClassValue,
  type Instance,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  str,
  type TensorValue,
  unknown,
} from "../../../interpreter/values.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { lookup } from "../signatures.ts";
import { bind } from "./given.ts";
import { inputNode } from "./graph.ts";
import { readDType, readShape, shapeArgument } from "./input.ts";
import { LAYER } from "./layerClass.ts";
import { createLayer, initialise, method } from "./layerObject.ts";
import { firstOutputs, recordOf, updateRecord } from "./records.ts";
import { KERAS, newTensor } from "./tensors.ts";

export interface MadeInput {
  readonly name: string;
  readonly tensor: TensorValue;
}
interface Options {
  readonly name?: string | undefined;
  /** What the program said the shape with. */
  readonly args?: Readonly<Record<string, Arg>> | undefined;
  readonly ragged?: boolean;
}

/** A new InputLayer of Keras's own making, for `keras.Input` and for models that are told their input otherwise. */
export function makeInput(m: Machine, type: TensorType, options: Options): MadeInput {
  const layer = createLayer(m, inputLayer());
  const { name, args } = options;
  const named = name === undefined ? {} : { name: { name: "name", value: str(name) } };
  initialise(m, layer, "InputLayer", { ...args, ...named });
  return { name: recordOf(m, layer)?.name ?? "?", tensor: fill(m, layer, type, options.ragged) };
}

/** The tensor of an InputLayer that the program made itself. */
export function tensorOfInput(m: Machine, layer: Instance): TensorValue | undefined {
  return firstOutputs(m, layer)?.[0];
}

function fill(m: Machine, layer: Instance, type: TensorType, ragged?: boolean): TensorValue {
  const tensor = newTensor(m, type, KERAS, false);
  updateRecord(m, layer, { built: true, outputs: type });
  inputNode(m, layer, tensor, ragged);
  return tensor;
}

let known: ClassValue | undefined;
/** `keras.layers.InputLayer`; made late, as modules that need each other are loaded in any order. */
export function inputLayer(): ClassValue {
  known ??= nativeClass("keras.layers.InputLayer", [LAYER], {
    __init__: method("InputLayer.__init__", (m, self, args) => {
      const signature = lookup("keras.layers.InputLayer");
      initialise(m, self, "InputLayer", bind(signature ?? { parameters: [], keywords: "*" }, args).args);
      const record = recordOf(m, self);
      const said = record === undefined ? undefined : shapeArgument(m, record);
      if (said !== undefined) fill(m, self, said.type);
      return NONE_VALUE;
    }),
  });
  return known;
}

/** `keras.KerasTensor(shape, dtype)`: a symbolic tensor that no layer gave. */
export const KERAS_TENSOR = nativeClass("keras.KerasTensor", [], {
  __new__: nativeMethod("KerasTensor.__new__", (m, { list: [, ...list], open }) => {
    const { shape, dtype } = bind(lookup("keras.KerasTensor") ?? { parameters: [], keywords: "*" }, { list }).args;
    if (open !== undefined || shape === undefined) return unknown(open ?? "no shape is given");
    const type = dtype === undefined ? "float32" : readDType(m, dtype.value);
    return newTensor(m, { shape: readShape(m, shape.value), dtype: type }, KERAS, false);
  }),
});
