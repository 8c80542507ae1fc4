import type { Machine } from "../../../interpreter/machine.ts";
import { stringOf, type Value } from "../../../interpreter/values.ts";
import type { DType } from "../../../tensor/dtype.ts";
import type { LayerRecord } from "./records.ts";

export interface Policy {
  readonly compute: DType | undefined;
  readonly variable: DType;
}
const POLICY = "keras dtype policy";

/** `keras.config.set_dtype_policy("mixed_float16")` and its like. */
export const setGlobalPolicy = (m: Machine, value: Value | undefined): void => m.setSlot(m.named(POLICY), read(value));
export const globalPolicy = (m: Machine): Policy =>
  m.slot<Policy>(m.named(POLICY)) ?? { compute: "float32", variable: "float32" };

/** A layer's own `dtype=`, or else the global policy. */
export function policyOf(m: Machine, record: Pick<LayerRecord, "args">): Policy {
  const own = record.args["dtype"]?.value;
  return own === undefined || own.kind === "none" ? globalPolicy(m) : read(own);
}

function read(value: Value | undefined): Policy {
  const name = stringOf(value);
  if (name === undefined) return { compute: undefined, variable: "float32" };
  if (name.startsWith("mixed_")) return { compute: name.slice("mixed_".length) as DType, variable: "float32" };
  return { compute: name as DType, variable: name as DType };
}
