import { ProgressLocation, Uri, window } from "vscode";
import { REQUESTS, type ToldResult } from "../../server/protocol/messages.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";
import { isTrusted } from "./runForward.ts";
import { chooseWeights } from "./runWithWeights.ts";

/** Writes a model as ONNX, with drawn weights or those of a file. */
export const exportModel: Command = {
  id: "inlayer.exportOnnx",
  async run(app, uri, index) {
    const chosen = isTrusted() ? await chooseModel(app, uri, index) : undefined;
    if (chosen === undefined) return;
    const weights = await chooseWeights(true);
    if (weights === undefined) return;
    const { model, uri: document } = chosen;
    const defaultUri = Uri.joinPath(Uri.parse(document), "..", `${model.name}.onnx`);
    const target = await window.showSaveDialog({ defaultUri, filters: { ONNX: ["onnx"] } });
    if (target === undefined) return;
    const params = { uri: document, model: model.index, weights: weights.file, target: target.toString() };
    const title = `Exporting ${model.name} …`;
    const { lines, problem } = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_, token) => app.server.request<ToldResult>(REQUESTS.export, params, token),
    );
    if (problem !== undefined) throw new Error(problem);
    void window.showInformationMessage(`${target.path.split("/").at(-1)}: ${lines.join("; ")}`);
  },
};
