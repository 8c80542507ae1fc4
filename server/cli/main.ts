import { writeFile } from "node:fs/promises";
import packageJson from "../../package.json" with { type: "json" };
import { nodeHost, readWasm } from "../nodeHost.ts";
import { diskFileSystem } from "../workspace/disk.ts";
import type { Host } from "./host.ts";
import { run } from "./run.ts";

const host: Host = {
  cwd: process.cwd(),
  environment: process.env,
  version: packageJson.version,
  files: diskFileSystem,
  terminal: { present: process.stdout.isTTY === true, columns: process.stdout.columns },
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  write: (path, bytes) => writeFile(path, bytes),
  async createCore() {
    // Only now: what needs no analysis need not wait for it.
    const { createCore } = await import("../../core/index.ts");
    return createCore({
      runtime: await readWasm("web-tree-sitter", "web-tree-sitter.wasm", import.meta.url),
      python: await readWasm("tree-sitter-python", "tree-sitter-python.wasm", import.meta.url),
    });
  },
  async createEngine() {
    const { nodeEngine } = await import("../engine/nodeEngine.ts");
    return nodeEngine();
  },
  async serve() {
    const { serveStdio } = await import("../protocol/node.ts");
    serveStdio(nodeHost(import.meta.url));
  },
};

// Whoever reads has seen enough (`| head`): there is nobody left to tell anything.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));

// Not process.exit: a pipe may still have to be emptied.
void run(host, process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
