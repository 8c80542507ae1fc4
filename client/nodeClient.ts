import { Uri } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { LanguageClient, type NodeModule, TransportKind } from "vscode-languageclient/node";

/** The client of a server that is a process of its own. A bundle of its own too: it is most of what loading costs. */
export function createClient(extension: Uri, options: LanguageClientOptions): BaseLanguageClient {
  const server: NodeModule = {
    module: Uri.joinPath(extension, "dist", "server.cjs").fsPath,
    transport: TransportKind.ipc,
  };
  return new LanguageClient("inlayer", "Inlayer", { run: server, debug: server }, options);
}
