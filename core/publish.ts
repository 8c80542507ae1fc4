import type {
  Analysis,
  Diagnostic,
  Hint,
  HintContext,
  LayerReport,
  Location,
  ModelReport,
  Severity,
  UnknownNote,
} from "./analysis.ts";
import type { Framework, Mark, PlacedLayer, PlacedModel } from "./interpreter/framework.ts";
import { same } from "./interpreter/heap.ts";
import type { Machine } from "./interpreter/machine.ts";
import { type Fault, type Observation, observations } from "./interpreter/record.ts";
import type { Place } from "./interpreter/values.ts";
import { type Severities, severityOf } from "./rules/registry.ts";
import type { Silenced } from "./rules/suppression.ts";
import { unknownRank } from "./tensor/shape.ts";
import type { Span } from "./text/span.ts";

/** Contexts that are listed for one expression; more are counted. */
const CONTEXTS = 64;

/** Finds where statements stand now: their spans are relative, so that an edit before them changes nothing in them. */
export type Locate = (place: Place) => Location | undefined;

/** What the user wants to hear of: severities that were set, and lines that were silenced. */
export interface Told {
  readonly severities: Severities | undefined;
  readonly silenced: Silenced;
}

interface Seen {
  readonly hints: Map<string, { hint: Hint; readonly contexts: HintContext[]; more: number }>;
  readonly faults: Map<string, Fault>;
  readonly doubts: Map<string, UnknownNote>;
  readonly marks: Mark[];
  /** What the models came to in the end, by their objects' ids. */
  readonly models: ReadonlyMap<number, Pick<HintContext, "outputs" | "params">>;
}

/** Makes the report on one file out of all that was seen: hints by expression, faults once each, models in order. */
export function publish(
  m: Machine,
  frameworks: readonly Framework[],
  path: string,
  locate: Locate,
  told: Told,
): { readonly analysis: Analysis; readonly faults: readonly Fault[] } {
  const all = observations(m.record);
  const marks = all.filter((it) => it.kind === "mark");
  const models = frameworks.flatMap((it) => it.models?.(m, marks) ?? []);
  const facts = new Map(models.map((it) => [it.subject, factsOf(it)]));
  const seen: Seen = { hints: new Map(), faults: new Map(), doubts: new Map(), marks, models: facts };
  for (const it of all) gather(it, seen, path, locate);
  for (const it of frameworks.flatMap((it) => it.conclude?.(m, seen.marks) ?? [])) gatherFault(it, seen, locate);
  dropExplained(seen, locate);
  gatherModels(models, seen, path, locate);
  const faults = [...seen.faults.values()];
  const hints = [...seen.hints.values()].map(({ hint, contexts, more }): Hint => ({ ...hint, contexts, more }));
  const ordered = faults.flatMap((fault) => {
    const location = inFile(fault, path, locate);
    const severity = severityOf(fault.code, fault.severity, told.severities);
    if (location === undefined || severity === undefined || told.silenced(fault.code, location.span)) return [];
    return [{ fault: { ...fault, severity }, location }];
  });
  ordered.sort((a, b) => a.location.span.start - b.location.span.start);
  const analysis: Analysis = {
    path,
    models: models.flatMap((it) => modelReport(it, path, locate)),
    hints: hints.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end),
    diagnostics: ordered.map(({ fault, location }) => diagnostic(fault, location.span, locate)),
    unknowns: [...seen.doubts.values()].sort((a, b) => a.span.start - b.span.start),
  };
  return { analysis, faults: ordered.map((it) => it.fault) };
}

function gather(it: Observation, seen: Seen, path: string, locate: Locate): void {
  if (it.kind === "mark") return;
  if (it.kind === "fault") gatherFault(it.fault, seen, locate);
  else {
    const location = locate(it.place);
    if (location === undefined || location.path !== path) return;
    const { span } = location;
    if (it.kind === "unknown") seen.doubts.set(key(span), { span, reason: it.reason });
    else gatherHint(it, seen, span, locate);
  }
}

const key = (span: Span): string => `${span.start}-${span.end}`;
const ORDER: readonly Severity[] = ["hint", "information", "warning", "error"];

