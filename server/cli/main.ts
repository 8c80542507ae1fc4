import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import packageJson from "../../package.json" with { type: "json" };
import { nodeHost, readWasm, rulePages } from "../nodeHost.ts";
import { diskFileSystem } from "../workspace/disk.ts";
import type { CheckerStart } from "./checkWorker.ts";
import type { Host } from "./host.ts";
import { nodeChecker } from "./nodeChecker.ts";
import { run } from "./run.ts";

let checkers = 0;

const host: Host = {
  cwd: process.cwd(),
  environment: process.env,
  version: packageJson.version,
  files: diskFileSystem,
  terminal: { present: process.stdout.isTTY === true, columns: process.stdout.columns },
  progress: process.stderr.isTTY === true && process.env["TERM"] !== "dumb",
  cores: availableParallelism(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  write: (path, bytes) => writeFile(path, bytes),
  rulePage: async (code) => {
    const pages = rulePages(import.meta.url);
    return pages && readFile(new URL(`${code}.md`, pages), "utf8").catch(() => undefined);
  },
  startChecker: (start) => nodeChecker({ ...start, isFirst: checkers++ === 0 }, import.meta.url),
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

const start = isMainThread ? undefined : (workerData as CheckerStart);
/** Whether what V8 compiled here is worth keeping: where workers read the files, it is that of the first of them. */
export const keepsCode = (): boolean => (start === undefined ? checkers === 0 : start.isFirst === true);

if (start === undefined) begin();
else void serve(start);

async function serve(start: CheckerStart): Promise<void> {
  const { serveChecks } = await import("./checkWorker.ts");
  if (parentPort !== null) serveChecks(parentPort, host, start);
}

function begin(): void {
  // Whoever reads has seen enough (`| head`): there is nobody left to tell anything.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  // Not process.exit: a pipe may still have to be emptied.
  void run(host, process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
