import { type Uri, window, workspace } from "vscode";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";
import { askBatch, isTrusted } from "./runForward.ts";

const ENDINGS = ["h5", "hdf5", "keras"];
const MOST = 200;

/** Files of weights in the workspace, or any other. */
async function chooseFile(): Promise<Uri | undefined> {
  const found = await workspace.findFiles(`**/*.{${ENDINGS.join(",")}}`, "**/{node_modules,.venv,venv}/**", MOST);
  const items = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const chosen = await window.showQuickPick([...items, { label: "Browse…", uri: undefined }], {
    title: "Weights that Keras saved",
  });
  if (chosen === undefined || chosen.uri !== undefined) return chosen?.uri;
  return (await window.showOpenDialog({ filters: { Weights: ENDINGS }, title: "Weights that Keras saved" }))?.[0];
}

/** The same run with weights out of a file. */
export const runWithWeights: Command = {
  id: "inlayer.runWithWeights",
  async run(app, uri, index) {
    const chosen = isTrusted() ? await chooseModel(app, uri, index) : undefined;
    const file = chosen && (await chooseFile());
    const batch = file && (await askBatch(app, chosen.model.name));
    if (chosen && file && batch !== undefined) await app.panel.run({ ...chosen, batch, weights: file.toString() });
  },
};
