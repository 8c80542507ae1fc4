import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { cacheFolder, runCached } from "./cachedScript.ts";
import { holdLittle } from "./memory.ts";

/** Put in by the build. */
declare const BUILD: string;

/** What an editor starts: the server's bundle beside this file. */
const script = {
  path: fileURLToPath(new URL("serverMain.cjs", import.meta.url)),
  name: "server",
  build: BUILD,
  folder: cacheFolder(process.env, process.platform, homedir()),
};
runCached(script, holdLittle);
