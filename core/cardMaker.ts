import type { Analysis, Outputs, TensorFact } from "./analysis.ts";
import type { Card, CardArgument, CardContext, CardCost } from "./card.ts";
import { CONTEXTS } from "./gathered.ts";
import type { Framework, PlacedDetails } from "./interpreter/framework.ts";
import { type State, same } from "./interpreter/heap.ts";
import type { Machine } from "./interpreter/machine.ts";
import { isData } from "./interpreter/observe.ts";
import { type Observation, observations, type Run, stateApart } from "./interpreter/record.ts";
import type { Place, Value } from "./interpreter/values.ts";
import { bindingOf } from "./python/bindings.ts";
import { readingReport } from "./readingReport.ts";
import type { Session } from "./session.ts";
import { type Dim, NONE, namedIn, printDim, product } from "./tensor/dim.ts";
import { byteSize } from "./tensor/dtype.ts";
import { hasRank } from "./tensor/shape.ts";
import { LineIndex } from "./text/lines.ts";
import { encloses, type Span } from "./text/span.ts";

/** An analysis that has come to its end: what was seen, and what the program had become. */
export interface Finished {
  readonly path: string;
  /** The text that it read; the session may have gone on to another. */
  readonly text: string;
  readonly report: Analysis;
  readonly session: Session;
  readonly frameworks: readonly Framework[];
  readonly machine: Machine;
  readonly state: State;
  readonly seen: readonly (Observation | Run)[];
  readonly ran: readonly Run[];
}
const known = new WeakMap<Finished, readonly Observation[]>();
/** All that was seen, gathered once: people point at several things of one text. */
export function allSeen(last: Finished): readonly Observation[] {
  const all = known.get(last) ?? observations(last.seen);
  known.set(last, all);
  return all;
}

export type ValueSeen = Extract<Observation, { kind: "value" }>;

const NO_COST: CardCost = { params: undefined, weights: [] };

/** Makes cards of what was found to stand at a place. */
export class CardMaker {
  private readonly last: Finished;
  private readonly locate: ReturnType<Session["locator"]>["locate"];

  constructor(last: Finished) {
    this.last = last;
    this.locate = last.session.locator().locate;
  }

  /** Of an expression and what it yielded, in each context. */
  ofSeen(span: Span, seen: readonly ValueSeen[]): Card {
    const models = seen.filter((it) => it.note.kind === "model");
    const all = (models.length > 0 ? models : seen).map((it) => ({ it, details: this.detailsOf(it) }));
    const [first] = all;
    const title = first?.details?.title ?? (first?.it.note.type || this.textAt(span));
    return {
      ...described(first?.details),
      span,
      kind: first?.it.note.kind ?? "tensor",
      title,
      ...listed(all.map(({ it, details }) => this.contextOf(it, details))),
    };
  }

  private detailsOf(it: ValueSeen): PlacedDetails | undefined {
    const { note, outputs } = it;
    const { about } = note;
    if (about === undefined) return undefined;
    const called = note.kind === "model" ? undefined : { inputs: note.inputs ?? [], outputs };
    // What was made by what ran apart is there only at the end of that.
    const state = stateApart(it) ?? this.last.state;
    return this.last.machine.at(state, () => this.ask(about, called));
  }
  private ask(value: Value, called: Parameters<NonNullable<Framework["card"]>>[2]): PlacedDetails | undefined {
    const { machine, frameworks } = this.last;
    return frameworks.map((it) => it.card?.(machine, value, called)).find((it) => it !== undefined);
  }

