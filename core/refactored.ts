import type { Analysis, LayerReport, ModelReport, Project } from "./analysis.ts";
import { cardAt } from "./cardAt.ts";
import type { Finished } from "./cardMaker.ts";
import { published } from "./published.ts";
import type { Refactoring } from "./refactoring.ts";
import { isGrave } from "./rules/registry.ts";
import type { Session } from "./session.ts";
import { printShape } from "./tensor/shape.ts";
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

/** The text's own line breaks in what is put into it. */
function withLineBreaks(edits: Refactoring["edits"], text: string): Refactoring["edits"] {
  if (!/\r\n/.test(text)) return edits;
  return edits.map(({ span, newText }) => ({ span, newText: newText.replace(/\r?\n/g, "\r\n") }));
}

/**
 * Whether the program makes the same models as before, layer by layer: their names, shapes, parameters and what trains;
 * and nothing is wrong that was not wrong before. What a model is called by Keras, and how it is made, may change.
 */
function keepsModels(before: Analysis, after: Analysis): boolean {
  const wrong = ({ diagnostics }: Analysis) => diagnostics.filter(isGrave).length;
  return (
    wrong(after) <= wrong(before) &&
    before.models.length === after.models.length &&
    before.models.every((model, i) => modelText(model) === modelText(after.models[i]))
  );
}

const modelText = (model: ModelReport | undefined): string =>
  model === undefined
    ? ""
    : JSON.stringify([
        // What no variable holds has the name that Keras gives it.
        model.name === model.kerasName ? "" : model.name,
        model.inputs?.map(printShape),
        model.outputs?.map(printShape),
        [model.params, model.trainable, model.nonTrainable],
        layerTexts(model.layers),
      ]);

/** A Sequential does not list its input, and a functional model does. */
const layerTexts = (layers: readonly LayerReport[]): readonly unknown[] =>
  layers
    .filter(({ type }) => type !== "InputLayer")
    .map(({ name, type, output, params, trainable, nested }) => [
      nested.length > 0 ? "" : name,
      type,
      output === undefined ? "" : ("shape" in output ? [output] : output).map(({ shape }) => printShape(shape)),
      params,
      trainable,
      layerTexts(nested),
    ]);
