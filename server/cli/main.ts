#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import packageJson from "../../package.json" with { type: "json" };
import { diskFileSystem } from "../workspace/disk.ts";
import type { Host } from "./host.ts";
import { run } from "./run.ts";

/** A module of WebAssembly: beside the built program, else in the package that brings it. */
async function wasm(packageName: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(new URL(file, import.meta.url));
  } catch {
    return readFile(createRequire(import.meta.url).resolve(`${packageName}/${file}`));
  }
}

const host: Host = {
  cwd: process.cwd(),
  environment: process.env,
  version: packageJson.version,
  files: diskFileSystem,
  terminal: { present: process.stdout.isTTY === true, columns: process.stdout.columns },
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  async createCore() {
    // Only now: what needs no analysis need not wait for it.
    const { createCore } = await import("../../core/index.ts");
    return createCore({
      runtime: await wasm("web-tree-sitter", "web-tree-sitter.wasm"),
      python: await wasm("tree-sitter-python", "tree-sitter-python.wasm"),
    });
  },
};

// Whoever reads has seen enough (`| head`): there is nobody left to tell anything.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));

// Not process.exit: a pipe may still have to be emptied.
process.exitCode = await run(host, process.argv.slice(2));
