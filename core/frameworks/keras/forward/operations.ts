import type { Step } from "../../../interpreter/trace.ts";
import type { TensorValue } from "../../../interpreter/values.ts";
import { type Builder, refuse, type Tensor } from "../../../lowering/builder.ts";

export type OperationStep = Extract<Step, { kind: "operation" }>;

/** Without the library's name: `keras.ops.add` and `+` are `add`. */
export const operationName = (name: string): string => SIGNS[name] ?? name.slice(name.lastIndexOf(".") + 1);
const SIGNS: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "**": "power",
  "@": "matmul",
};

export function lowerOperation(
  g: Builder,
  step: OperationStep,
  find: (value: TensorValue) => Tensor,
): readonly Tensor[] {
  void g;
  void find;
  return refuse(`${step.name} is not lowered yet`);
}
