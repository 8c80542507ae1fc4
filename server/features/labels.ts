import {
  type AnyShape,
  type Hint,
  type HintContext,
  hasRank,
  type ModelReport,
  type Outputs,
  printDim,
  printShape,
  sameSpan,
  type TensorFact,
} from "../../core/index.ts";
import { isBuilt } from "./models.ts";
import { printParams } from "./numbers.ts";

/** A piece of what a hint says. A shape leads to what made it, a model's parameters to its summary. */
export interface LabelPart {
  readonly text: string;
  readonly is: "shape" | "params" | "words";
}

/** What a label tells. */
export interface LabelStyle {
  readonly params: boolean;
  /** Of every tensor, and not only of data. */
  readonly dtype: boolean;
  /** The axis of the batch, where it may have any size. */
  readonly batchAxis: boolean;
  /** Characters that a label may have. */
  readonly length: number;
}
export const USUAL_LABELS: LabelStyle = {
  ...{ params: true, dtype: false, batchAxis: true, length: Number.POSITIVE_INFINITY },
};

/** Of several tensors those that are printed: all, and fewer where that is too long. */
const LISTS = [Number.POSITIVE_INFINITY, 4, 2, 1];

/** `[(None, 3), (None, 4), … 6 more]`. */
function several(printed: readonly string[], most: number): string {
  if (printed.length === 1) return printed[0] ?? "";
  const more = printed.length - most;
  const listed = more > 0 ? [...printed.slice(0, most), `… ${more} more`] : printed;
  return `[${listed.join(", ")}]`;
}
export const printShapes = (shapes: readonly AnyShape[]): string => listOf(shapes, USUAL_LABELS);
const listOf = (shapes: readonly AnyShape[], style: LabelStyle, most = Number.POSITIVE_INFINITY): string =>
  several(
    shapes.map((it) => printed(it, style)),
    most,
  );

/** `(None, 10, 64)`, and without its batch `(10, 64)`. */
function printed(shape: AnyShape, { batchAxis }: LabelStyle): string {
  const [batch, ...sample] = hasRank(shape) ? shape.dims.map(printDim) : [];
  if (batchAxis || batch !== "None") return printShape(shape);
  return `(${sample.join(", ")}${sample.length === 1 ? "," : ""})`;
}

const tensors = (outputs: Outputs): readonly TensorFact[] => ("shape" in outputs ? [outputs] : outputs);
const outputsIn = (outputs: Outputs, style: LabelStyle, most = Number.POSITIVE_INFINITY): string =>
  several(
    tensors(outputs).map(
      ({ shape, dtype }) => printed(shape, style) + (style.dtype && dtype !== undefined ? ` ${dtype}` : ""),
    ),
    most,
  );

/** A data array's type is part of what it is; a tensor's is in the hover unless it is asked for. */
export const printOutputs = (outputs: Outputs, dtype: boolean): string =>
  outputsIn(outputs, { ...USUAL_LABELS, dtype });

/** The same in all contexts, or nothing. */
export function commonParams(contexts: readonly HintContext[]): number | undefined {
  const [first] = contexts;
  return contexts.every(({ params }) => params === first?.params) ? first?.params : undefined;
}

/** `(None, 56, 56, 64) … (None, 7, 7, 512) ×4`: the first and the last of what differs from context to context. */
function printContexts({ contexts, more, kind }: Hint, style: LabelStyle, most: number): string {
  // An array's first axis is data like the others.
  const own = kind === "data" ? { ...style, dtype: true, batchAxis: true } : style;
  const printed = ({ outputs }: HintContext) => outputsIn(outputs, own, most);
  const distinct = [...new Set(contexts.map(printed))];
  const last = contexts.at(-1);
  if (distinct.length <= 1 || last === undefined) return distinct[0] ?? "?";
  // The last one seen may be a repetition of the first: then the newest of the others says more.
  const end = printed(last);
  return `${distinct[0]} … ${end === distinct[0] ? distinct.at(-1) : end} ×${contexts.length + more}`;
}

/** What a hint says, in pieces, as long as it may be. What is left out is in the card. */
export function labelParts(hint: Hint, models: readonly ModelReport[], style = USUAL_LABELS): readonly LabelPart[] {
  for (const most of LISTS) {
    const parts = partsOf(hint, models, style, most);
    if (lengthOf(parts) <= style.length) return parts;
  }
  return cut(partsOf(hint, models, { ...style, params: hint.kind === "model" && style.params }, 1), style.length);
}
/** The same as one text. */
export const labelOf = (hint: Hint, models: readonly ModelReport[], style = USUAL_LABELS): string =>
  textOf(labelParts(hint, models, style));
export const textOf = (parts: readonly LabelPart[]): string => parts.map(({ text }) => text).join("");

/** What comes out in all contexts, in full: for a comment. */
export const shapesOf = (hint: Hint): string => printContexts(hint, USUAL_LABELS, Number.POSITIVE_INFINITY);

const words = (text: string): LabelPart => ({ text, is: "words" });
const shapes = (text: string): LabelPart => ({ text, is: "shape" });

function partsOf(hint: Hint, models: readonly ModelReport[], style: LabelStyle, most: number): readonly LabelPart[] {
  const params = style.params ? commonParams(hint.contexts) : undefined;
  const outputs = shapes(printContexts(hint, style, most));
  const cost = params === undefined ? [] : [{ text: printParams(params), is: "params" } as const];
  if (hint.kind !== "model") return [words("→ "), outputs, ...(params ? [words(" · "), ...cost] : [])];
  const made = models.filter(({ span }) => sameSpan(span, hint.span));
  if (made.length > 0 && made.every((it) => it.params === 0 && !isBuilt(it))) return [words("Σ not built")];
  const inputs = new Set(made.map((model) => (model.inputs ? listOf(model.inputs, style, most) : "?")));
  const [input] = inputs;
  const flow =
    inputs.size === 1 && input !== undefined ? [shapes(input), words(" → "), outputs] : [words("→ "), outputs];
  const [first] = flow;
  const between = cost.length === 0 ? [] : [words(first?.is === "words" ? " " : " · ")];
  return [words("Σ "), ...cost, ...between, ...flow];
}

const lengthOf = (parts: readonly LabelPart[]): number => parts.reduce((sum, { text }) => sum + text.length, 0);

function cut(parts: readonly LabelPart[], length: number): readonly LabelPart[] {
  const kept: LabelPart[] = [];
  let room = length;
  for (const part of parts) {
    if (part.text.length <= room) kept.push(part);
    else if (room > 0) kept.push({ ...part, text: `${part.text.slice(0, room - 1)}…` });
    room = Math.max(0, room - part.text.length);
  }
  return kept;
}
