import type { Diagnostic, Edit } from "../analysis.ts";
import type { Document } from "../python/parser.ts";
import { blocksOf } from "../python/statements.ts";
import type { Constant, Expression, Statement } from "../python/syntax.ts";
import { encloses, overlaps, type Span, shifted } from "../text/span.ts";
import { asNeighbour } from "./alike.ts";
import { dropped } from "./dropped.ts";
import { kept, repeated } from "./kept.ts";
import { otherName } from "./names.ts";
import { isMadeUp, otherNumber } from "./numbers.ts";
import { type Clue, type Move, type Moves, type Site, sitesOf, type Variable } from "./site.ts";
import { dependedOn, type Placed, placedIn } from "./slice.ts";
import { swapped } from "./swapped.ts";
import { twins } from "./twins.ts";
import { otherWord } from "./words.ts";

/** Small changes of a text, one of which may be what a person would make of it. */
const MOVES: readonly Moves[] = [kept, asNeighbour, otherNumber, otherName, dropped, swapped, otherWord, repeated];
/** What an edit loses with each name that is between it and the finding. */
const FADING = 0.85;
/** What one loses that changes made-up data. */
const MADE_UP = 0.4;

/** What is less likely is rather a chance. */
const LEAST = 0.15;

/** A statement of more expressions is data: a table, a list of words. */
const LARGEST = 400;
/** Variables that are looked through for another: those that were bound last. */
const VISIBLE = 200;
/** More than anyone tries. */
const MOST = 100;

export interface Candidate {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** How often this is what a person would have changed, beside others: 1 is most. */
  readonly likelihood: number;
  /** See Move. */
  readonly isEvident: boolean;
  /** The smallest call, or else the statement, that the first edit stands in. */
  readonly at: Span;
}
/** One move at its place, or the same wherever it can be made. */
interface Found {
  readonly at: readonly { readonly move: Move; readonly site: Site; readonly text: string; readonly start: number }[];
  readonly likelihood: number;
}

/** Small edits of what a finding depends on, the likeliest first; whether one helps is tried by whoever asks. */
export function smallEdits(path: string, document: Document, diagnostic: Diagnostic): readonly Candidate[] {
  const { twinned, own } = movesFor(path, document, diagnostic);
  const all = [...twinned, ...own, ...inSeveralPlaces(own, clashesIn(diagnostic.message)).map(together)];
  const likeliest = all.filter((it) => it.likelihood >= LEAST).sort((a, b) => b.likelihood - a.likelihood);
  return likeliest.slice(0, MOST).map(({ at, likelihood }) => ({
    title: titleOf(at),
    likelihood,
    isEvident: at.every(({ move }) => move.isEvident === true),
    at: placeOf(at),
    edits: at.flatMap(({ move, start }) =>
      move.edits.map(({ span, newText }) => ({ location: { path, span: shifted(span, start) }, newText })),
    ),
  }));
}

interface Moved {
  /** Statements once more, for another variable. */
  readonly twinned: readonly Found[];
  /** Changes of what the finding depends on, each by itself. */
  readonly own: readonly Found[];
}
function movesFor(path: string, { module, text }: Document, diagnostic: Diagnostic): Moved {
  const places = [
    diagnostic.span,
    ...diagnostic.related.filter((it) => it.location.path === path).map((it) => it.location.span),
  ];
  const [clashes, isTurned] = [clashesIn(diagnostic.message), isTurnedIn(diagnostic.message)];
  const all = placedIn(module);
  const variables = variablesOf(all);
  const blocks = all.flatMap(({ statement }) => blocksOf(statement)).filter(({ entries }) => entries.length === 1);
  const alone = new Set(blocks.flatMap(({ entries }) => entries.map(({ statement }) => statement)));
  const dependents = dependedOn(all, places);
  const used = new Set(dependents.flatMap(({ statement }) => namesIn(statement)));
  const usedAt = (start: number) => variables.filter((it) => used.has(it.name) && isVisible(it, start));
  const twinned = twins(all, text, usedAt).map(({ placed: { span, start }, site, move }): Found => {
    return { at: [{ move, site, text: text.slice(span.start, span.end), start }], likelihood: move.likelihood };
  });
  const found: Found[] = [];
  for (const { statement, start, span, distance } of dependents) {
    const sites = sitesOf(statement);
    if (sites.length > LARGEST) continue;
    const own = text.slice(span.start, span.end);
    const visible = variables.filter((it) => isVisible(it, start)).slice(-VISIBLE);
    const isNeeded = alone.has(statement) || overlaps(span, diagnostic.span);
    const clue: Clue = { text: own, isNeeded, clashes, isTurned, variables: visible };
    for (const site of sites)
      for (const move of MOVES.flatMap((moves) => moves(site, clue))) {
        const madeUp = isMadeUp(site) && move.isEvident !== true ? MADE_UP : 1;
        const likelihood = move.likelihood * FADING ** distance * madeUp;
        found.push({ at: [{ move, site, text: own, start }], likelihood });
      }
  }
  return { twinned, own: found };
}

