import type { Machine } from "../../../../interpreter/machine.ts";
import type { Expression } from "../../../../python/syntax.ts";

/** A data set that a program keeps without batches, and makes batches of where it is given: `fit(train.batch(7))`. */

const slotOf = (m: Machine, name: string): number => m.named(`batched later ${m.scope.id} ${name}`);

export function noteBatchedLater(m: Machine, node: Expression | undefined): void {
  let at = node;
  while (at?.kind === "Call" && at.callee.kind === "Attribute") at = at.callee.object;
  if (at !== node && at?.kind === "Name") m.setSlot(slotOf(m, at.name), { node: at });
}

export const isBatchedLater = (m: Machine, node: Expression | undefined): boolean =>
  node?.kind === "Name" && m.slot<object>(slotOf(m, node.name)) !== undefined;
