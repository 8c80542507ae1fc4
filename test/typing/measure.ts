import { isDeepStrictEqual } from "node:util";
import {
  type Analysis,
  type Core,
  type Hint,
  type HintContext,
  hasRank,
  printDim,
  type TensorFact,
} from "../../core/index.ts";
import type { PythonParser } from "../../core/python/parser.ts";
import { projectOf } from "../core/open.ts";
import { flatten } from "../python/statements.ts";
import type { Step } from "./steps.ts";

/** What was counted over many steps of writing. */
export class Tally {
  steps = 0;
  /** Steps at which the text has a statement that is no Python. */
  broken = 0;
  /** Hints of the finished file that stand on written, untouched lines. */
  expected = 0;
  /** Those of them that are there. */
  there = 0;
  /** Those of them that the text without a broken statement has. */
  attainable = 0;
  /** Those of the last that are there. */
  kept = 0;
  /** Hints that the text without the broken statement does not have, or that it contradicts. */
  wrong = 0;
  /** Hints that say less than they would without the broken statement. */
  vague = 0;
  /** Steps at which an analysis that knows nothing of the steps before says something else. */
  stale = 0;
  /** Errors and warnings that neither the finished file has nor the text without what is being written. */
  flashes = 0;
  /** Those of them at a step whose text is broken. */
  brokenFlashes = 0;
  readonly notes: string[] = [];

  add(other: Tally): void {
    for (const key of COUNTS) this[key] += other[key];
    this.notes.push(...other.notes);
  }
  toString(): string {
    const share = (part: number, whole: number) => (whole === 0 ? "–" : `${((part / whole) * 100).toFixed(2)} %`);
    return [
      `${this.steps} steps (${this.broken} broken)`,
      `hints there ${share(this.there, this.expected)} of ${this.expected}`,
      `of those attainable ${share(this.kept, this.attainable)} of ${this.attainable}`,
      `wrong ${this.wrong} and vague ${this.vague}`,
      `stale ${this.stale}`,
      `flashes ${this.brokenFlashes} + ${this.flashes - this.brokenFlashes}`,
    ].join(", ");
  }
}
const COUNTS = [
  ...([
    "steps",
    "broken",
    "expected",
    "there",
    "attainable",
    "kept",
    "wrong",
    "vague",
    "stale",
    "flashes",
    "brokenFlashes",
  ] as const),
];

/** Cores and a parser to measure with: one that is typed in, one that knows nothing of what was before. */
export interface Bench {
  readonly typing: Core;
  readonly cold: Core;
  readonly parser: PythonParser;
}

/** After so many steps one is compared with a fresh analysis of the same text. */
const FRESHLY = 5;

type Modules = Readonly<Record<string, string>>;

/** Writes `text` in these steps and compares what is shown with the finished file and with the text without them. */
export function measure(bench: Bench, text: string, steps: Iterable<Step>, modules: Modules = {}): Tally {
  const tally = new Tally();
  const coldly = remembering((it: string) => {
    bench.cold.forget("main.py");
    return bench.cold.analyse(projectOf(it, modules)).analysis;
  });
  const finished = coldly(text);
  const document = bench.parser.open("");
  const usual = brokenIn(bench.parser, text);
  for (const step of steps) {
    tally.steps++;
    document.update(step.text);
    const isBroken = brokenOf(document.module) > usual || !step.text.startsWith(text.slice(0, step.start));
    const now = bench.typing.analyse(projectOf(step.text, modules)).analysis;
    if (tally.steps % FRESHLY === 0 && !isDeepStrictEqual(now, coldly(step.text))) {
      tally.stale++;
      tally.notes.push(`stale ${about(step)}`);
    }
    const without = withoutStep(step);
    const reference = coldly(without.text);
    if (isBroken) tally.broken++;
    compare(tally, step, now, finished, reference, without.shift, isBroken);
  }
  document.close();
  return tally;
}

