import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import packageJson from "../package.json" with { type: "json" };
import { collectAtRest } from "./launch/rest.ts";
import type { ServerHost } from "./protocol/host.ts";
import { diskFileSystem } from "./workspace/disk.ts";
import type { FileSystem, Files } from "./workspace/fileSystem.ts";
import { uriPaths } from "./workspace/uris.ts";

/** A module of WebAssembly: beside the built program, else in the package that brings it. */
export async function readWasm(packageName: string, file: string, here: string): Promise<Uint8Array> {
  try {
    return await readFile(new URL(file, here));
  } catch {
    return readFile(createRequire(here).resolve(`${packageName}/${file}`));
  }
}

/** The disk under `file:` URIs. */
const disk: Files & Pick<FileSystem, "list"> = {
  ...uriPaths,
  read: (uri) => diskFileSystem.read(fileURLToPath(uri)),
  kind: (uri) => diskFileSystem.kind(fileURLToPath(uri)),
  list: (uri) => diskFileSystem.list(fileURLToPath(uri)),
  home: pathToFileURL(homedir()).href,
  fromDisk: (path) => pathToFileURL(path).href,
  size: async (uri) => (await diskFileSystem.size?.(fileURLToPath(uri))) ?? 0,
};

/** The URL of the folder with the rules' pages, beside the program whose file is at `here`. */
export function rulePages(here: string): string | undefined {
  const folder = ["../docs/rules/", "../../docs/rules/"]
    .map((path) => new URL(path, here))
    .find((it) => existsSync(it));
  return folder && pathToFileURL(fileURLToPath(folder)).href;
}

/** The server in a process of Node; `here` is the URL of the program's own file. */
export const nodeHost = (here: string, busy = collectAtRest()): ServerHost => ({
  version: packageJson.version,
  async createCore() {
    const [{ createCore }, runtime, python] = await Promise.all([
      import("../core/index.ts"),
      readWasm("web-tree-sitter", "web-tree-sitter.wasm", here),
      readWasm("tree-sitter-python", "tree-sitter-python.wasm", here),
    ]);
    return createCore({ runtime, python });
  },
  async createEngine() {
    const { nodeEngine } = await import("./engine/nodeEngine.ts");
    return nodeEngine();
  },
  write: (uri, bytes) => writeFile(fileURLToPath(uri), bytes),
  async verify({ uri, python: said, ...program }, signal) {
    const { verifyProgram } = await import("./verify/project.ts");
    return verifyProgram({ ...program, path: fileURLToPath(uri) }, said, signal);
  },
  files: disk,
  schemes: ["file"],
  rulePages: rulePages(here),
  breathe: () => {
    busy();
    return new Promise((resolve) => setImmediate(resolve));
  },
});
