import { type Uri, window, workspace } from "vscode";
import { askShapes } from "./askShapes.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";
import { askBatch, isTrusted } from "./runForward.ts";

const ENDINGS = ["h5", "hdf5", "keras"];
const MOST = 200;

/** Files of weights in the workspace, or any other; drawn ones are no file. Undefined where none was chosen. */
export async function chooseWeights(orDrawn: boolean): Promise<{ readonly file: string | undefined } | undefined> {
  const found = await workspace.findFiles(`**/*.{${ENDINGS.join(",")}}`, "**/{node_modules,.venv,venv}/**", MOST);
  const items = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const drawn = { label: "Drawn weights", description: "by the layers' initializers, seed 0", uri: undefined };
  const browse = { label: "Browse…", uri: undefined };
  const all = [...(orDrawn ? [drawn] : []), ...items, browse];
  const title = orDrawn ? "Which weights?" : "Weights that Keras saved";
  const chosen = await window.showQuickPick<{ label: string; uri: Uri | undefined }>(all, { title });
  if (chosen === drawn) return { file: undefined };
  const [other] =
    (chosen === browse ? await window.showOpenDialog({ filters: { Weights: ENDINGS }, title }) : []) ?? [];
  const file = chosen?.uri ?? other;
  return file && { file: file.toString() };
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