/** The text with nothing where something is being written: a `pass`, since blocks must not be empty. */
function withoutStep({ text, start, whole }: Step): { readonly text: string; readonly shift: number } {
  const own = text.slice(start, whole);
  const isEmpty = own.trim() === "" || /^(?:elif|else|except|finally|case)\b/.test(own);
  const kept = isEmpty || /\n[ \t]*$/.test(own) ? own.replace(/\S/g, "") : "pass";
  return { text: text.slice(0, start) + kept + text.slice(whole), shift: kept.length - own.length };
}

const brokenIn = (parser: PythonParser, text: string) => brokenOf(parser.open(text).module);
const brokenOf = (module: Parameters<typeof flatten>[0]) =>
  flatten(module).filter(({ statement }) => statement.kind === "BrokenStatement").length;

function compare(
  tally: Tally,
  step: Step,
  now: Analysis,
  finished: Analysis,
  reference: Analysis,
  shift: number,
  isBroken: boolean,
): void {
  const { start } = step;
  const own = new Map(now.hints.map((it) => [placeOf(it, 0, 0), it]));
  const bare = new Map(reference.hints.map((it) => [placeOf(it, start, -shift), it]));
  for (const hint of finished.hints) {
    const written = hint.span.end <= start || (hint.span.start >= step.whole + step.shift && step.shift !== 0);
    if (!written) continue;
    const place = placeOf(hint, start, -step.shift);
    tally.expected++;
    if (own.has(place)) tally.there++;
    if (!isBroken || !bare.has(place)) continue;
    tally.attainable++;
    if (own.has(place)) tally.kept++;
    else tally.notes.push(`lost ${hint.type} at ${place}: ${about(step)}`);
  }
  if (isBroken) {
    for (const [place, hint] of own) {
      const its = bare.get(place);
      if (its !== undefined && factsOf(its) === factsOf(hint)) continue;
      const vague = its !== undefined && saysLess(hint, its);
      tally[vague ? "vague" : "wrong"]++;
      tally.notes.push(
        `${vague ? "vague" : "wrong"} ${factsOf(hint)} for ${its && factsOf(its)} at ${place}: ${about(step)}`,
      );
    }
  }
  const usual = new Set([...finished.diagnostics, ...reference.diagnostics].map((it) => `${it.code} ${it.message}`));
  for (const it of now.diagnostics) {
    if (usual.has(`${it.code} ${it.message}`) || !/error|warning/.test(it.severity)) continue;
    tally.flashes++;
    if (isBroken) tally.brokenFlashes++;
    tally.notes.push(`flash${isBroken ? " broken" : ""} ${it.code} ${it.message}: ${about(step)}`);
  }
}

const about = ({ text, start, end }: Step) => JSON.stringify(text.slice(start, end).slice(-120));

/** Where a hint stands: what is behind `from` is moved. */
function placeOf({ span }: Hint, from: number, by: number): string {
  return span.start < from ? `${span.start}-${span.end}` : `${span.start + by}-${span.end + by}`;
}
function factsOf({ kind, type, contexts, more }: Hint): string {
  const facts = contexts.map(({ outputs, params }) => ({ outputs, params }));
  return JSON.stringify([kind, type, facts, more], (_, it) => (typeof it === "bigint" ? `${it}` : it));
}

/** Every context is one of the other's, but for what is not known. */
function saysLess(hint: Hint, than: Hint): boolean {
  return hint.type === than.type && hint.contexts.every((it) => than.contexts.some((its) => fits(it, its)));
}
function fits(mine: HintContext, its: HintContext): boolean {
  if (mine.params !== undefined && mine.params !== its.params) return false;
  const [own, other] = [[mine.outputs].flat(), [its.outputs].flat()];
  return own.length === other.length && own.every((it, i) => fitsFact(it, other[i] ?? it));
}
function fitsFact(mine: TensorFact, its: TensorFact): boolean {
  if (mine.dtype !== undefined && mine.dtype !== its.dtype) return false;
  if (!hasRank(mine.shape)) return true;
  if (!hasRank(its.shape) || its.shape.dims.length !== mine.shape.dims.length) return false;
  const others = its.shape.dims;
  return mine.shape.dims.every((dim, i) => printDim(dim) === "?" || printDim(dim) === printDim(others[i] ?? 0));
}

function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? make(text);
    if (known.size > 50) known.clear();
    known.set(text, found);
    return found;
  };
}
