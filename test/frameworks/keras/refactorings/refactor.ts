import assert from "node:assert/strict";
import type { Core, Refactoring } from "../../../../core/index.ts";
import { applyEdits } from "../../../../core/text/edits.ts";
import { openCore, projectOf } from "../../../core/open.ts";

const core: Core = await openCore();

export interface Offered {
  readonly titles: readonly string[];
  /** The text after the refactoring of a kind; undefined where it is not offered. */
  after(kind: string): string | undefined;
}

/** What is offered at the caret of a program, or from the first caret to the second. */
export function offeredAt(program: string): Offered {
  const [before = "", inside, behind] = program.split("‸");
  const text = program.replaceAll("‸", "");
  const span = { start: before.length, end: before.length + (behind === undefined ? 0 : (inside ?? "").length) };
  const project = projectOf(text);
  core.analyse(project);
  const run = core.refactor(project, span);
  let step = run.next();
  while (step.done !== true) step = run.next();
  const found: readonly Refactoring[] = step.value;
  return {
    titles: found.map(({ title }) => title),
    after: (kind) => {
      const it = found.find((offer) => offer.kind === kind);
      const edits = it?.edits.map((edit) => ({ span: edit.span, replacement: edit.newText }));
      return edits && applyEdits(text, edits);
    },
  };
}

/** The refactoring of this kind makes one text of the other. */
export function becomes(kind: string, program: string, expected: string): void {
  assert.equal(offeredAt(program).after(kind), expected);
}
export function isNotOffered(kind: string, program: string): void {
  assert.equal(offeredAt(program).after(kind), undefined);
}
