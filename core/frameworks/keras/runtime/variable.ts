import type { Machine } from "../../../interpreter/machine.ts";
import {
  type ClassValue,
  type Instance,
  nativeClass,
  nativeMethod,
  stringOf,
  type TensorValue,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank } from "../../../tensor/shape.ts";
import { noteVariable, variableFacts } from "../../operation/variables.ts";
import type { Weight } from "../define.ts";
import { lookup } from "../signatures.ts";
import { versionIn } from "../version.ts";
import { bind } from "./given.ts";
import { readDType, readShape } from "./input.ts";
import { partsOf } from "./parts.ts";
import { EAGER, newTensor } from "./tensors.ts";

/** `keras.Variable`: a tensor that a layer counts among its weights wherever it is an attribute. */

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
    const name = stringOf(bound["name"]?.value) ?? "variable";
    noteVariable(m, tensor, { name, trainable: flag?.kind !== "bool" || flag.value, initial, library: "keras" });
    return tensor;
  }),
});

export interface HeldVariable {
  readonly tensor: TensorValue;
  readonly weight: Weight;
}
/** The variables that an object holds, also in lists, as weights; undefined where a shape is not known. */
export const variablesOf = (m: Machine, object: Instance): readonly Weight[] | undefined =>
  heldVariables(m, object)?.map((it) => it.weight);

export function heldVariables(m: Machine, object: Instance): readonly HeldVariable[] | undefined {
  const held: HeldVariable[] = [];
  for (const tensor of heldTensors(m, object)) {
    const weight = weightOf(m, tensor);
    if (weight === "unknown") return undefined;
    if (weight !== undefined) held.push({ tensor, weight });
  }
  return held;
}
/** The tensors that an object holds, also in lists, in the order in which its attributes came. */
export function heldTensors(m: Machine, object: Instance): readonly TensorValue[] {
  const entry = m.read(object.id);
  if (entry?.kind !== "attributes") return [];
  const held = new Map<number, TensorValue>();
  const visit = (value: Value, depth: number): void => {
    if (value.kind === "tensor" && !held.has(value.id)) held.set(value.id, value);
    if (value.kind !== "instance" && depth < DEPTH) for (const part of partsOf(m, value)) visit(part, depth + 1);
  };
  for (const value of entry.entries.values()) visit(value, 0);
  return [...held.values()];
}
/** As deep in lists and dictionaries as variables are looked for. */
const DEPTH = 3;

function weightOf(m: Machine, value: TensorValue): Weight | "unknown" | undefined {
  if (value.family !== EAGER || value.id < 0) return undefined;
  const facts = variableFacts(m, value);
  if (facts === undefined || (facts.library === "tensorflow" && versionIn(m) === 3)) return undefined;
  if (!hasRank(value.shape) || value.dtype === undefined) return "unknown";
  return { name: facts.name, shape: value.shape.dims, trainable: facts.trainable, dtype: value.dtype };
}
