import type { Analysis, Diagnostic, Edit, Fix, Hint, Project } from "./analysis.ts";
import { blamedAt } from "./blame.ts";
import type { Framework } from "./interpreter/framework.ts";
import type { Fault, PlacedEdit, Repair } from "./interpreter/record.ts";
import { published, silencedIn } from "./published.ts";
import { isGrave } from "./rules/registry.ts";
import { type Candidate, smallEdits } from "./search/index.ts";
import type { Session } from "./session.ts";
import { type AnyShape, printShape } from "./tensor/shape.ts";
import { applyEdits } from "./text/edits.ts";
import { LineIndex } from "./text/lines.ts";
import { type Span, sameSpan, touches } from "./text/span.ts";

interface Trial {
  readonly project: Project;
  readonly session: Session;
  /** A session of its own, for the edited texts. */
  readonly trial: Session;
  /** Asked after each newly evaluated statement whether to yield. */
  readonly pause: () => boolean;
  readonly frameworks: readonly Framework[];
}

/** Repairs tried in one analysis: more than anyone reads, and a bound on the work. */
const TRIALS = 60;
/** Small edits tried in one analysis for findings that no rule has a repair for. */
const SEARCHED = 50;
/** Steps that those may take together; the last may take more, as many as an analysis may. */
const SEARCH_STEPS = 500_000;
/** How many of them where a rule has a repair already. */
const EVIDENT = 12;
/** How many that hold are offered of one finding. */
const OFFERED = 3;

/**
 * Offers the repairs that hold: each edit is applied to the text and the file analysed again; it is a fix only if its
 * fault is gone and none came but those that the fault had hidden, which stand behind it.
 */
export function* verified(analysis: Analysis, faults: readonly Fault[], trial: Trial): Generator<void, Analysis> {
  const { fixes: wanted } = trial.project.settings;
  let left = TRIALS;
  const allowance = { edits: SEARCHED, steps: SEARCH_STEPS };
  const diagnostics: Diagnostic[] = [];
  for (const [i, diagnostic] of analysis.diagnostics.entries()) {
    const isWanted = typeof wanted !== "object" || touches(wanted, diagnostic.span);
    const proposed = isWanted ? (faults[i]?.repairs ?? []) : [];
    const repairs = proposed.filter((it) => wanted !== "keeping" || it.keeps).slice(0, left);
    left -= repairs.length;
    const held: Held[] = [];
    for (const repair of repairs) {
      const edits = plainEdits(repair.edits, trial);
      const fix = edits && (yield* tried(analysis, diagnostic, { ...repair, edits }, trial));
      if (fix !== undefined) held.push(fix);
    }
    const isMended = held.some(({ isAll, isDoubtful }) => isAll && !isDoubtful);
    const isFitted = isMended && held.every(({ fix }) => isFitting(fix, trial.project.file.text));
    const isSearched = isWanted && wanted !== "keeping" && (!isMended || isFitted) && isGrave(diagnostic);
    const found = isSearched ? yield* searched(analysis, diagnostic, trial, allowance, isMended) : [];
    const isCause = held.every(({ isDoubtful }) => isDoubtful) || (isMended && found.length > 0);
    const [known, others] = [withPreferred(held), found.map(({ fix }) => fix)];
    const fixes = titledOnce(
      isCause ? [...others, ...(others.length > 0 ? unpreferred(known) : known)] : [...known, ...others],
    );
    // Who points at a place is answered for what is told there.
    const cause = isCause && typeof wanted !== "object" ? found[0] : undefined;
    diagnostics.push({ ...blamed(diagnostic, cause, held.length, trial.project.file), fixes });
  }
  // What is blamed elsewhere is silenced there too, and may stand before another now.
  const silenced = silencedIn(trial.project.file, trial.session);
  const told = diagnostics.filter(({ code, span }) => !silenced(code, span));
  return { ...analysis, diagnostics: told.sort((a, b) => a.span.start - b.span.start) };
}

/** It writes sizes that the text has not: those fit whatever the mistake is. */
const isFitting = (fix: Fix, text: string): boolean => numbersOf(fix, text).some((it) => it > 1);

