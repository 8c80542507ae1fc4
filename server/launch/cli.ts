#!/usr/bin/env node
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { cacheFolder, runCached } from "./cachedScript.ts";
import { holdLittle } from "./memory.ts";

/** Put in by the build. */
declare const BUILD: string;

/** The command line's bundle beside this file. As a server it needs other parts of it than for a check. */
const isServer = process.argv[2] === "lsp";
const script = {
  path: fileURLToPath(new URL("cliMain.cjs", import.meta.url)),
  name: isServer ? "cli-lsp" : "cli",
  build: BUILD,
  folder: cacheFolder(process.env, process.platform, homedir()),
};
runCached(script, isServer ? holdLittle : undefined);