/** One fault for each code and place: the gravest one that was seen. */
function gatherFault(fault: Fault, seen: Seen, locate: Locate): void {
  const location = locate(fault.place);
  if (location === undefined) return;
  const id = `${fault.code} ${location.path} ${key(location.span)}`;
  const old = seen.faults.get(id);
  if (old === undefined || ORDER.indexOf(fault.severity) > ORDER.indexOf(old.severity)) seen.faults.set(id, fault);
}

function dropExplained(seen: Seen, locate: Locate): void {
  for (const fault of [...seen.faults.values()]) {
    for (const { code, place } of fault.explains ?? []) {
      const location = locate(place);
      if (location !== undefined) seen.faults.delete(`${code} ${location.path} ${key(location.span)}`);
    }
  }
}

type ValueSeen = Extract<Observation, { kind: "value" }>;

function gatherHint(it: ValueSeen, seen: Seen, span: Span, locate: Locate): void {
  const context: HintContext = {
    ...(seen.models.get(it.note.subject ?? 0) ?? { outputs: it.outputs, params: it.note.params }),
    callers: it.callers.map(locate).filter((caller) => caller !== undefined),
  };
  const known = seen.hints.get(key(span));
  if (known === undefined) {
    const hint: Hint = { span, kind: it.note.kind, type: it.note.type, contexts: [], more: 0 };
    seen.hints.set(key(span), { hint, contexts: [context], more: 0 });
  } else if (!known.contexts.some((other) => same(other, context))) {
    if (known.contexts.length < CONTEXTS) known.contexts.push(context);
    else known.more++;
  }
}

/** A model's own construction tells of it as it stands in the end: a Sequential grows after it was made. */
function gatherModels(models: readonly PlacedModel[], seen: Seen, path: string, locate: Locate): void {
  const renewed = new Set<string>();
  for (const model of models) {
    const location = locate(model.place);
    const old = location?.path === path ? seen.hints.get(key(location.span)) : undefined;
    if (location === undefined || old === undefined) continue;
    const id = key(location.span);
    if (!renewed.has(id)) seen.hints.set(id, { hint: { ...old.hint, kind: "model" }, contexts: [], more: 0 });
    renewed.add(id);
    const context: HintContext = {
      ...factsOf(model),
      callers: model.callers.map(locate).filter((caller) => caller !== undefined),
    };
    const entry = seen.hints.get(id);
    if (entry !== undefined && entry.contexts.length < CONTEXTS) entry.contexts.push(context);
    else if (entry !== undefined) entry.more++;
  }
}

function factsOf(model: PlacedModel): Pick<HintContext, "outputs" | "params"> {
  const facts = (model.outputs ?? []).map((shape) => ({ shape, dtype: model.dtype }));
  const unbuilt = { shape: unknownRank("its input is not known"), dtype: undefined };
  return { outputs: facts.length > 1 ? facts : (facts[0] ?? unbuilt), params: model.params };
}

/** A fault of another file is said there; here it stands at the call that leads to it, if one of this file does. */
function inFile(fault: Fault, path: string, locate: Locate): Location | undefined {
  const location = locate(fault.place);
  return location?.path === path ? location : undefined;
}

function diagnostic(fault: Fault, span: Span, locate: Locate): Diagnostic {
  return {
    code: fault.code,
    severity: fault.severity,
    span,
    message: fault.message,
    related: fault.related.flatMap(({ place, message }) => {
      const location = locate(place);
      return location === undefined ? [] : [{ location, message }];
    }),
    fixes: [],
  };
}

/** A model is reported at the expression of this file that made it: its construction, or the call that led there. */
function modelReport(model: PlacedModel, path: string, locate: Locate): readonly ModelReport[] {
  const { place, callers, layers, dtype: _dtype, subject: _subject, ...rest } = model;
  const at = [place, ...callers].map(locate).find((location) => location?.path === path);
  return at === undefined ? [] : [{ ...rest, span: at.span, layers: layers.map((it) => layerReport(it, locate)) }];
}

function layerReport({ place, nested, ...rest }: PlacedLayer, locate: Locate): LayerReport {
  return {
    ...rest,
    location: place === undefined ? undefined : locate(place),
    nested: nested.map((it) => layerReport(it, locate)),
  };
}
