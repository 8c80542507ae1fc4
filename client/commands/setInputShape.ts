import { window } from "vscode";
import { COMMANDS } from "../../server/protocol/messages.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";

const SHAPE = /^\(?\s*(None|\d+|\w+)(\s*,\s*(None|\d+|\w+))*\s*,?\s*\)?$/;

function problemWith(text: string): string | undefined {
  return SHAPE.test(text.trim()) ? undefined : "A shape with its batch, as Keras prints it: (None, 28, 28, 1)";
}

/** Writes the comment that says what a subclassed model is called on; the server knows where and how. */
export const setInputShape: Command = {
  id: "inlayer.setInputShape",
  serverId: COMMANDS.setInputShape,
  async run(app, uri, index, given) {
    const chosen = await chooseModel(app, uri, index);
    if (chosen === undefined) return;
    const typed =
      typeof given === "string"
        ? given
        : await window.showInputBox({
            title: `What is ${chosen.model.name} called on?`,
            prompt: "The shape of its input; None for the batch",
            value: chosen.model.inputs?.[0] ?? "(None, 28, 28, 1)",
            validateInput: problemWith,
          });
    if (typed === undefined) return;
    const inner = typed
      .trim()
      .replace(/^\(|\)$/g, "")
      .replace(/,\s*$/, "");
    const shape = `(${inner}${inner.includes(",") ? "" : ","})`;
    await app.server.request("workspace/executeCommand", {
      command: COMMANDS.setInputShape,
      arguments: [chosen.uri, chosen.model.index, shape],
    });
  },
};
