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

const ownName = (id: number): string => `operators of variable ${id}`;
/** Keras 3's variables have operators of their own, which convert what they meet. */
export const noteOwnOperators = (m: Machine, { id }: TensorValue): void =>
  m.setSlot(m.named(ownName(id)), { own: true });
export const hasOwnOperators = (m: Machine, { id }: TensorValue): boolean =>
  m.slot<{ readonly own?: true }>(m.named(ownName(id)))?.own === true;
