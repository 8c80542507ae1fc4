import { isBlock, type Standing, statementsIn } from "../python/statements.ts";
import type { Call, Expression, Module, Statement } from "../python/syntax.ts";
import { encloses, overlaps, type Span, shifted } from "../text/span.ts";

/** A statement with where it stands, and the functions and classes around it, outermost first. */
export interface Placed extends Standing {
  readonly span: Span;
  readonly inside: readonly Placed[];
}
/** All statements of a module in the order of the text. */
export function placedIn(module: Module): readonly Placed[] {
  let inside: readonly Placed[] = [];
  return statementsIn(module).map((it) => {
    const span = shifted(it.statement.span, it.start);
    if (inside.some((around) => !encloses(around.span, span))) {
      inside = inside.filter((around) => encloses(around.span, span));
    }
    const placed = { ...it, span, inside };
    if (isDefinition(it.statement)) inside = [...inside, placed];
    return placed;
  });
}
const isDefinition = ({ kind }: Statement): boolean => kind === "FunctionDef" || kind === "ClassDef";

/** A statement that a place may depend on, and over how many names. */
export interface Depended extends Placed {
  readonly distance: number;
}

/** Names that are followed from one statement to those that bind them; farther away few mistakes are found. */
const FARTHEST = 8;
/** More statements than are looked into; there are so many only in long files. */
const MOST = 300;

/**
 * The statements that what stands at some places may depend on, nearest first: those that bind a name which is used
 * there, change what it holds, or are in the function or the class of that name. By the text alone, so rather too many.
 */
export function dependedOn(all: readonly Placed[], places: readonly Span[]): readonly Depended[] {
  const found = new Map<Statement, Depended>();
  const wanted = new Set<string>();
  const there = all.filter(({ span }) => places.some((place) => overlaps(span, place)));
  // Of a compound statement about a place what stands in its body.
  let fresh: readonly Placed[] = there.filter((it) => !there.some((other) => isWithin(other, it)));
  for (let distance = 0; fresh.length > 0 && found.size < MOST && distance <= FARTHEST; distance++) {
    for (const it of fresh) found.set(it.statement, { ...it, distance });
    for (const { statement, inside } of fresh) {
      for (const name of usedIn(statement)) wanted.add(name);
      // A function's statements are reached by whoever calls it.
      for (const around of inside) if ("name" in around.statement) wanted.add(around.statement.name);
    }
    const defined = new Set<Statement>();
    fresh = all.filter(({ statement, inside }) => {
      if (found.has(statement)) return false;
      const isFresh = isAbout(statement, wanted);
      if (isFresh && isDefinition(statement)) defined.add(statement);
      return isFresh || inside.some((around) => defined.has(around.statement));
    });
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || b.start - a.start).slice(0, MOST);
}
const isWithin = (inner: Placed, outer: Placed): boolean =>
  inner.start > outer.start && encloses(outer.span, inner.span);

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
      return (
        statement.value.kind === "Call" && (callsOne(statement.value, names) || isGivenOne(statement.value, names))
      );
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
/** `np.moveaxis(x, 1, 2)`: what comes of it may have been meant to be kept. */
function isGivenOne({ args: [first] }: Call, names: ReadonlySet<string>): boolean {
  return first?.value.kind === "Name" && names.has(first.value.name);
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