/** Those that an edit brings, and that do not stand where it is made. */
const numbersOf = ({ edits }: Fix, text: string): readonly number[] =>
  edits.flatMap(({ location: { span }, newText }) => {
    const said = new Set(text.slice(span.start, span.end).match(/\d+/g));
    return (newText.match(/(?<![\w.])\d+/g) ?? []).filter((it) => !said.has(it)).map(Number);
  });

/** A small edit that mends a finding. */
interface Found {
  readonly fix: Fix;
  readonly candidate: Candidate;
}

/** Where no rule knows a repair: the small edits that mend it. None is preferred: they are what happens to help. */
function* searched(
  analysis: Analysis,
  diagnostic: Diagnostic,
  trial: Trial,
  allowance: { edits: number; steps: number },
  /** A rule has a repair: only what is more telling than that. */
  isMended: boolean,
): Generator<void, readonly Found[]> {
  const { path } = trial.project.file;
  const document = trial.session.documentOf(path);
  const found: Found[] = [];
  const all = document === undefined ? [] : smallEdits(path, document, diagnostic);
  for (const candidate of isMended ? all.filter((it) => it.isEvident).slice(0, EVIDENT) : all) {
    if (found.length >= OFFERED || allowance.edits === 0 || allowance.steps <= 0) break;
    allowance.edits--;
    const held = yield* tried(analysis, diagnostic, { ...candidate, preferred: false }, trial, allowance);
    if (held?.isAll === true) found.push({ fix: held.fix, candidate });
  }
  return found;
}

/** A number of its own that is less likely than this says nothing of where the mistake is: one always fits. */
const TELLING = 0.45;

/**
 * No rule knows the cause, and one edit elsewhere mends it that a person may well have meant: that place is to blame,
 * and the one where it came to light is beside it.
 */
function blamed(
  diagnostic: Diagnostic,
  found: Found | undefined,
  /** How many repairs of its own place are known, which are all doubtful: the mistake is hardly there. */
  doubtful: number,
  { path, text }: Project["file"],
): Diagnostic {
  const { candidate, fix } = found ?? {};
  const [first, ...others] = candidate?.edits ?? [];
  if (candidate === undefined || fix === undefined || first === undefined) return diagnostic;
  if (doubtful === 0 && candidate.likelihood < TELLING && numbersOf(fix, text).length > 0) return diagnostic;
  const lines = new LineIndex(text);
  const lineOf = ({ start }: Span) => lines.positionAt(start).line;
  const line = lineOf(first.location.span);
  const isOwn = touches(candidate.at, diagnostic.span) || line === lineOf(diagnostic.span);
  if (isOwn || others.some(({ location }) => lineOf(location.span) !== line)) return diagnostic;
  return blamedAt(diagnostic, path, candidate.at);
}

/** A repair that holds. `isAll`: nothing came to light behind the fault. */
interface Held {
  readonly fix: Fix;
  readonly isAll: boolean;
  /** See Repair. */
  readonly isDoubtful: boolean;
}

/** A repair in edits of the text. */
interface Proposal extends Omit<Repair, "edits"> {
  readonly edits: readonly Edit[];
}

/** What cannot be read any more raises nothing: that is no repair. */
function knowsLess(before: Analysis, after: Analysis, moved: (offset: number) => number): boolean {
  const unknown = new Set(after.hints.filter((it) => !isKnown(it)).map(({ span }) => span.start));
  return (
    after.unknowns.length > before.unknowns.length ||
    after.models.length < before.models.length ||
    after.diagnostics.length > before.diagnostics.length ||
    before.hints.some((it) => isKnown(it) && unknown.has(moved(it.span.start)))
  );
}
const isKnown = ({ contexts }: Hint): boolean =>
  contexts.every(({ outputs }) => !("shape" in outputs) || !printShape(outputs.shape).includes("?"));

