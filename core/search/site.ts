import { isBlock } from "../python/statements.ts";
import type { Argument, Call, Expression, Statement } from "../python/syntax.ts";
import type { Span } from "../text/span.ts";

/** An expression of a statement, with what it stands in, innermost first. */
export interface Site {
  readonly node: Expression;
  readonly around: readonly (Expression | Argument)[];
  readonly statement: Statement;
}

/** All expressions of a statement's own text, but not of a block in it; the outermost first. */
export function sitesOf(statement: Statement): readonly Site[] {
  const found: Site[] = [];
  for (const [key, part] of Object.entries(statement)) {
    if (!ASIDE.has(key)) visit(part, [], statement, found);
  }
  return found;
}
/** Says nothing of values. */
const ASIDE = new Set(["annotation", "returns", "decorators", "handlers", "cases"]);

function visit(part: unknown, around: Site["around"], statement: Statement, found: Site[]): void {
  if (typeof part !== "object" || part === null || isBlock(part)) return;
  const isNode = "span" in part && "kind" in part;
  const node = part as Expression | Argument;
  if (isNode && "id" in part) found.push({ node: part as Expression, around, statement });
  const inner = isNode ? [node, ...around] : around;
  for (const [key, it] of Object.entries(part)) if (!ASIDE.has(key)) visit(it, inner, statement, found);
}

/** `x = f(…)`: the variable and the call. */
export function madeBy(statement: Statement): { readonly name: string; readonly call: Call } | undefined {
  if (statement.kind !== "Assign" || statement.targets.length !== 1 || statement.value.kind !== "Call")
    return undefined;
  const [target] = statement.targets;
  return target?.kind === "Name" ? { name: target.name, call: statement.value } : undefined;
}

/** The argument that an expression is, whole, and the call that it is given to. */
export function argumentOf({ node, around: [argument, call] }: Site): Argument | undefined {
  if (argument === undefined || !("value" in argument) || argument.value !== node) return undefined;
  return call?.kind === "Call" && call.args.includes(argument as Argument) ? (argument as Argument) : undefined;
}

/** An edit of a statement's text, and how often this is what a person would have changed, beside others: 1 is most. */
export interface Move {
  /** What it is called, if not by what the text reads then. */
  readonly title?: string;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
  readonly likelihood: number;
  /**
   * It brings nothing new: what the program says in two places agrees by it, which it would hardly do by chance. A
   * number that is made to fit always fits.
   */
  readonly isEvident?: boolean;
}
/** What a search knows. */
export interface Clue {
  /** The statement's. */
  readonly text: string;
  /** The finding is of it, or nothing else is in its block: it cannot go. */
  readonly isNeeded: boolean;
  /** Sizes that do not go together, each way round: what one is, and what it would have to be. */
  readonly clashes: readonly (readonly [had: number, wanted: number])[];
  /** Two shapes that do not go together would in the other order of their axes. */
  readonly isTurned: boolean;
  /** Those that can be seen from the statement. */
  readonly variables: readonly Variable[];
}
export interface Variable {
  readonly name: string;
  /** What it is bound to, or a parameter's default. */
  readonly number: number | undefined;
  readonly isParameter: boolean;
  /** Nothing reads it. */
  readonly isUnused: boolean;
}
/** Small changes at an expression; spans are relative to its statement, as those of the tree are. */
export type Moves = (site: Site, clue: Clue) => readonly Move[];
