import type { Analysis, Diagnostic, LayerReport, ModelReport } from "./analysis.ts";
import type { Card } from "./card.ts";
import type { TextEdit } from "./interpreter/framework.ts";
import type { Module } from "./python/syntax.ts";
import { isGrave } from "./rules/registry.ts";
import { printShape } from "./tensor/shape.ts";
import type { Span } from "./text/span.ts";

/** Another way to write a model, which leaves it as it is. */
export interface Refactoring {
  readonly title: string;
  /** What it does, below `refactor.`: `rewrite.functional`. */
  readonly kind: string;
  /** Of the text that was analysed. */
  readonly edits: readonly TextEdit[];
}

/** What a proposal is made of: the text as it stands, what was found in it, and where the person points. */
export interface RefactoringSite {
  readonly path: string;
  readonly text: string;
  readonly module: Module;
  readonly analysis: Analysis;
  readonly span: Span;
  card(offset: number): Card | undefined;
}

/** The text's own line breaks in what is put into it. */
export function withLineBreaks(edits: readonly TextEdit[], text: string): readonly TextEdit[] {
  if (!/\r\n/.test(text)) return edits;
  return edits.map(({ span, newText }) => ({ span, newText: newText.replace(/\r?\n/g, "\r\n") }));
}

/**
 * Whether the program makes the same models as before, layer by layer: their names, shapes, parameters and what trains;
 * and nothing is wrong that was not wrong before. What a model is called by Keras, and how it is made, may change.
 */
export function keepsModels(before: Analysis, after: Analysis): boolean {
  const wrong = ({ diagnostics }: Analysis) => diagnostics.filter((it: Diagnostic) => isGrave(it)).length;
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
