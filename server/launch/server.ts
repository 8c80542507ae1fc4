import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { cacheFolder, runCached } from "./cachedScript.ts";
import { holdLittle } from "./memory.ts";

/** Put in by the build. */
declare const BUILD: string;

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** What an editor starts: the server's bundle beside this file, behind core. */
const script = {
  path: beside("serverMain.cjs"),
  before: beside("core.js"),
  name: "server",
  build: BUILD,
  folder: cacheFolder(process.env, process.platform, homedir()),
};
runCached(script, holdLittle);
