import type { Span } from "./span.ts";

/** Replaces what `span` holds, offsets into the text before any edit of the list. An empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly replacement: string;
}

/**
 * The text after all edits. Inserts at one place keep the order of the list. `undefined` when edits overlap or lie
 * outside the text: then there is no text that they mean.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const inOrder = edits.map((edit, index) => ({ edit, index }));
  inOrder.sort(
    (a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index,
  );
  const pieces: string[] = [];
  let done = 0;
  for (const { edit } of inOrder) {
    const { start, end } = edit.span;
    if (start < done || end < start || end > text.length) return undefined;
    pieces.push(text.slice(done, start), edit.replacement);
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces.join("");
}
