import { loadTables, type ModelReport } from "../../core/index.ts";

/** Keras's own table of a model, as plain text. */
export async function summary(model: ModelReport): Promise<{ readonly title: string; readonly text: string }> {
  const { summarise } = await loadTables();
  const lines = summarise(model, {
    lineLength: undefined,
    expandNested: true,
    showTrainable: false,
    terminalWidth: 100,
  });
  const text = lines.map((line) => line.map((piece) => piece.text).join("")).join("\n");
  return { title: model.name === model.kerasName ? model.name : `${model.name} (${model.kerasName})`, text };
}
