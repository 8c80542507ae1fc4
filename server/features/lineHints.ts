import {
  type AnyShape,
  type Hint,
  type HintContext,
  type ModelReport,
  type Outputs,
  printShape,
  type Span,
  type UnknownNote,
} from "../../core/index.ts";
import { printParams } from "./numbers.ts";

/** What stands at the end of a line. */
export interface LineHint {
  readonly hint: Hint;
  /** `→ (None, 10, 64) · 384 params`, `Σ 7,818 params · (None, 10, 5) → (None, 10)`. */
  readonly label: string;
}

/** What a label tells. */
export interface LabelStyle {
  readonly params: boolean;
  /** Of every tensor, and not only of data. */
  readonly dtype: boolean;
}
export const USUAL_LABELS: LabelStyle = { params: true, dtype: false };

/** Of the hints that end in one line the outermost, and of several beside each other the last. */
export function chooseHint(ending: readonly Hint[]): Hint | undefined {
  let chosen: Hint | undefined;
  for (const hint of ending) {
    const inside = chosen && chosen.span.start <= hint.span.start && hint.span.end <= chosen.span.end;
    if (chosen === undefined || (!inside && hint.span.end >= chosen.span.end)) chosen = hint;
  }
  return chosen;
}

/**
 * One hint for each line that has any, by the line in which the expression ends (as `lineOf` counts): so every element
 * of a list of layers that is written one to a line keeps its own, and the call around them stands at the closing
 * bracket.
 */
export function lineHints(
  hints: readonly Hint[],
  models: readonly ModelReport[],
  unknowns: readonly UnknownNote[],
  lineOf: (offset: number) => number,
  style = USUAL_LABELS,
): ReadonlyMap<number, LineHint> {
  const byLine = new Map<number, Hint[]>();
  const doubts = new Map<number, UnknownNote[]>();
  for (const doubt of unknowns) {
    const line = lineOf(doubt.span.end);
    doubts.set(line, [...(doubts.get(line) ?? []), doubt]);
  }
  for (const hint of hints) {
    const line = lineOf(hint.span.end);
    // What goes into something unknown must not pass for what comes out of it.
    if (doubts.get(line)?.some((doubt) => isInside(hint.span, doubt.span))) continue;
    const ending = byLine.get(line);
    if (ending) ending.push(hint);
    else byLine.set(line, [hint]);
  }
  const chosen = new Map<number, LineHint>();
  for (const [line, ending] of byLine) {
    const hint = chooseHint(ending);
    if (hint) chosen.set(line, { hint, label: labelOf(hint, models, style) });
  }
  return chosen;
}

const isInside = (inner: Span, outer: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && (outer.start < inner.start || inner.end < outer.end);

const several = (printed: readonly string[]): string =>
  printed.length === 1 ? (printed[0] ?? "") : `[${printed.join(", ")}]`;
export const printShapes = (shapes: readonly AnyShape[]): string => several(shapes.map(printShape));

const tensors = (outputs: Outputs) => ("shape" in outputs ? [outputs] : outputs);

/** A data array's type is part of what it is; a tensor's is in the hover unless it is asked for. */
export function printOutputs(outputs: Outputs, dtypes: boolean): string {
  const printed = tensors(outputs).map(
    ({ shape, dtype }) => printShape(shape) + (dtypes && dtype !== undefined ? ` ${dtype}` : ""),
  );
  return several(printed);
}

/** The same in all contexts, or nothing. */
export function commonParams(contexts: readonly HintContext[]): number | undefined {
  const [first] = contexts;
  return contexts.every(({ params }) => params === first?.params) ? first?.params : undefined;
}

/** `(None, 56, 56, 64) … (None, 7, 7, 512) ×4`: the first and the last of what differs from context to context. */
function printContexts({ contexts, more, kind }: Hint, style: LabelStyle): string {
  const printed = ({ outputs }: HintContext) => printOutputs(outputs, kind === "data" || style.dtype);
  const distinct = [...new Set(contexts.map(printed))];
  const last = contexts.at(-1);
  if (distinct.length <= 1 || last === undefined) return distinct[0] ?? "?";
  // The last one seen may be a repetition of the first: then the newest of the others says more.
  const end = printed(last);
  return `${distinct[0]} … ${end === distinct[0] ? distinct.at(-1) : end} ×${contexts.length + more}`;
}

/** What a hint says, without what stands around it. */
export function labelOf(hint: Hint, models: readonly ModelReport[], style = USUAL_LABELS): string {
  const params = style.params ? commonParams(hint.contexts) : undefined;
  const outputs = printContexts(hint, style);
  if (hint.kind !== "model") return `→ ${outputs}${params ? ` · ${printParams(params)}` : ""}`;
  const built = models.filter(({ span }) => span.start === hint.span.start && span.end === hint.span.end);
  const inputs = new Set(built.map((model) => (model.inputs ? printShapes(model.inputs) : "?")));
  const [input] = inputs;
  const flow = inputs.size === 1 && input !== undefined ? `${input} → ${outputs}` : `→ ${outputs}`;
  return params === undefined ? `Σ ${flow}` : `Σ ${printParams(params)} · ${flow}`;
}
