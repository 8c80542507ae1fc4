import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from "vscode-languageserver/browser";
import type { ServerHost } from "./host.ts";
import { serve } from "./server.ts";

type Port = ConstructorParameters<typeof BrowserMessageReader>[0];

/** Over the messages of the worker that this runs in. */
export function serveWorker(port: Port, host: ServerHost): void {
  serve(createConnection(ProposedFeatures.all, new BrowserMessageReader(port), new BrowserMessageWriter(port)), host);
}
