import { window } from "vscode";
import type { Command } from "./command.ts";

export const restartServer: Command = {
  id: "inlayer.restartServer",
  async run({ server }) {
    await server.restart();
    window.setStatusBarMessage("Inlayer's server was restarted.", 4000);
  },
};
