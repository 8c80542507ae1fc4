import type { Project } from "./analysis.ts";
import { cardAt } from "./cardAt.ts";
import type { Finished } from "./cardMaker.ts";
import { published } from "./published.ts";
import { keepsModels, type Refactoring, withLineBreaks } from "./refactoring.ts";
import type { Session } from "./session.ts";
import { applyEdits } from "./text/edits.ts";
import type { Span } from "./text/span.ts";

/**
 * The refactorings at a place that keep every model of the file: each is applied to the text and the file analysed
 * again.
 */
export function* refactored(
  last: Finished,
  project: Project,
  span: Span,
  trial: { readonly session: Session; readonly pause: () => boolean },
): Generator<void, readonly Refactoring[]> {
  const { path, text, report: analysis, session, frameworks } = last;
  const document = session.documentOf(path);
  if (document === undefined || document.text !== text) return [];
  const site = { path, text, module: document.module, analysis, span, card: (at: number) => cardAt(last, at) };
  const proposed = frameworks.flatMap((it) => it.refactorings?.(site) ?? []);
  const kept: Refactoring[] = [];
  for (const it of proposed) {
    const edits = withLineBreaks(it.edits, text);
    const changed = applyEdits(
      text,
      edits.map(({ span, newText }) => ({ span, replacement: newText })),
    );
    if (changed === undefined || changed === text) continue;
    const tried = { ...project, file: { path, text: changed } };
    const machine = yield* trial.session.run(tried, trial.pause);
    const after = published(machine, tried, trial.session, frameworks).analysis;
    if (keepsModels(analysis, after)) kept.push({ ...it, edits });
  }
  return kept;
}