  private contextOf({ note, outputs, callers, reading }: ValueSeen, details: PlacedDetails | undefined): CardContext {
    const whole = note.kind === "model" ? details : undefined;
    const given = whole?.outputs ?? outputs;
    return {
      ...(details === undefined ? { ...NO_COST, params: note.params } : costOf(details)),
      inputs: whole?.inputs ?? note.inputs ?? [],
      outputs: given,
      bytes: bytesOf(given),
      ...this.givenTo(details),
      callers: this.located(callers),
      ...(reading && { reading: readingReport(reading) }),
    };
  }
  /** What the arguments of a layer come from, as the code says it. */
  private givenTo(details: PlacedDetails | undefined): Pick<CardContext, "given"> {
    const given = (details?.computed ?? []).flatMap(({ name, value, place }): readonly CardArgument[] => {
      const location = this.locate(place);
      const document = location && this.last.session.documentOf(location.path);
      if (document === undefined) return [];
      const { start, end } = location?.span ?? { start: 0, end: 0 };
      // Of a keyword the place is that of all of it.
      const code = document.text.slice(start, end).replace(/^\w+\s*=(?!=)\s*/, "");
      const root = /^[A-Za-z_]\w*/.exec(code)?.[0];
      const span = root === undefined ? undefined : bindingOf(document.module, root);
      const binding = span && location && { path: location.path, span };
      return [{ name, value, code: shortened(code), ...(binding && { binding }) }];
    });
    return given.length === 0 ? {} : { given };
  }
  private located(places: readonly Place[]): CardContext["callers"] {
    return places.map(this.locate).filter((it) => it !== undefined);
  }

  /** Of layers and models: as they stand, and with every call of theirs. */
  ofThings(span: Span, values: readonly Value[]): Card | undefined {
    const things = [...new Map(values.flatMap((it) => (it.kind === "instance" ? [[it.id, it]] : []))).values()];
    const all = things.flatMap((value) => {
      const details = this.anywhere(value);
      return details === undefined ? [] : [{ value, details }];
    });
    const [first] = all;
    if (first === undefined) return undefined;
    const calls = all.map(({ value, details }) => this.callsOf(value.id, details));
    const ways = calls.flat().find((it) => it.ways !== undefined)?.ways;
    return {
      ...described({ ...first.details, ways }),
      span,
      kind: first.details.kind,
      title: first.details.title,
      ...listed(calls.flat().map((it) => it.context)),
    };
  }

  /** As the program left it, or else what ran apart from it. */
  private anywhere(value: Value): PlacedDetails | undefined {
    const found = this.ask(value, undefined);
    if (found !== undefined) return found;
    const states = new Set(allSeen(this.last).flatMap((it) => stateApart(it) ?? []));
    for (const state of states) {
      const there = this.last.machine.at(state, () => this.ask(value, undefined));
      if (there !== undefined) return there;
    }
    return undefined;
  }

  /** A layer's calls were seen at its construction; a model tells of itself as a whole, and a layer before its call. */
  private callsOf(
    id: number,
    details: PlacedDetails,
  ): readonly { readonly context: CardContext; readonly ways?: Card["ways"] }[] {
    const alone: CardContext = {
      ...costOf(details),
      inputs: details.inputs ?? [],
      outputs: details.outputs,
      bytes: bytesOf(details.outputs),
      ...this.givenTo(details),
      callers: [],
    };
    if (details.kind === "model") return [{ context: alone }];
    const calls = allSeen(this.last).filter(
      (it): it is ValueSeen =>
        it.kind === "value" &&
        it.note.about?.kind === "instance" &&
        it.note.about.id === id &&
        same(it.place, details.place),
    );
    if (calls.length === 0) return [{ context: alone }];
    return calls.map((it) => {
      const its = this.detailsOf(it);
      return { context: this.contextOf(it, its), ways: its?.ways };
    });
  }

  /** Of a variable that holds a tensor. */
  ofTensors(span: Span, read: readonly (readonly [Run, Value])[]): Card {
    const tensors = read.flatMap(([{ context }, value]) => (value.kind === "tensor" ? [{ context, value }] : []));
    const contexts = tensors.map(({ context, value }): CardContext => {
      const outputs = { shape: value.shape, dtype: value.dtype };
      const callers = this.located(context.callers);
      return { ...NO_COST, inputs: [], outputs, bytes: bytesOf(outputs), callers };
    });
    const [first] = tensors;
    const origin = first?.value.origin;
    return {
      span,
      kind: first !== undefined && isData(first.value) ? "data" : "tensor",
      title: this.textAt(span),
      reason: tensors.every((it) => same(it.value.origin, origin)) ? this.origin(origin, span) : undefined,
      ...listed(contexts),
    };
  }

  /** `from line 12: layers.Dense(64)(x)` */
  private origin(place: Place | undefined, around: Span): string | undefined {
    const { session, path } = this.last;
    const location = place && this.locate(place);
    const document = location && session.documentOf(location.path);
    if (location === undefined || document === undefined) return undefined;
    if (location.path === path && encloses(location.span, around)) return undefined;
    const { line } = new LineIndex(document.text).positionAt(location.span.start);
    const file = location.path === path ? "" : ` of ${location.path.slice(location.path.lastIndexOf("/") + 1)}`;
    return `from line ${line}${file}: ${shortened(document.text.slice(location.span.start, location.span.end))}`;
  }

