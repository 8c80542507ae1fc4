import type { Hint, HintContext, Location, Outputs, ReadingReport } from "./analysis.ts";
import { same } from "./interpreter/heap.ts";
import { type Fault, isOwn, type Observation, observations, type Run } from "./interpreter/record.ts";
import type { Place } from "./interpreter/values.ts";
import { Located, type Locator } from "./locator.ts";
import { readingReport } from "./readingReport.ts";
import { printShape } from "./tensor/shape.ts";
import type { Span } from "./text/span.ts";

/** Contexts that are listed for one expression; more are counted. */
export const CONTEXTS = 64;

type Seen = readonly (Observation | Run)[];

/** A hint's context; with a `subject`, what a model has come to in the end takes the place of what it was here. */
export interface SubjectContext extends HintContext {
  readonly subject: number | undefined;
}
/** A hint as the runs saw it. */
export interface HintSeen extends Hint {
  readonly contexts: readonly SubjectContext[];
}

interface PlacedContext {
  readonly outputs: Outputs;
  readonly params: number | undefined;
  readonly subject: number | undefined;
  readonly callers: readonly Place[];
  readonly reading?: ReadingReport | undefined;
}
interface PlacedHint extends Pick<Hint, "kind" | "type"> {
  readonly place: Place;
  readonly contexts: PlacedContext[];
  more: number;
  /** As they were located last: they are the same again unless a call that led there has moved. */
  located?: readonly SubjectContext[];
}

/**
 * What one run of a statement saw, sorted out by expression. It is made once: as long as a run is replayed, what it saw
 * is the same, and as long as no statement moves, so are its hints.
 */
export class Gathered {
  readonly faults: readonly Fault[];
  readonly doubts: readonly Extract<Observation, { kind: "unknown" }>[];
  readonly marks: readonly Extract<Observation, { kind: "mark" }>[];
  /** What the frameworks gathered in what ran apart: nothing that the program makes. */
  readonly apart: readonly Extract<Observation, { kind: "mark" }>[];
  private readonly placed: readonly PlacedHint[];
  private readonly byPath = new Map<string, Located<readonly HintSeen[]>>();

  constructor(seen: Seen) {
    const all = observations(seen);
    this.doubts = all.filter((it) => it.kind === "unknown");
    const marks = all.filter((it) => it.kind === "mark");
    this.marks = marks.filter(isOwn);
    this.apart = marks.filter((it) => !isOwn(it));
    const hints = new Map<string, PlacedHint>();
    for (const it of all) if (it.kind === "value" && !(it.reading !== undefined && isBlank(it))) gather(it, hints);
    this.placed = [...hints.values()];
    const faults = all.flatMap((it) => (it.kind === "fault" ? [it.fault] : []));
    const refused = refusedAt(faults);
    this.faults = faults.filter((it) => !isMixture(it, refused, hints));
  }

  /** The hints for the file at `path`, where they stand now. */
  hints(path: string, locator: Locator): readonly HintSeen[] {
    let located = this.byPath.get(path);
    if (located === undefined) {
      const own = this.placed.filter((it) => it.place.path === path);
      const places = own.flatMap((it) => [it.place, ...it.contexts.flatMap(({ callers }) => callers)]);
      located = new Located(places, (now) => locatedHints(own, now));
      this.byPath.set(path, located);
    }
    return located.at(locator);
  }
}

/**
 * Where a branch may not run, arguments of several calls may be mixed: what a constructor would refuse of them is no
 * fault if the same expression went well in another context.
 */
function isMixture(fault: Fault, refused: Refused, hints: ReadonlyMap<string, PlacedHint>): boolean {
  if (!mayBeMixture(fault)) return false;
  const key = placeKey(fault.place);
  return hints.get(key)?.contexts.some((it) => refused.get(key)?.has(contextKey(it.callers)) !== true) === true;
}
const mayBeMixture = ({ isConditional, code }: Fault): boolean => isConditional === true && /-argument$/.test(code);
/** The contexts in which something was said of an expression, for those of which a mixture may be the cause. */
type Refused = ReadonlyMap<string, ReadonlySet<string>>;
function refusedAt(faults: readonly Fault[]): Refused {
  const asked = new Map(faults.filter(mayBeMixture).map((it) => [placeKey(it.place), new Set<string>()]));
  if (asked.size > 0) for (const it of faults) asked.get(placeKey(it.place))?.add(contextKey(it.callers));
  return asked;
}
const placeKey = ({ statement, span, path }: Place): string => `${statement} ${span.start} ${span.end} ${path}`;
const contextKey = (callers: readonly Place[] = []): string => callers.map(placeKey).join();

