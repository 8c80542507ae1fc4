import { Uri, window, workspace } from "vscode";
import type { Command } from "./command.ts";
import { EXAMPLES } from "./examples.ts";

/** Opens a program that is shipped, as a text of one's own: the one that is named, or one that is picked. */
export const openExample: Command = {
  id: "inlayer.openExample",
  async run({ context }, name) {
    const file = EXAMPLES.find((it) => it.file === name)?.file ?? (await pick());
    if (file === undefined) return;
    const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, "examples", `${file}.py`));
    const content = new TextDecoder().decode(bytes);
    await window.showTextDocument(await workspace.openTextDocument({ language: "python", content }));
  },
};

const pick = async () => (await window.showQuickPick(EXAMPLES, { title: "Which example?", matchOnDetail: true }))?.file;
