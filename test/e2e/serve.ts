// A VS Code for a person who has none: node --import tsx test/e2e/serve.ts VSIX [FOLDER] [--port N] [--vscode VERSION]
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./harness/files.ts";
import { installVsCode } from "./harness/install.mjs";
import { addressOf, installVsix, startServer } from "./harness/server.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string" }, vscode: { type: "string", default: "current" } },
});
const [vsix = "", folder = join(root, "examples")] = positionals;

const code = installVsCode(values.vscode);
const state = join(root, ".cache/start", values.vscode);
mkdirSync(state, { recursive: true });
installVsix(code, state, resolve(vsix));
const server = await startServer({ code, state, everything: true, ...(values.port && { port: Number(values.port) }) });
const address = addressOf(server, { folder: resolve(folder) });
console.log(`\nVS Code is at\n\n  ${address}\n\nOpen it in a browser on this machine. Ctrl+C stops it.`);
openInBrowser(address);
const stop = () => void server.stop().then(() => process.exit(0));
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

/** Where there is a display; without one the address is what a person needs. */
function openInBrowser(url: string): void {
  if (process.env["CI"]) return;
  const [opener, ...before] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const hasDisplay = process.platform !== "linux" || process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
  if (!hasDisplay || opener === undefined) return;
  const browser = spawn(opener, [...before, url], { stdio: "ignore", detached: true });
  browser.on("error", () => {});
  browser.unref();
}
