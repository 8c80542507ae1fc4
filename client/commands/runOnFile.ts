import { chooseFile } from "./chooseFile.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";
import { isTrusted } from "./runForward.ts";
import { chooseWeights } from "./runWithWeights.ts";

const ENDINGS = ["npy", "npz", "csv", "png", "jpg", "jpeg"];

/** The same run on a picture, or on arrays out of a file, which says how many samples there are. */
export const runOnFile: Command = {
  id: "inlayer.runOnFile",
  async run(app, uri, index) {
    const chosen = isTrusted() ? await chooseModel(app, uri, index) : undefined;
    const title = `What is ${chosen?.model.name} given?`;
    const input = chosen && (await chooseFile({ title, endings: ENDINGS, kind: "Arrays and pictures" }));
    const weights = input && (await chooseWeights(true));
    if (weights) await app.panel.run({ ...chosen, batch: app.panel.batch, weights: weights.file, input: input.file });
  },
};