/** The likeliest that holds is preferred; unless something is wrong behind it, and nothing is behind another. */
function withPreferred(held: readonly Held[]): readonly Fix[] {
  const likeliest = held.find(({ fix }) => fix.preferred) ?? held[0];
  const best = likeliest?.isAll === false ? (held.find(({ isAll }) => isAll) ?? likeliest) : likeliest;
  return held.map(({ fix }) => (fix.preferred === (fix === best?.fix) ? fix : { ...fix, preferred: !fix.preferred }));
}

/** Of two that read the same only the first can be chosen knowingly, unless the other is the preferred one. */
const titledOnce = (fixes: readonly Fix[]): readonly Fix[] =>
  fixes.filter(({ title, preferred }, i) => {
    const [same, at] = [fixes.filter((it) => it.title === title), fixes.findIndex((it) => it.title === title)];
    return same.some((it) => it.preferred) ? preferred : at === i;
  });

const unpreferred = (fixes: readonly Fix[]): readonly Fix[] => fixes.map((it) => ({ ...it, preferred: false }));

function* tried(
  analysis: Analysis,
  diagnostic: Diagnostic,
  repair: Proposal,
  trial: Trial,
  /** Of a search, whose work it is taken off. */
  allowance?: { steps: number },
): Generator<void, Held | undefined> {
  const { project } = trial;
  const { edits } = repair;
  if (edits.some(({ location }) => location.path !== project.file.path)) return undefined;
  const text = applyEdits(
    project.file.text,
    edits.map(({ location, newText }) => ({ span: location.span, replacement: newText })),
  );
  if (text === undefined) return undefined;
  const after = yield* analysed({ ...project, file: { ...project.file, text } }, trial, allowance);
  const moved = (offset: number) => offset + shift(edits, offset);
  const fresh = behind(analysis, after, diagnostic, moved, project.file.path);
  if (fresh === undefined || (allowance !== undefined && knowsLess(analysis, after, moved))) return undefined;
  const added = edits.map(({ location, newText }) => {
    const start = moved(location.span.start) - (location.span.start === location.span.end ? newText.length : 0);
    return { start, end: start + newText.length };
  });
  // What is put in is wrong itself.
  if (fresh.some((it) => added.some(({ start, end }) => start <= it.span.start && it.span.start < end)))
    return undefined;
  const told = (repair.toldAt && trial.session.locator().locate(repair.toldAt)?.span) ?? diagnostic.span;
  const span = { start: moved(told.start), end: moved(told.end) };
  const cost = costAt(analysis, after, span, added);
  // What is not known afterwards is not seen to be right.
  if (allowance !== undefined && cost === "→ ?") return undefined;
  const title = cost === undefined ? repair.title : `${repair.title} ${cost}`;
  const fix = { title, preferred: repair.preferred, ...(repair.keeps ? { keeps: true } : {}), edits };
  // Another fault of its kind in its place is one behind it.
  const isGone = !isGrave(diagnostic) || countOf(after, diagnostic.code) < countOf(analysis, diagnostic.code);
  return { fix, isAll: fresh.length === 0 && isGone, isDoubtful: repair.isDoubtful === true };
}

function* analysed(
  project: Project,
  { trial, frameworks, pause }: Trial,
  allowance: { steps: number } = { steps: 0 },
): Generator<void, Analysis> {
  const machine = yield* trial.run(project, pause);
  allowance.steps -= machine.steps;
  return published(machine, project, trial, frameworks).analysis;
}

function plainEdits(edits: readonly PlacedEdit[], { session, frameworks }: Trial): readonly Edit[] | undefined {
  const { locate } = session.locator();
  const plain: Edit[] = [];
  for (const edit of edits) {
    const location = locate(edit.place);
    const document = location === undefined ? undefined : session.documentOf(location.path);
    if (location === undefined || document === undefined) return undefined;
    if (edit.form === undefined) plain.push({ location, newText: edit.text });
    else {
      const expanded = frameworks
        .map((it) => it.expand?.(edit, location.span, document))
        .find((it) => it !== undefined);
      if (expanded === undefined) return undefined;
      for (const { span, newText } of expanded) plain.push({ location: { path: location.path, span }, newText });
    }
  }
  return plain;
}

