import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { ServerHost } from "./host.ts";
import { serve } from "./server.ts";

/** Over what the process's arguments say: `--node-ipc`, `--stdio`, `--socket=N`, `--pipe=NAME`. */
export const serveProcess = (host: ServerHost): void => serve(createConnection(ProposedFeatures.all), host);

/** Over the process's own input and output, whatever its arguments. */
export const serveStdio = (host: ServerHost): void =>
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), host);
