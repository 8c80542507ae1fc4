import { setFlagsFromString } from "node:v8";
import { type Connection, createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { SETTLED } from "../launch/cachedScript.ts";
import { codeOf } from "../workspace/fileSystem.ts";
import { faultText } from "./guard.ts";
import type { ServerHost } from "./host.ts";
import { serve } from "./server.ts";

/**
 * A server stands beside an editor all day: it holds little rather than collect garbage seldom. Without this the heap
 * grows to several times what lives in it, for a gain that nobody notices. (An engine that does not know it ignores
 * it.) A start is spared it.
 */
function holdLittle(): void {
  setFlagsFromString("--heap-growing-percent=60");
  setFlagsFromString("--semi-space-growth-factor=1");
}

function start(connection: Connection, host: ServerHost): void {
  setTimeout(holdLittle, 2 * SETTLED).unref();
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
