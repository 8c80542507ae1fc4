import { Uri, workspace } from "vscode";
import type { MessageTransports } from "vscode-languageclient";
import { type Activation, activateWith, type Inlayer } from "./activation.ts";
import { readBytes } from "./files.ts";
import type { Launch } from "./server.ts";

/** The worker of a browser; its types belong to pages, which this is not. */
declare const Worker: new (url: string) => never;

/** The entry for an editor in a browser without a machine behind it: the server is a worker. */
export function activate(context: Activation): Inlayer {
  const start: Launch["start"] = async (options) => {
    const { BrowserMessageReader, BrowserMessageWriter, LanguageClient } = await import(
      "vscode-languageclient/browser"
    );
    // The server's script stands behind core, which it shares with the one for Node.
    const scripts = ["core.js", "browser/server.js"].map((it) => Uri.joinPath(context.extensionUri, "dist", it));
    // The host has a constructor of workers of its own: what it makes is none to the client, which takes messages.
    const connect = async (): Promise<MessageTransports> => {
      const worker = await workerOf(scripts);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient("inlayer", "Inlayer", connect, options);
  };
  return activateWith(context, { start, read: readBytes });
}

/** A worker whose scripts may lie on another machine: no host starts one from there by its address. */
async function workerOf(scripts: readonly Uri[]): Promise<never> {
  const parts = await Promise.all(scripts.map(async (it) => (await workspace.fs.readFile(it)).slice()));
  const text = new Blob(
    parts.flatMap((it) => [it, "\n"]),
    { type: "text/javascript" },
  );
  return new Worker(URL.createObjectURL(text));
}
