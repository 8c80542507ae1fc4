import { commands } from "vscode";

/** Moves the editor in front under the code, which gets the focus back: tables are wide, and belong to their lines. */
export async function putBelow(): Promise<void> {
  await commands.executeCommand("workbench.action.moveEditorToBelowGroup");
  await commands.executeCommand("workbench.action.focusPreviousGroup");
}
