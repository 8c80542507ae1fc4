import type { Analysis, Diagnostic, Hint, HintContext, LayerReport, ModelReport, Severity } from "./analysis.ts";
import { addContext, type Gathered, gathered, type HintSeen, spanKey } from "./gathered.ts";
import type { Framework, PlacedLayer, PlacedModel } from "./interpreter/framework.ts";
import type { Machine } from "./interpreter/machine.ts";
import { type Fault, stateApart } from "./interpreter/record.ts";
import type { Place } from "./interpreter/values.ts";
import { type Locate, Located, type Locator } from "./locator.ts";
import { isGrave, type Severities, severityOf } from "./rules/registry.ts";
import type { Silenced } from "./rules/suppression.ts";
import { unknownRank } from "./tensor/shape.ts";
import type { Span } from "./text/span.ts";

/** What the user wants to hear of: severities that were set, and lines that were silenced. */
export interface Told {
  readonly severities: Severities | undefined;
  readonly lowest?: Severity | undefined;
  readonly silenced: Silenced;
}

/** Makes the report on one file out of all that was seen: hints by expression, faults once each, models in order. */
export function publish(
  m: Machine,
  frameworks: readonly Framework[],
  path: string,
  locator: Locator,
  told: Told,
  /** Faults that no run saw. */
  others: readonly Fault[],
): { readonly analysis: Analysis; readonly faults: readonly Fault[] } {
  const { locate } = locator;
  const runs = gathered(m.record);
  const marks = runs.flatMap((it) => it.marks);
  const models = frameworks.flatMap((it) => it.models?.(m, marks) ?? []);
  const concluded = frameworks.flatMap((it) => it.conclude?.(m, marks, locator.moduleOf) ?? []);
  const faults = toldFaults([...runs.flatMap((it) => it.faults), ...concluded, ...others], path, locate, told);
  const analysis: Analysis = {
    path,
    models: models.flatMap((it) => modelReport(it, path, locator)),
    hints: hintsOf(runs, [...models, ...modelsApart(m, frameworks, runs)], path, locator),
    diagnostics: faults.map((it) => diagnostic(it, locate)),
    unknowns: unknownsOf(runs, path, locate),
  };
  return { analysis, faults: faults.map((it) => it.fault) };
}

/** The models that functions would make that nobody calls, or that other programs make: each as those left it. */
function modelsApart(m: Machine, frameworks: readonly Framework[], runs: readonly Gathered[]): readonly PlacedModel[] {
  return runs.flatMap(({ apart }) => {
    const state = apart[0] && stateApart(apart[0]);
    if (state === undefined) return [];
    const models = m.at(state, () => frameworks.flatMap((it) => it.models?.(m, apart) ?? []));
    // What the caller will build has no count yet.
    return models.map((it) => (it.outputs === undefined ? { ...it, params: undefined } : it));
  });
}

// ---- hints
// ---------------------------------------------------------------------------------------------------------

type Facts = Pick<HintContext, "outputs" | "params">;

function hintsOf(
  runs: readonly Gathered[],
  models: readonly PlacedModel[],
  path: string,
  locator: Locator,
): readonly Hint[] {
  const facts = new Map(models.map((it) => [it.subject, factsOf(it)]));
  const hints: Hint[] = [];
  for (const run of runs) for (const seen of run.hints(path, locator)) hints.push(settled(seen, facts));
  // The sort is stable: of one expression, what was seen first stays first.
  hints.sort(inOrder);
  let count = 0;
  for (const hint of hints) {
    const last = count > 0 ? hints[count - 1] : undefined;
    if (last !== undefined && inOrder(last, hint) === 0) hints[count - 1] = merged(last, hint);
    else hints[count++] = hint;
  }
  hints.length = count;
  renew(hints, models, path, locator);
  return hints;
}
const inOrder = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
  a.span.start - b.span.start || b.span.end - a.span.end;

/** Of a model, what it has come to in the end. */
function settled(hint: HintSeen, facts: ReadonlyMap<number, Facts>): Hint {
  if (!hasSubject(hint.contexts)) return hint;
  const all = hint.contexts.map((it) => contextOf(facts.get(it.subject ?? 0) ?? it, it));
  if (all.length === 1) return hintOf(hint, all, hint.more);
  const contexts: HintContext[] = [];
  let { more } = hint;
  for (const context of all) more += addContext(contexts, context);
  return hintOf(hint, contexts, more);
}
/** These are written out, as there is one for each model at each keystroke: a spread takes several times the room. */
function contextOf({ outputs, params }: Facts, { callers, reading }: Omit<HintContext, keyof Facts>): HintContext {
  return reading === undefined ? { outputs, params, callers } : { outputs, params, callers, reading };
}
function hintOf({ span, kind, type }: Hint, contexts: readonly HintContext[], more: number): Hint {
  return { span, kind, type, contexts, more };
}

