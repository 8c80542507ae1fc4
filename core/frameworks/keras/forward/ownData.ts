import type { Machine } from "../../../interpreter/machine.ts";
import { variablesIn } from "../../../interpreter/names.ts";
import type { TensorValue } from "../../../interpreter/values.ts";
import { printShape } from "../../../tensor/shape.ts";
import type { NoInputs } from "./inputs.ts";
import { numbersOf } from "./lowerer.ts";

/** What the program's variables of these names hold at its end; or why that is no input. */
export interface OwnData {
  readonly name: string;
  readonly value: TensorValue;
  readonly shape: readonly number[];
}
export const no = (problem: string): NoInputs => ({ problem, lacksShape: false });

export function ownData(m: Machine, names: readonly string[]): readonly OwnData[] | NoInputs {
  const all = variablesIn(m, m.scope);
  const arrays = all.flatMap(([name, value]) => (value.kind === "tensor" && value.family.isData ? [name] : []));
  const found: OwnData[] = [];
  for (const name of names) {
    const value = all.find(([it]) => it === name)?.[1];
    if (value === undefined)
      return no(`the program has no variable ${name}; arrays are ${arrays.join(", ") || "none"}`);
    if (value.kind !== "tensor" || !value.family.isData)
      return no(value.kind === "unknown" ? `what ${name} holds is not known: ${value.reason}` : `${name} is no array`);
    const now = value.family.current?.(m, value) ?? value;
    const shape = numbersOf(now.shape);
    if (shape === undefined || shape.length === 0) return no(`${name} is ${printShape(now.shape)}, which is no batch`);
    found.push({ name, value: now, shape });
  }
  const counts = new Set(found.map(({ shape }) => shape[0]));
  const told = found.map(({ name, shape }) => `${name} has ${shape[0]}`).join(", ");
  return counts.size > 1 ? no(`all arrays need as many samples: ${told}`) : found;
}
