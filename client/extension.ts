import { Uri } from "vscode";
import type { NodeModule } from "vscode-languageclient/node";
import { type Activation, activateWith, type Inlayer } from "./activation.ts";

/** The entry for desktop and remote: the server is a process of its own. */
export function activate(context: Activation): Inlayer {
  return activateWith(context, async (options) => {
    // Not loaded before there is something for it to do: most of what activation would cost.
    const { LanguageClient, TransportKind } = await import("vscode-languageclient/node");
    const server: NodeModule = {
      module: Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath,
      transport: TransportKind.ipc,
    };
    return new LanguageClient("inlayer", "Inlayer", { run: server, debug: server }, options);
  });
}
