import { askShapes } from "./askShapes.ts";
import { chooseFile } from "./chooseFile.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";
import { askBatch, isTrusted } from "./runForward.ts";

const ENDINGS = ["h5", "hdf5", "keras"];

/** Files of weights in the workspace, or any other; drawn ones are no file. Undefined where none was chosen. */
export async function chooseWeights(orDrawn: boolean): Promise<{ readonly file: string | undefined } | undefined> {
  const drawn = { label: "Drawn weights", description: "by the layers' initializers, seed 0" };
  const title = orDrawn ? "Which weights?" : "Weights that Keras saved";
  return chooseFile({ title, endings: ENDINGS, kind: "Weights", instead: orDrawn ? drawn : undefined });
}

/** The same run with weights out of a file. */
export const runWithWeights: Command = {
  id: "inlayer.runWithWeights",
  async run(app, uri, index) {
    const chosen = isTrusted() ? await chooseModel(app, uri, index) : undefined;
    const weights = chosen && (await chooseWeights(false));
    const batch = weights && (await askBatch(app, chosen.model.name));
    const shapes = batch && (await askShapes(chosen.model, batch));
    if (weights?.file !== undefined && batch && shapes)
      await app.panel.run({ ...chosen, batch, shapes, weights: weights.file });
  },
};
