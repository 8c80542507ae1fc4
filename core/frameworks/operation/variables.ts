import type { Machine } from "../../interpreter/machine.ts";
import type { TensorValue, Value } from "../../interpreter/values.ts";

/** Tensors that are variables: what a layer counts among its weights wherever one is an attribute. */

export interface VariableFacts {
  readonly name: string;
  readonly trainable: boolean;
  /** What it began with: a number, an array, or what names an initializer. */
  readonly initial?: Value | undefined;
  /** Keras 3 knows none but its own. */
  readonly library: "keras" | "tensorflow";
}
const factsName = (id: number): string => `variable ${id}`;

export const noteVariable = (m: Machine, { id }: TensorValue, facts: VariableFacts): void =>
  m.setSlot(m.named(factsName(id)), facts);

/** Undefined for a tensor that is none. */
export function variableFacts(m: Machine, { id }: TensorValue): VariableFacts | undefined {
  const facts = m.slot<Partial<VariableFacts>>(m.named(factsName(id)));
  return facts?.name === undefined ? undefined : (facts as VariableFacts);
}
