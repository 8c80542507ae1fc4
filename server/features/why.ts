import type { Analysis, UnknownNote } from "../../core/index.ts";
import type { Analysed } from "../workspace/analyses.ts";

const said = ({ reason }: UnknownNote): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;

/** Why there is no hint at an offset, or none in the file: what a person can act on. */
export function why({ file, analysis, concerned }: Analysed, offset: number, hintsEnabled: boolean): string {
  if (!hintsEnabled) return "Hints are turned off: set `inlayer.hints.enabled` to true.";
  if (!concerned)
    return (
      "Nothing here mentions Keras or TensorFlow, and neither does any module of the project that it imports: " +
      "Inlayer does not read such a file."
    );
  const part = file.partAt(offset);
  if (part === undefined) return "There is no code here.";
  const lineOf = (at: number) => part.lines.positionAt(at - part.start).line;
  const line = lineOf(offset);
  const touchesLine = ({ start, end }: { start: number; end: number }) => lineOf(start) <= line && line <= lineOf(end);
  const inPart = ({ span }: { span: { start: number; end: number } }) =>
    span.start >= part.start && span.end <= part.start + part.text.length;
  const doubts = analysis.unknowns.filter((it) => inPart(it) && touchesLine(it.span));
  if (doubts.length > 0) return [...new Set(doubts.map(said))].join(" ");
  if (analysis.hints.some((it) => inPart(it) && lineOf(it.span.end) === line))
    return "There is a hint on this line; if it is not shown, look at the kinds in `inlayer.hints.kinds`.";
  const fault = analysis.diagnostics.find((it) => inPart(it) && touchesLine(it.span));
  if (fault !== undefined) return `${fault.message}.`;
  return aboutFile(analysis);
}

function aboutFile({ hints, models, unknowns }: Analysis): string {
  if (hints.length > 0)
    return (
      "This line makes no tensor, layer, model or data array, or it depends on a parameter of a function that " +
      "nothing calls, and nothing says what that is: an annotation would, or a call."
    );
  const [first] = unknowns;
  if (first !== undefined) return `Nothing in this file has a known shape. The first thing not known: ${said(first)}`;
  if (models.some(({ inputs }) => inputs === undefined))
    return "The model is never called on an input of known shape: “Inlayer: Set Input Shape” says what it takes.";
  return "Nothing here makes a tensor, a layer or a model whose shape is known: no code calls what is defined here.";
}
