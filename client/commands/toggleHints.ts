import { ConfigurationTarget, workspace } from "vscode";
import type { Command } from "./command.ts";

const KEY = "hints.enabled";

/** Turns the hints off or on, where the setting already stands, else for the user. */
export const toggleHints: Command = {
  id: "inlayer.toggleHints",
  async run() {
    const section = workspace.getConfiguration("inlayer");
    const inWorkspace = section.inspect(KEY)?.workspaceValue !== undefined;
    const target = inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
    await section.update(KEY, !section.get<boolean>(KEY, true), target);
  },
};
