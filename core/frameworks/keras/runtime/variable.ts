import type { Machine } from "../../../interpreter/machine.ts";
import {
  type ClassValue,
  type Instance,
  nativeClass,
  nativeMethod,
  stringOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank } from "../../../tensor/shape.ts";
import type { Weight } from "../define.ts";
import { lookup } from "../signatures.ts";
import { bind } from "./given.ts";
import { readDType, readShape } from "./input.ts";
import { EAGER, newTensor } from "./tensors.ts";

/** `keras.Variable`: a tensor that a layer counts among its weights wherever it is an attribute. */

interface Facts {
  readonly name: string;
  readonly trainable: boolean;
}
const factsName = (id: number): string => `keras variable ${id}`;

export const VARIABLE: ClassValue = nativeClass("keras.Variable", [], {
  __new__: nativeMethod("Variable.__new__", (m, { list: [, ...list], open }) => {
    const bound = bind(lookup("keras.Variable") ?? { parameters: [], keywords: "*" }, { list }).args;
    if (open !== undefined) return unknown(open);
    const initial = bound["initializer"]?.value;
    const given = bound["shape"]?.value;
    const value = initial?.kind === "tensor" ? initial : undefined;
    const isNumber = initial?.kind === "int" || initial?.kind === "float" || initial?.kind === "bool";
    if (value === undefined && given === undefined && !isNumber) return unknown("what the variable holds is not known");
    const shape: AnyShape = value?.shape ?? readShape(m, given ?? { kind: "tuple", items: [] });
    const dtype: DType | undefined =
      bound["dtype"] === undefined ? (value?.dtype ?? readDType(m, undefined)) : readDType(m, bound["dtype"].value);
    const tensor = newTensor(m, { shape, dtype }, EAGER, value?.assumed === true);
    const flag = bound["trainable"]?.value;
    const facts: Facts = {
      name: stringOf(bound["name"]?.value) ?? "variable",
      trainable: flag?.kind !== "bool" || flag.value,
    };
    m.setSlot(m.named(factsName(tensor.id)), facts);
    return tensor;
  }),
});

/** The variables among an object's attributes, as weights; undefined where a shape is not known. */
export function variablesOf(m: Machine, object: Instance): readonly Weight[] | undefined {
  const entry = m.read(object.id);
  if (entry?.kind !== "attributes") return [];
  const weights: Weight[] = [];
  for (const value of entry.entries.values()) {
    const weight = weightOf(m, value);
    if (weight === "unknown") return undefined;
    if (weight !== undefined) weights.push(weight);
  }
  return weights;
}
function weightOf(m: Machine, value: Value): Weight | "unknown" | undefined {
  if (value.kind !== "tensor" || value.family !== EAGER || value.id < 0) return undefined;
  const facts = m.slot<Partial<Facts>>(m.named(factsName(value.id)));
  if (facts?.name === undefined) return undefined;
  if (!hasRank(value.shape) || value.dtype === undefined) return "unknown";
  return { name: facts.name, shape: value.shape.dims, trainable: facts.trainable === true, dtype: value.dtype };
}