/** A plain loop: it is asked of every hint at every keystroke. */
function hasSubject(contexts: HintSeen["contexts"]): boolean {
  for (const { subject } of contexts) if (subject !== undefined) return true;
  return false;
}

/** One expression that several runs passed through. */
function merged(known: Hint, hint: Hint): Hint {
  const contexts = [...known.contexts];
  let more = known.more + hint.more;
  for (const context of hint.contexts) more += addContext(contexts, context);
  return { ...known, contexts, more };
}

/** A model's own construction tells of it as it stands in the end: a Sequential grows after it was made. */
function renew(hints: Hint[], models: readonly PlacedModel[], path: string, locator: Locator): void {
  const renewed = new Set<number>();
  for (const model of models) {
    const location = locator.firstIn(path, [model.place]);
    const at = location === undefined ? -1 : indexOf(hints, location);
    const old = hints[at];
    if (old === undefined) continue;
    const callers = locator.locateAll(model.callers);
    const context = contextOf(factsOf(model), { callers, reading: old.contexts[0]?.reading });
    const contexts = renewed.has(at) ? [...old.contexts] : [context];
    const more = renewed.has(at) ? old.more + addContext(contexts, context) : 0;
    hints[at] = { span: old.span, kind: "model", type: old.type, contexts, more };
    renewed.add(at);
  }
}
/** Where the hint on an expression stands among hints in order; -1 where there is none. */
function indexOf(hints: readonly Hint[], expression: { readonly span: Span }): number {
  let low = 0;
  let high = hints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder(hints[middle] ?? expression, expression) < 0) low = middle + 1;
    else high = middle;
  }
  const found = hints[low];
  return found !== undefined && inOrder(found, expression) === 0 ? low : -1;
}

function factsOf(model: PlacedModel): Facts {
  const facts = (model.outputs ?? []).map((shape) => ({ shape, dtype: model.dtype }));
  const unbuilt = { shape: unknownRank("its input is not known"), dtype: undefined };
  return { outputs: facts.length > 1 ? facts : (facts[0] ?? unbuilt), params: model.params };
}

function unknownsOf(runs: readonly Gathered[], path: string, locate: Locate): Analysis["unknowns"] {
  const unknowns = new Map<number, Analysis["unknowns"][number]>();
  for (const { place, reason } of runs.flatMap((it) => it.doubts)) {
    const span = place.path === path ? locate(place)?.span : undefined;
    if (span !== undefined) unknowns.set(spanKey(span), { span, reason });
  }
  return [...unknowns.values()].sort((a, b) => a.span.start - b.span.start);
}

// ---- faults
// --------------------------------------------------------------------------------------------------------

const ORDER: readonly Severity[] = ["hint", "information", "warning", "error"];
interface ToldFault {
  readonly fault: Fault;
  /** Where it is told: its own place, or the call of this file that leads to it. */
  readonly span: Span;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
}

/** The faults that are said in this file, in the order of the text, the graver first. */
function toldFaults(
  all: readonly Fault[],
  path: string,
  locate: Locate,
  { severities, lowest, silenced }: Told,
): readonly ToldFault[] {
  const told = [...distinct(all, path, locate).values()].flatMap((fault) => {
    const at = toldAt(fault, path, locate);
    const severity = severityOf(fault.code, fault.severity, severities, lowest);
    if (at === undefined || severity === undefined || silenced(fault.code, at.span)) return [];
    return [{ fault: { ...fault, severity }, ...at }];
  });
  const gravity = ({ fault }: ToldFault) => ORDER.indexOf(fault.severity);
  return once(told, path).sort((a, b) => a.span.start - b.span.start || gravity(b) - gravity(a));
}

/** What another file repeats within one call of this one is told once, with how many more there are. */
function once(told: readonly ToldFault[], path: string): ToldFault[] {
  const groups = new Map<unknown, ToldFault[]>();
  for (const it of told) {
    const { fault, span } = it;
    const key = fault.place.path === path ? fault : `${fault.code} ${fault.severity} ${spanKey(span)}`;
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const message = `${first.fault.message} (and ${others.length} more like it)`;
    const related = [...first.related, ...others.slice(0, MOST_LIKE).map(({ related: [at] }) => at)];
    return { ...first, fault: { ...first.fault, message }, related: related.filter((it) => it !== undefined) };
  });
}
const MOST_LIKE = 4;