/** In a function that nobody calls a hint that says nothing is none. */
function isBlank({ outputs, note }: Extract<Observation, { kind: "value" }>): boolean {
  const all = "shape" in outputs ? [outputs] : outputs;
  return note.kind !== "model" && all.every(({ shape }) => printShape(shape) === "?");
}

const known = new WeakMap<Seen, Gathered>();
/** What was seen in all, by the runs that saw it. */
export function gathered(seen: Seen): readonly Gathered[] {
  return seen.map((item) => {
    const own: Seen = "kind" in item ? [item] : item.did.seen;
    const found = known.get(own) ?? new Gathered(own);
    known.set(own, found);
    return found;
  });
}

function gather(it: Extract<Observation, { kind: "value" }>, hints: Map<string, PlacedHint>): void {
  const { place, callers, outputs, note, reading } = it;
  const context: PlacedContext = {
    outputs,
    params: note.params,
    subject: note.subject,
    callers,
    ...(reading && { reading: readingReport(reading) }),
  };
  const key = placeKey(place);
  const hint = hints.get(key);
  if (hint === undefined) hints.set(key, { place, kind: note.kind, type: note.type, contexts: [context], more: 0 });
  else hint.more += addContext(hint.contexts, context);
}

function locatedHints(placed: readonly PlacedHint[], locator: Locator): readonly HintSeen[] {
  const located: HintSeen[] = [];
  const locate = (it: PlacedContext): SubjectContext => locatedContext(it, locator);
  for (const hint of placed) {
    const { place, kind, type, more } = hint;
    const start = locator.startOf(place);
    if (start === undefined) continue;
    const span = { start: start + place.span.start, end: start + place.span.end };
    located.push({ span, kind, type, contexts: locatedContexts(hint, locator, locate), more });
  }
  return located;
}
function locatedContexts(
  hint: PlacedHint,
  locator: Locator,
  locate: (it: PlacedContext) => SubjectContext,
): readonly SubjectContext[] {
  const { contexts, located } = hint;
  if (located?.length === contexts.length && !haveMoved(contexts, located, locator)) return located;
  hint.located = contexts.map(locate);
  return hint.located;
}
/** Plain loops: it is asked of every hint at every keystroke that moves it. */
function haveMoved(placed: readonly PlacedContext[], before: readonly SubjectContext[], locator: Locator): boolean {
  let i = 0;
  for (const { callers } of placed) {
    const then = before[i++]?.callers;
    const now = callers.length === 0 ? callers : locator.locateAll(callers);
    if (now.length !== then?.length) return true;
    for (let j = 0; j < now.length; j++) if (now[j] !== then[j] && !samePlaces(now[j], then[j])) return true;
  }
  return false;
}
const samePlaces = (a: Location | Place | undefined, b: Location | undefined): boolean =>
  a?.path === b?.path && a?.span.start === b?.span.start && a?.span.end === b?.span.end;
/** Written out, as there are so many: a spread takes several times the room. */
function locatedContext(context: PlacedContext, locator: Locator): SubjectContext {
  const { outputs, params, subject, reading } = context;
  const callers = locator.locateAll(context.callers);
  return reading === undefined ? { outputs, params, subject, callers } : { outputs, params, subject, callers, reading };
}

/** Adds a context that is not there yet; gives 1 where it is only counted. */
export function addContext<T extends HintContext | PlacedContext>(contexts: T[], context: T): 0 | 1 {
  if (contexts.some((other) => other.params === context.params && same(other, context))) return 0;
  if (contexts.length >= CONTEXTS) return 1;
  contexts.push(context);
  return 0;
}

/** A span as one number: texts are shorter than 2²⁶ = 67 million. */
export const spanKey = ({ start, end }: Span): number => start * 2 ** 26 + end;