  /** Of a variable that holds a size, or several. */
  ofSizes(span: Span, values: readonly Value[]): Card | undefined {
    const texts = [...new Set(values.map(sizeText))];
    if (texts.includes(undefined)) return undefined;
    const supposed = this.parameter(values);
    if (supposed !== undefined)
      return { span, kind: "dimension", title: this.textAt(span), reason: supposed, contexts: [], more: 0 };
    const { session, path } = this.last;
    const document = session.documentOf(path);
    const name = this.textAt(span);
    const binding = document && bindingOf(document.module, name);
    const line = binding && new LineIndex(document.text).positionAt(binding.start).line;
    const from =
      binding === undefined
        ? ""
        : `, from line ${line}: ${shortened(document?.text.slice(binding.start, binding.end) ?? "")}`;
    return { span, kind: "dimension", title: name, reason: `${texts.join(" or ")}${from}`, contexts: [], more: 0 };
  }

  /** What a parameter of a function that nobody calls is taken for. */
  private parameter([first]: readonly Value[]): string | undefined {
    const [path, ...more] = first?.kind === "int" ? namedIn(first.size) : [];
    if (path === undefined || more.length > 0) return undefined;
    for (const it of allSeen(this.last)) {
      const reading = "reading" in it ? it.reading : undefined;
      const index = reading?.parameters.findIndex((parameter) => parameter.path === path) ?? -1;
      const parameter = reading && readingReport(reading).parameters[index];
      if (reading !== undefined && parameter?.as !== undefined)
        return `${parameter.as}: nothing in this file calls ${reading.name}`;
    }
    return undefined;
  }

  ofUnknown(span: Span, reason: string): Card {
    return { span, kind: "unknown", title: this.textAt(span), reason, contexts: [], more: 0 };
  }

  private textAt({ start, end }: Span): string {
    const { session, path } = this.last;
    return shortened(session.documentOf(path)?.text.slice(start, end) ?? "");
  }
}

const LONGEST = 60;
/** On one line, and not too long. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

const described = (details: PlacedDetails | undefined): Partial<Card> =>
  details === undefined
    ? {}
    : {
        call: details.call,
        name: details.name,
        summary: details.summary,
        documentation: details.documentation,
        ways: details.ways,
      };
const costOf = ({ params, trainable, weightBytes, weights, formula, macs }: PlacedDetails): CardCost => ({
  params,
  trainable,
  weightBytes,
  weights,
  formula,
  macs,
});

/** Each context once, and not too many. */
function listed(contexts: readonly CardContext[]): Pick<Card, "contexts" | "more"> {
  const distinct: CardContext[] = [];
  for (const it of contexts) if (!distinct.some((other) => same(other, it))) distinct.push(it);
  return { contexts: distinct.slice(0, CONTEXTS), more: Math.max(0, distinct.length - CONTEXTS) };
}

/** Bytes of the tensors, a batch of any size counting as one sample; undefined where a size or a dtype is not known. */
function bytesOf(outputs: Outputs | undefined): number | undefined {
  const all: readonly TensorFact[] = outputs === undefined ? [] : "shape" in outputs ? [outputs] : outputs;
  let sum = 0;
  for (const { shape, dtype } of all) {
    const each = dtype === undefined ? undefined : byteSize(dtype);
    if (!hasRank(shape) || each === undefined) return undefined;
    const count = product([...shape].map((dim: Dim, i) => (i === 0 && typeof dim !== "number" ? 1 : dim)));
    if (typeof count !== "number") return undefined;
    sum += count * each;
  }
  return all.length === 0 ? undefined : sum;
}

/** `64`, `(28, 28, 1)`; undefined for what is no size. */
function sizeText(value: Value): string | undefined {
  if (value.kind === "none") return printDim(NONE);
  if (value.kind === "int") return printDim(value.size);
  if (value.kind !== "tuple") return undefined;
  const parts = value.items.map(sizeText);
  return parts.includes(undefined) ? undefined : `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
}
