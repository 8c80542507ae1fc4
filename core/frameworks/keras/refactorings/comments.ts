import type { Hint, HintContext } from "../../../analysis.ts";
import type { TextEdit } from "../../../interpreter/framework.ts";
import type { Refactoring, RefactoringSite } from "../../../refactoring.ts";
import { printShape } from "../../../tensor/shape.ts";
import { encloses, type Span } from "../../../text/span.ts";
import { linesOf, modelHere } from "./place.ts";

/** Writes behind each line of the model, or of what is selected, the shape that comes out of it. */
export function shapeComments(site: RefactoringSite): Refactoring | undefined {
  const { text, analysis, span } = site;
  const isSelected = text.slice(span.start, span.end).includes("\n");
  const range = isSelected ? linesOf(text, span) : linesOfModel(site);
  if (range === undefined) return undefined;
  const byLine = new Map<number, Hint>();
  for (const hint of analysis.hints) {
    if (hint.kind === "data" || hint.kind === "model" || hint.span.end < range.start || hint.span.end > range.end)
      continue;
    const { end } = linesOf(text, { start: hint.span.end, end: hint.span.end });
    const known = byLine.get(end);
    // The outermost of what ends here, and of two beside each other the last.
    const inside = known !== undefined && encloses(known.span, hint.span);
    if (known === undefined || (!inside && hint.span.end >= known.span.end)) byLine.set(end, hint);
  }
  const edits = [...byLine].flatMap(([end, hint]) => commented(text, hint, end) ?? []);
  return edits.length === 0
    ? undefined
    : { title: "Write the shapes as comments", kind: "rewrite.comments", edits: edits };
}

function linesOfModel(site: RefactoringSite): Span | undefined {
  const model = modelHere(site);
  const layers = model?.layers.flatMap(({ location }) => (location?.path === site.path ? [location.span] : [])) ?? [];
  if (model === undefined) return undefined;
  const spans = [model.span, ...layers];
  return linesOf(site.text, {
    start: Math.min(...spans.map((it) => it.start)),
    end: Math.max(...spans.map((it) => it.end)),
  });
}

/** A comment of ours is renewed; where another one stands, or the line cannot have one, nothing is written. */
function commented(text: string, hint: Hint, lineEnd: number): TextEdit | undefined {
  const said = shapesOf(hint.contexts);
  const end = text[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd;
  const rest = text.slice(hint.span.end, end);
  const old = /^(?<code>[^#]*?)(?<blank>\s*)(?<comment>#.*)?$/s.exec(rest)?.groups;
  const code = old?.["code"] ?? "";
  if (said === undefined || hint.more > 0 || !/^[\s,)\]}:]*$/.test(code)) return undefined;
  const comment = old?.["comment"];
  if (comment !== undefined && !OURS.test(comment)) return undefined;
  const start = hint.span.end + code.length;
  return { span: { start, end }, newText: `  # ${said}` };
}
const OURS = /^#\s(?:\[?\((?:None|[\w?+*/ -]+|,\s?)*\)(?:, |\])?)+$/;

/** The shape, where it is the same in all contexts. */
export function shapesOf(contexts: readonly HintContext[]): string | undefined {
  const texts = new Set(
    contexts.map(({ outputs }) =>
      "shape" in outputs ? printShape(outputs.shape) : `[${outputs.map(({ shape }) => printShape(shape)).join(", ")}]`,
    ),
  );
  const [only] = texts;
  return texts.size === 1 && only !== "?" ? only : undefined;
}