/** A fault of another file is told at the call that leads there, if it is one to act on. */
function toldAt(fault: Fault, path: string, locate: Locate): Omit<ToldFault, "fault"> | undefined {
  const { place, callers = [], related } = fault;
  const own = place.path === path ? locate(place) : undefined;
  if (own !== undefined) {
    const called = callers.slice(0, 1).map((caller) => ({ place: caller, message: "called here" }));
    return { span: own.span, related: [...related, ...called] };
  }
  const caller = callerIn(path, fault);
  const location = caller === undefined || !isGrave(fault) ? undefined : locate(caller);
  return location && { span: location.span, related: [{ place, message: "it happens here" }, ...related] };
}
/** The call of a file that leads to a fault of another one. */
const callerIn = (path: string, { place, callers }: Pick<Fault, "place" | "callers">): Place | undefined =>
  place.path === path ? undefined : callers?.find((it) => it.path === path);

/** One fault for each code and place, the gravest one that was seen; and none that another explains. */
function distinct(all: readonly Fault[], path: string, locate: Locate): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const fault of all) {
    const key = faultKey(fault, path, locate);
    if (key === undefined) continue;
    const old = faults.get(key);
    if (old === undefined || ORDER.indexOf(fault.severity) > ORDER.indexOf(old.severity)) faults.set(key, fault);
  }
  for (const explained of [...faults.values()].flatMap((it) => it.explains ?? [])) {
    const key = faultKey(explained, path, locate);
    if (key !== undefined) faults.delete(key);
  }
  return faults;
}
/** In another file a fault is one for each call of this file that leads to it. */
function faultKey(fault: Pick<Fault, "code" | "place" | "callers">, path: string, locate: Locate): string | undefined {
  const caller = callerIn(path, fault);
  const locations = [fault.place, ...(caller === undefined ? [] : [caller])].map(locate);
  return locations[0] && locations.map((it) => `${fault.code} ${it?.path} ${it && spanKey(it.span)}`).join();
}

function diagnostic({ fault, span, related }: ToldFault, locate: Locate): Diagnostic {
  return {
    code: fault.code,
    severity: fault.severity,
    span,
    message: fault.message,
    related: related.flatMap(({ place, message }) => {
      const location = locate(place);
      return location === undefined ? [] : [{ location, message }];
    }),
    fixes: [],
  };
}

// ---- models
// --------------------------------------------------------------------------------------------------------

const known = new WeakMap<PlacedModel, Located<ModelReport | undefined>>();
function modelReport(model: PlacedModel, path: string, locator: Locator): readonly ModelReport[] {
  let located = known.get(model);
  if (located === undefined) {
    const places = [model.place, ...model.callers, ...placesOf(model.layers)];
    located = new Located(places, (now) => reportAt(model, path, now));
    known.set(model, located);
  }
  const report = located.at(locator);
  return report === undefined ? [] : [report];
}
/** A model is reported at the expression of this file that made it: its construction, or the call that led there. */
function reportAt(model: PlacedModel, path: string, locator: Locator): ModelReport | undefined {
  const at = locator.firstIn(path, [model.place, ...model.callers]);
  return (
    at && {
      name: model.name,
      otherNames: model.otherNames,
      kerasName: model.kerasName,
      kind: model.kind,
      span: at.span,
      inputs: model.inputs,
      outputs: model.outputs,
      params: model.params,
      trainable: model.trainable,
      nonTrainable: model.nonTrainable,
      trainableBytes: model.trainableBytes,
      nonTrainableBytes: model.nonTrainableBytes,
      layers: model.layers.map((it) => layerReport(it, locator.locate)),
    }
  );
}
const placesOf = (layers: readonly PlacedLayer[]): readonly Place[] =>
  layers.flatMap(({ place, nested }) => [...(place === undefined ? [] : [place]), ...placesOf(nested)]);

const NONE_NESTED: readonly LayerReport[] = [];
/** Written out: there is one for each layer of each model at each keystroke, and a spread costs ten times as much. */
function layerReport(it: PlacedLayer, locate: Locate): LayerReport {
  return {
    name: it.name,
    type: it.type,
    isOperation: it.isOperation,
    location: it.place === undefined ? undefined : locate(it.place),
    output: it.output,
    params: it.params,
    built: it.built,
    trainable: it.trainable,
    connectedTo: it.connectedTo,
    connectedOutside: it.connectedOutside,
    nested: it.nested.length === 0 ? NONE_NESTED : it.nested.map((inner) => layerReport(inner, locate)),
  };
}