/** Those that change one thing into another, of which there are several: sizes that are said twice change together. */
function inSeveralPlaces(found: readonly Found[], clashes: Clue["clashes"]): readonly (readonly Found[])[] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const [first] = one.at;
    const [edit, ...more] = first?.move.edits ?? [];
    if (first === undefined || edit === undefined || more.length > 0) continue;
    if (first.site.node.kind === "Constant" && !isOneOf(clashes, first.site.node)) continue;
    const key = `${first.text.slice(edit.span.start, edit.span.end)}\n${edit.newText}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].filter((it) => it.length > 1);
}

const namesIn = (statement: Statement): readonly string[] =>
  sitesOf(statement).flatMap(({ node }) => (node.kind === "Name" ? [node.name] : []));

/** Less likely than in one place alone. */
const together = (group: readonly Found[]): Found => ({
  at: group.flatMap(({ at }) => at),
  likelihood: group.reduce((least, it) => Math.min(least, it.likelihood), 1) * 0.8,
});
function titleOf([first, second, ...others]: Found["at"]): string {
  const said = first === undefined ? "" : saidOf(first);
  if (second === undefined) return said;
  return others.length === 0 ? `${said} and ${saidOf(second)}` : `${said}, and so in ${others.length + 1} places more`;
}
const saidOf = ({ move, site, text }: Found["at"][number]): string =>
  cut(move.title ?? asWritten(text, site, move.edits));

/** A number that the finding tells of: others are alike by chance. */
const isOneOf = (clashes: Clue["clashes"], { value }: Constant): boolean =>
  value.kind === "int" && value.value !== 1 && clashes.some(([had]) => had === value.value);

/**
 * What does not go together, as the message tells it: the sizes of two shapes that stand at one axis, counted from the
 * last; or any two of the numbers that it tells by themselves.
 */
function clashesIn(message: string): Clue["clashes"] {
  const shapes = [...message.matchAll(/\(([^()]*,[^()]*)\)/g)].map(([, dims = ""]) =>
    sizesIn(dims.split(",").filter(Boolean)),
  );
  const [a = [], b = []] = shapes;
  const aligned = a.map((size, i) => [size, b[b.length - a.length + i]] as const);
  const alone = sizesIn(message.replace(/\([^()]*,[^()]*\)/g, " ").match(/(?<![\w.])\d+(?!\w|\.\d)/g) ?? []);
  const any = alone.flatMap((size, i) => alone.slice(i + 1).map((other) => [size, other] as const));
  return [...aligned, ...(alone.length <= 4 ? any : [])].flatMap(([one, other]) =>
    !one || !other || one === other ? [] : [[one, other] as const, [other, one] as const],
  );
}
/** `(128, 2)` and `(2, 128)`. */
function isTurnedIn(message: string): boolean {
  const [a, b] = [...message.matchAll(/\(([^()]*,[^()]*)\)/g)].map(([, dims = ""]) => dims.split(", "));
  return a !== undefined && b !== undefined && a.length === b.length && a.length > 1 && a.join() === b.reverse().join();
}
const sizesIn = (words: readonly string[]): readonly number[] => words.map(Number);

interface Bound extends Variable {
  /** Where the first statement that binds it begins. */
  readonly at: number;
  /** The function that it is local to. */
  readonly within: Span | undefined;
}
const isVisible = ({ at, within, isParameter }: Bound, start: number): boolean =>
  (within === undefined || encloses(within, { start, end: start })) && (isParameter || at < start);

function variablesOf(all: readonly Placed[]): readonly Bound[] {
  const found = new Map<string, Bound>();
  const mentions = new Map<string, number>();
  for (const { node } of all.flatMap(({ statement }) => sitesOf(statement))) {
    if (node.kind === "Name") mentions.set(node.name, (mentions.get(node.name) ?? 0) + 1);
  }
  for (const { statement, span, inside } of all) {
    const isParameter = statement.kind === "FunctionDef";
    const within = isParameter ? span : inside.findLast((it) => it.statement.kind === "FunctionDef")?.span;
    for (const [name, value] of boundBy(statement)) {
      const key = `${name} ${within?.start}`;
      const first = found.get(key);
      const number = first === undefined ? numberOf(value) : undefined;
      // What counts the rounds of a loop is often read by nobody.
      const isUnused = statement.kind === "Assign" && mentions.get(name) === 1;
      const at = first?.at ?? span.start;
      if (name !== "self") found.set(key, { name, number, isParameter, isUnused, within, at });
    }
  }
  return [...found.values()];
}
const numberOf = (it: Expression | undefined): number | undefined =>
  it?.kind === "Constant" && it.value.kind === "int" && typeof it.value.value === "number" ? it.value.value : undefined;

type Binding = readonly [name: string, value: Expression | undefined];
function boundBy(statement: Statement): readonly Binding[] {
  if (statement.kind === "FunctionDef") return statement.params.map(({ name, initial }) => [name, initial]);
  if (statement.kind === "For") return bindings(statement.target, undefined);
  return statement.kind === "Assign" ? statement.targets.flatMap((it) => bindings(it, statement.value)) : [];
}
function bindings(target: Expression, value: Expression | undefined): readonly Binding[] {
  if (target.kind === "Name") return [[target.name, value]];
  if (target.kind !== "Tuple" && target.kind !== "List") return [];
  const values = value?.kind === target.kind ? value.items : [];
  return target.items.flatMap((it, i) => bindings(it, values[i]));
}

/** The smallest call that holds the edit, or else the statement, as it reads then. */
function asWritten(text: string, site: Site, edits: Move["edits"]): string {
  const holder = holderOf(text, site);
  let said = text.slice(holder.start, holder.end);
  for (const { span, newText } of [...edits].reverse()) {
    said = `${said.slice(0, span.start - holder.start)}${newText}${said.slice(span.end - holder.start)}`;
  }
  return said;
}
const holderOf = (text: string, { node, around }: Site): Span =>
  [node, ...around].find(({ kind }) => kind === "Call")?.span ?? { start: 0, end: text.length };

function placeOf([first]: Found["at"]): Span {
  return first === undefined ? { start: 0, end: 0 } : shifted(holderOf(first.text, first.site), first.start);
}
/** Its first line, as far as it fits on a menu. */
function cut(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > 60 || line !== text ? `${line.slice(0, 59)}…` : line;
}
