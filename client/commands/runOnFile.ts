import { window } from "vscode";
import { variableNames } from "../../server/features/variableNames.ts";
import { chooseFile } from "./chooseFile.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";
import { isTrusted } from "./runForward.ts";
import { chooseWeights } from "./runWithWeights.ts";

const ENDINGS = ["npy", "npz", "csv", "png", "jpg", "jpeg"];

const OWN = { label: "Arrays of the program…", description: "by the names of its variables" };
const namesOf = (title: string): Thenable<string | undefined> =>
  window.showInputBox({
    title,
    prompt: "The variables that hold its inputs, in order: x_train, or images, captions",
    validateInput: (text) => (variableNames(text.trim()) ? undefined : "Names of variables, with commas between them"),
  });

/** The same run on a picture, or on arrays out of a file, which says how many samples there are. */
export const runOnFile: Command = {
  id: "inlayer.runOnFile",
  async run(app, uri, index) {
    const chosen = isTrusted() ? await chooseModel(app, uri, index) : undefined;
    const title = `What is ${chosen?.model.name} given?`;
    const found = chosen && (await chooseFile({ title, endings: ENDINGS, kind: "Arrays and pictures", instead: OWN }));
    const input = found && (found.file ?? (await namesOf(title))?.trim());
    const weights = input && (await chooseWeights(true));
    if (weights) await app.panel.run({ ...chosen, batch: app.panel.batch, weights: weights.file, input });
  },
};
