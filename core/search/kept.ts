import type { Expression, Statement } from "../python/syntax.ts";
import { type Clue, type Move, type Moves, madeBy } from "./site.ts";

/** `x = x.reshape(…)` for a statement that makes another array or data set of `x` and drops it. */
export const kept: Moves = ({ node, around, statement }, clue) => {
  if (around.length > 0 || statement.kind !== "ExpressionStatement" || node.kind !== "Call") return [];
  const made = madeOf(node, clue);
  return made === undefined ? [] : [{ edits: [insertion(0, `${made} = `)], likelihood: 0.9, isEvident: true }];
};
const insertion = (at: number, newText: string): Move["edits"][number] => ({ span: { start: at, end: at }, newText });

/** The variable that a function makes another one of: `x` in `x.batch(8).shuffle(9)` and in `np.moveaxis(x, 1, 2)`. */
function madeOf(node: Expression, clue: Clue): string | undefined {
  if (node.kind !== "Call" || node.callee.kind !== "Attribute") return undefined;
  const { name, object } = node.callee;
  if (object.kind === "Call") return GIVING.test(name) ? madeOf(object, clue) : undefined;
  if (object.kind !== "Name" || !GIVING.test(name)) return undefined;
  const [first] = node.args;
  const own = clue.variables.some((it) => it.name === object.name) ? object : first?.value;
  return own?.kind === "Name" ? own.name : undefined;
}
/** What gives another array, table or data set and leaves its own as it is. */
const GIVING = new RegExp(
  "^(?:(?:padded_)?batch|unbatch|shuffle|map|repeat|take|skip|prefetch|cache|filter|reshape|ravel|flatten|squeeze|" +
    "expand_dims|transpose|moveaxis|swapaxes|rollaxis|astype|drop|dropna|to_categorical)$",
);

/** Once more what a statement makes of a variable: one layer too few. */
export const repeated: Moves = ({ node, around, statement }, { text }) => {
  const isStep =
    around.length === 0 && statement.kind === "Assign" && statement.value === node && isOfItself(statement);
  if (!isStep || node.kind !== "Call" || text.includes("\n")) return [];
  return [{ title: `Twice ${text}`, edits: [insertion(text.length, `; ${text}`)], likelihood: 0.2 }];
};
/** `x = f(x)`. */
function isOfItself(statement: Statement): boolean {
  const { name, call } = madeBy(statement) ?? {};
  return call?.args.some((it) => it.value.kind === "Name" && it.value.name === name) === true;
}
