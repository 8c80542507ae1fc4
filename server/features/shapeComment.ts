import type { Hint } from "../../core/index.ts";
import type { Part } from "../workspace/document.ts";
import { shapesOf } from "./labels.ts";

/** Code, and then a comment or nothing: not the inside of a string, and no line that goes on behind a backslash. */
const MAY_END = /^[^'"\\#]*(#.*)?$/;

/**
 * What says a hint's shape as a comment where its line ends, at `end` in the part's own text; undefined where none can
 * stand, or where it stands already.
 */
export function shapeComment({ text, start }: Part, hint: Hint, end: number): string | undefined {
  const rest = text.slice(hint.span.end - start, end);
  const comment = MAY_END.exec(rest);
  const shape = shapesOf(hint);
  if (comment === null || rest.includes(shape)) return undefined;
  return comment[1] === undefined ? `  # ${shape}` : ` ${shape}`;
}
