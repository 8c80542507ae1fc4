import type { PlacedArgument } from "../../../interpreter/framework.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Value } from "../../../interpreter/values.ts";
import type { Expression } from "../../../python/syntax.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { valueText } from "./call.ts";

/** What is worth saying beside the code that gives it; of objects the call says enough. */
const SAID: ReadonlySet<Value["kind"]> = new Set(["int", "float", "str", "bool", "tuple", "none"]);

/** A literal says itself what it is. */
function isLiteral(node: Expression): boolean {
  if (node.kind === "Constant") return true;
  if (node.kind === "Unary") return isLiteral(node.operand);
  return (node.kind === "Tuple" || node.kind === "List") && node.items.every(isLiteral);
}

/** The arguments of a layer that something else than a literal gives, with what each is. */
export const computedArguments = (m: Machine, { args }: LayerRecord): readonly PlacedArgument[] =>
  Object.entries(args).flatMap(([name, { value, node, place }]) =>
    node === undefined || place === undefined || !SAID.has(value.kind) || isLiteral(node)
      ? []
      : [{ name, value: valueText(m, value, 0), place }],
  );