/** By how much the edits before an offset move it. */
const shift = (edits: readonly Edit[], offset: number): number =>
  edits
    .filter(({ location: { span } }) => span.end <= offset)
    .reduce((sum, { location: { span }, newText }) => sum + newText.length - (span.end - span.start), 0);

/**
 * What came to light, where the fault is gone and all that is new stands behind it and was hidden by it: only an error
 * hides what follows. Undefined where the repair does not hold.
 */
function behind(
  before: Analysis,
  after: Analysis,
  fault: Diagnostic,
  moved: (offset: number) => number,
  path: string,
): readonly Diagnostic[] | undefined {
  const at = moved(fault.span.start);
  if (after.diagnostics.some((it) => it.code === fault.code && near(it.span.start, at))) return undefined;
  const fresh = after.diagnostics.filter((it) => isGrave(it) && countOf(after, it.code) > countOf(before, it.code));
  // What is blamed on a line before it may crash behind it.
  const crash = ({ span, related }: Diagnostic) =>
    Math.max(span.start, ...related.flatMap(({ location }) => (location.path === path ? [location.span.start] : [])));
  // What ran before the fault came to light was not hidden by it.
  const shown = moved(crash(fault));
  const isHidden = (it: Diagnostic) =>
    fault.severity === "error" && crash(it) > at && crash(it) >= shown && it.code !== fault.code;
  return fresh.every(isHidden) ? fresh : undefined;
}
const countOf = ({ diagnostics }: Analysis, code: string): number =>
  diagnostics.filter((it) => isGrave(it) && it.code === code).length;
const near = (a: number, b: number): boolean => a === b;

/**
 * What the repaired expression is and costs now, with what was put in beside it: `→ (None, 128), 6,528 params`. Where
 * none of that has weights, it is what was put in, and the model's cost if that is another.
 */
function costAt(before: Analysis, after: Analysis, span: Span, added: readonly Span[]): string | undefined {
  const covering = after.hints
    .filter((it) => touches(it.span, span) && it.kind !== "model")
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  const hint =
    covering.findLast((it) => it.span.start === span.start && it.kind === "layer") ??
    covering.find((it) => sameSpan(it.span, span)) ??
    covering[0];
  const context = hint?.contexts[0];
  if (hint === undefined || context === undefined || !("shape" in context.outputs)) return undefined;
  const { shape } = context.outputs;
  const rows = after.models.flatMap((it) => it.layers);
  const extra = new Map(
    rows
      .filter((it) => isWithin(it.location?.span, added) && it.location?.span.start !== hint.span.start)
      .map((it) => [it.name, it.params ?? 0]),
  );
  const params =
    context.params === undefined ? undefined : [...extra.values()].reduce((sum, it) => sum + it, context.params);
  if (params !== 0 || hint.kind !== "layer") return `→ ${price(shape, params === 0 ? undefined : params, undefined)}`;
  const own = after.hints.find((it) => it.kind === "layer" && it !== hint && isWithin(it.span, added))?.contexts[0];
  const text = `→ ${printShape(own !== undefined && "shape" in own.outputs ? own.outputs.shape : shape)}`;
  const at = after.models.findIndex((it) => it.layers.some((row) => isWithin(row.location?.span, [hint.span])));
  const model = after.models[at];
  const [output] = model?.outputs ?? [];
  const isSame = own !== undefined && before.models[at]?.params === model?.params;
  if (model === undefined || output === undefined || !model.params || isSame) return text;
  return `${text} → ${price(output, model.params, model.trainableBytes)}`;
}
const isWithin = (span: Span | undefined, spans: readonly Span[]): boolean =>
  span !== undefined && spans.some((it) => it.start <= span.start && span.start <= it.end && span.end <= it.end + 1);
function price(shape: AnyShape, params: number | undefined, bytes: number | undefined): string {
  const count = params === undefined ? "" : `, ${params.toLocaleString("en-US")} params`;
  const size = bytes === undefined || bytes < 10e6 ? "" : ` (${(bytes / 1e6).toFixed(1)} MB)`;
  return `${printShape(shape)}${count}${size}`;
}
