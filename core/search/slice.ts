import { isBlock, type Standing, statementsIn } from "../python/statements.ts";
import type { Expression, Module, Statement } from "../python/syntax.ts";
import { overlaps, type Span } from "../text/span.ts";

/** A statement that a place may depend on, and over how many names. */
export interface Depended extends Standing {
  readonly distance: number;
}

/** Names that are followed from one statement to those that bind them; farther away few mistakes are found. */
const FARTHEST = 8;

/**
 * The statements that what stands at some places may depend on, nearest first: those that bind a name which is used
 * there, change what it holds, or are in the function or the class of that name. By the text alone, so rather too many.
 */
export function dependedOn(module: Module, places: readonly Span[]): readonly Depended[] {
  const all = statementsIn(module);
  const outermost = (it: Standing): boolean => isIn(it, places);
  const found = new Map<Statement, Depended>();
  const wanted = new Set<string>();
  let fresh = all.filter((it) => outermost(it) && !holdsAnother(it, all, places));
  for (let distance = 0; fresh.length > 0 && distance <= FARTHEST; distance++) {
    for (const it of fresh) found.set(it.statement, { ...it, distance });
    for (const { statement } of fresh) for (const name of usedIn(statement)) wanted.add(name);
    const inside = fresh.flatMap((it) => enclosingNames(it, all));
    for (const name of inside) wanted.add(name);
    fresh = all.filter(({ statement }) => !found.has(statement) && isAbout(statement, wanted));
    const defined = fresh.filter(({ statement }) => statement.kind === "FunctionDef" || statement.kind === "ClassDef");
    const bodies = all.filter((it) => !found.has(it.statement) && defined.some((around) => within(it, around)));
    fresh = [...new Set([...fresh, ...bodies])];
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || b.start - a.start);
}

const spanOf = ({ statement, start }: Standing): Span => ({
  start,
  end: start + (statement.span.end - statement.span.start),
});
const isIn = (it: Standing, places: readonly Span[]): boolean => places.some((place) => overlaps(spanOf(it), place));
const within = (inner: Standing, outer: Standing): boolean =>
  inner.start > outer.start && spanOf(inner).end <= spanOf(outer).end;
/** A compound statement about a place that stands in its body. */
const holdsAnother = (it: Standing, all: readonly Standing[], places: readonly Span[]): boolean =>
  all.some((other) => within(other, it) && isIn(other, places));

/** A function's statements are reached by whoever calls it. */
function enclosingNames(it: Standing, all: readonly Standing[]): readonly string[] {
  const names = new Set<string>();
  for (const around of all) {
    const { statement } = around;
    if ((statement.kind === "FunctionDef" || statement.kind === "ClassDef") && within(it, around)) {
      names.add(statement.name);
    }
  }
  return [...names];
}

/** It binds one of the names, calls a method of it or sets an item; or it is a compound statement that does. */
function isAbout(statement: Statement, names: ReadonlySet<string>): boolean {
  switch (statement.kind) {
    case "Assign":
      return statement.targets.some((it) => mentionsOne(it, names)) || callsOne(statement.value, names);
    case "AugmentedAssign":
    case "AnnotatedAssign":
      return mentionsOne(statement.target, names);
    case "For":
      return mentionsOne(statement.target, names) || mentionsOne(statement.iterable, names);
    case "With":
      return statement.items.some(({ target }) => target !== undefined && mentionsOne(target, names));
    case "FunctionDef":
    case "ClassDef":
      return names.has(statement.name);
    case "ExpressionStatement":
      return statement.value.kind === "Call" && callsOne(statement.value, names);
    default:
      return false;
  }
}
/** `model.add(…)`, `f(…)`: where that is a function of the file, its arguments decide what it makes. */
function callsOne(value: Expression, names: ReadonlySet<string>): boolean {
  if (value.kind !== "Call") return false;
  const { callee } = value;
  if (callee.kind === "Name") return names.has(callee.name);
  return callee.kind === "Attribute" && mentionsOne(callee.object, names);
}
function mentionsOne(node: unknown, names: ReadonlySet<string>): boolean {
  for (const name of usedIn(node)) if (names.has(name)) return true;
  return false;
}

/** The variables that a statement's own text mentions, and attributes of `self` with a dot before them. */
function usedIn(node: unknown, into = new Set<string>()): ReadonlySet<string> {
  if (typeof node !== "object" || node === null || isBlock(node)) return into;
  const it = node as Expression;
  if (it.kind === "Attribute" && it.object.kind === "Name" && it.object.name === "self") {
    into.add(`.${it.name}`);
    return into;
  }
  if (it.kind === "Name") into.add(it.name);
  for (const value of Array.isArray(node) ? node : Object.values(node)) usedIn(value, into);
  return into;
}
