import type { Edit, ModelReport } from "../../core/index.ts";
import type { OpenFile } from "../workspace/openFiles.ts";
import { endOfLine } from "./inlayHints.ts";

const SHAPE = /^\(\s*(?:(?:None|\w+)\s*(?:,\s*(?:None|\w+)\s*)*,?\s*)?\)$/;
const ANNOTATION = /#\s*inlayer:\s*input\s*\([^)]*\)/;

/**
 * The comment that says what a model is called on, at the end of the line that makes it; one that is there is replaced.
 * Undefined where the text is no shape as Keras prints one.
 */
export function inputShapeEdit(file: OpenFile, { span }: ModelReport, shape: string): Edit | undefined {
  const part = file.partAt(span.start);
  if (part === undefined || !SHAPE.test(shape)) return undefined;
  const line = part.lines.positionAt(span.end - part.start).line;
  const start = part.lines.offsetAt({ line, column: 1 });
  const end = endOfLine(part, line);
  const text = part.text.slice(start, end);
  const known = ANNOTATION.exec(text);
  const from = part.start + (known === null ? end : start + known.index);
  const comment = `# inlayer: input${shape}`;
  const newText = known === null && !/\s$/.test(text) ? `  ${comment}` : comment;
  return { location: { path: file.path, span: { start: from, end: from + (known?.[0].length ?? 0) } }, newText };
}
