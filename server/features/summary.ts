import { type ModelReport, summarise } from "../../core/index.ts";

/** Keras's own table of a model, as plain text. */
export function summary(model: ModelReport): { readonly title: string; readonly text: string } {
  const lines = summarise(model, {
    lineLength: undefined,
    expandNested: true,
    showTrainable: false,
    terminalWidth: 100,
  });
  const text = lines.map((line) => line.map((piece) => piece.text).join("")).join("\n");
  return { title: model.name === model.kerasName ? model.name : `${model.name} (${model.kerasName})`, text };
}
