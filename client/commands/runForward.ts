import { window, workspace } from "vscode";
import { COMMANDS } from "../../server/protocol/messages.ts";
import { askShapes } from "./askShapes.ts";
import { chooseModel } from "./chooseModel.ts";
import type { App, Command } from "./command.ts";

const LARGEST = 65536;

function problemWith(text: string): string | undefined {
  const batch = Number(text);
  return Number.isInteger(batch) && batch >= 1 && batch <= LARGEST ? undefined : `A whole number from 1 to ${LARGEST}`;
}

export function isTrusted(): boolean {
  if (!workspace.isTrusted)
    void window.showInformationMessage("In a workspace that you do not trust, Inlayer analyses but runs no model.");
  return workspace.isTrusted;
}
/** Undefined where the person thought better of it. */
export async function askBatch(app: App, model: string): Promise<number | undefined> {
  const batch = await window.showInputBox({
    title: `Run ${model} forward`,
    prompt: "Batch size: how many random samples to run it on",
    value: String(app.panel.batch),
    validateInput: problemWith,
  });
  return batch === undefined ? undefined : Number(batch);
}

/** Runs a model on random numbers with random weights, in the embedded engine: nothing of the user's code runs. */
export const runForward: Command = {
  id: "inlayer.runForward",
  serverId: COMMANDS.forward,
  async run(app, uri, index) {
    const chosen = isTrusted() ? await chooseModel(app, uri, index) : undefined;
    const batch = chosen && (await askBatch(app, chosen.model.name));
    const shapes = batch && (await askShapes(chosen.model, batch));
    if (chosen && batch && shapes) await app.panel.run({ ...chosen, batch, shapes });
  },
};
