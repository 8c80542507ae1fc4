import { type Connection, createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { codeOf } from "../workspace/fileSystem.ts";
import { faultText } from "./guard.ts";
import type { ServerHost } from "./host.ts";
import { serve } from "./server.ts";

function start(connection: Connection, host: ServerHost): void {
  // Whatever nobody caught costs what it was about, and not the server.
  const report = (error: unknown) => connection.console.error(`unforeseen, please report this: ${faultText(error)}`);
  process.on("uncaughtException", (error) => (codeOf(error) === "EPIPE" ? process.exit(1) : report(error)));
  process.on("unhandledRejection", report);
  serve(connection, host);
}

/** Over what the process's arguments say: `--node-ipc`, `--stdio`, `--socket=N`, `--pipe=NAME`. */
export const serveProcess = (host: ServerHost): void => start(createConnection(ProposedFeatures.all), host);

/** Over the process's own input and output, whatever its arguments. */
export const serveStdio = (host: ServerHost): void =>
  start(createConnection(ProposedFeatures.all, process.stdin, process.stdout), host);
