import type { Machine } from "../../../interpreter/machine.ts";
import type { Scope } from "../../../interpreter/scope.ts";
import type { Place, Value } from "../../../interpreter/values.ts";
import type { Expression, Statement } from "../../../python/syntax.ts";
import { frameData } from "../../pandas/frame.ts";
import { dataOf } from "../../tensorflow/data/dataset.ts";

/** What a variable was last given, as it stands in the text: a size, a list, a data set, a generator. */
export interface Definition {
  readonly place: Place;
  readonly node: Expression;
}
const slotOf = (m: Machine, scope: Scope, name: string): number => m.named(`defined ${scope.id} ${name}`);

/** Remembers where a size or a data set got its name. */
export function define(m: Machine, name: string, value: Value): void {
  const statement = m.statement as Statement;
  if (statement.kind !== "Assign") return;
  const isLists = value.kind === "list" && statement.value.kind === "List" && statement.value.items.length > 0;
  const isShape = value.kind === "tuple" && (statement.value.kind === "Tuple" || statement.value.kind === "Binary");
  const isTable = frameData(m, value) !== undefined;
  if (
    value.kind !== "int" &&
    value.kind !== "iterator" &&
    !isLists &&
    !isShape &&
    !isTable &&
    dataOf(value) === undefined
  )
    return;
  const node = givenTo(statement, name);
  if (node !== undefined) m.setSlot(slotOf(m, m.scope, name), { place: m.place(node), node } satisfies Definition);
}
/** The expression that a name is given: of `height, width = 64, 48` one of the two. */
function givenTo({ targets, value }: Extract<Statement, { kind: "Assign" }>, name: string): Expression | undefined {
  const [target, ...others] = targets;
  if (target?.kind === "Name" || others.length > 0) return others.length > 0 ? undefined : value;
  if (target?.kind !== "Tuple" || value.kind !== "Tuple" || target.items.length !== value.items.length)
    return undefined;
  return value.items[target.items.findIndex((it) => it.kind === "Name" && it.name === name)];
}

/** What a variable of the file was last given. */
export const definedAs = (m: Machine, name: string): Definition | undefined =>
  m.slot<Definition>(slotOf(m, m.scope, name));

/** Where the variable that an expression names got its value; undefined for any other expression. */
export function definitionOf(m: Machine, node: Expression | undefined): Definition | undefined {
  if (node?.kind !== "Name") return undefined;
  for (let scope: Scope | undefined = m.scope; scope !== undefined; scope = scope.parent) {
    const found = m.slot<Definition>(slotOf(m, scope, node.name));
    if (found !== undefined) return found;
  }
  return undefined;
}
