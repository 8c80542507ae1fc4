#!/usr/bin/env node
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { cacheFolder, runCached } from "./cachedScript.ts";

/** Put in by the build. */
declare const BUILD: string;

/** The command line's bundle beside this file. As a server it needs other parts of it than for a check. */
runCached({
  path: fileURLToPath(new URL("cliMain.cjs", import.meta.url)),
  name: process.argv[2] === "lsp" ? "cli-lsp" : "cli",
  build: BUILD,
  folder: cacheFolder(process.env, process.platform, homedir()),
});
