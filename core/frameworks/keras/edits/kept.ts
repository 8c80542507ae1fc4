import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Call } from "../../../python/syntax.ts";
import type { Span } from "../../../text/span.ts";
import { inserted, type Source } from "./source.ts";

/** Functions that give a new array and leave the old one as it is. */
const PURE = new Set(
  "reshape astype transpose swapaxes moveaxis squeeze expand_dims rollaxis to_categorical pad_sequences".split(" "),
);

/**
 * `x`: where the file calls `x.reshape(…)` for nothing, as a statement by itself, the variable gets what comes of it;
 * and so does every other that was treated in the same way.
 */
export function kept({ text }: PlacedEdit, _: Span, { module }: Source): readonly TextEdit[] | undefined {
  const found = module.entries.flatMap(({ statement, offset }) => {
    const name = statement.kind === "ExpressionStatement" ? treated(statement.value) : undefined;
    return name === undefined ? [] : [{ name, offset }];
  });
  if (!found.some(({ name }) => name === text)) return undefined;
  return found.flatMap(({ name, offset }) => inserted(offset, `${name} = `));
}

/** `x` of `x.reshape(…)` and of `np.reshape(x, …)`. */
function treated(value: Call | { readonly kind: string }): string | undefined {
  if (!isCall(value) || value.callee.kind !== "Attribute" || !PURE.has(value.callee.name)) return undefined;
  const [first] = value.args;
  const given = first?.kind === "positional" && first.value.kind === "Name" ? first.value.name : undefined;
  const { object } = value.callee;
  return given ?? (object.kind === "Name" ? object.name : undefined);
}
const isCall = (it: Call | { readonly kind: string }): it is Call => it.kind === "Call";
