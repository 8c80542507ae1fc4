import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { ServerHost } from "./host.ts";
import { serve } from "./server.ts";

/**
 * A server stands beside an editor all day: it holds little rather than collect garbage seldom. Without this the heap
 * grows to several times what lives in it, for a gain that nobody notices. (An engine that does not know it ignores
 * it.)
 */
const holdLittle = (): void => setFlagsFromString("--heap-growing-percent=60");

/** Over what the process's arguments say: `--node-ipc`, `--stdio`, `--socket=N`, `--pipe=NAME`. */
export function serveProcess(host: ServerHost): void {
  holdLittle();
  serve(createConnection(ProposedFeatures.all), host);
}

/** Over the process's own input and output, whatever its arguments. */
export function serveStdio(host: ServerHost): void {
  holdLittle();
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), host);
}
