import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { asAtStart } from "./memory.ts";

/** Milliseconds after which a program has compiled what a start and the first answers take. */
const SETTLED = 8_000;

/** Where the programs of a user keep what they can make again. */
export function cacheFolder(environment: NodeJS.ProcessEnv, platform: string, home: string): string {
  if (platform === "win32") return join(environment["LOCALAPPDATA"] || join(home, "AppData/Local"), "inlayer/cache");
  if (platform === "darwin") return join(home, "Library/Caches/inlayer");
  return join(environment["XDG_CACHE_HOME"] || join(home, ".cache"), "inlayer");
}

export interface Cached {
  /** A script as Node's `require` takes it. */
  readonly path: string;
  /** A script that stands before it, whose variables it uses. */
  readonly before?: string;
  /** What the script is called in the cache, and what tells this build of it from every other. */
  readonly name: string;
  readonly build: string;
  readonly folder: string;
}

/** What a script may say of itself. */
interface Exports {
  /** Whether this process compiled what the next one will use; true unless said. */
  readonly keepsCode?: () => boolean;
}
type Wrapped = (exports: object, require: NodeJS.Require, module: object, file: string, folder: string) => void;

/**
 * Runs a script as `require` does, with the code that V8 compiled of it at an earlier start. That is half of the time
 * to the first answer, and nothing but time: without it, or with one that V8 does not take, the script is compiled.
 * What changes V8's flags is done by `begin`, once that is decided.
 */
export function runCached({ path, before, name, build, folder }: Cached, begin: () => void = () => {}): void {
  const engine = `${name}-${process.versions.v8}-${process.arch}-`;
  const cache = join(folder, `${engine}${build}`);
  const text = [before, path].map((it) => (it === undefined ? "" : readFileSync(it, "utf8"))).join("\n");
  const source = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const cachedData = bytesOf(cache);
  const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) });
  const module: { exports: Exports } = { exports: {} };
  begin();
  const run = script.runInThisContext() as Wrapped;
  run(module.exports, createRequire(path), module, path, dirname(path));
  if (cachedData !== undefined && !script.cachedDataRejected) return;
  keepLater(() => {
    if (module.exports.keepsCode?.() !== false) keep(script, cache, engine);
  });
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Once the program has settled, or when it ends before. */
function keepLater(keep: () => void): void {
  let kept = false;
  const once = () => {
    if (!kept) keep();
    kept = true;
  };
  setTimeout(once, SETTLED).unref();
  process.once("exit", once);
}

/** What other builds left behind goes. Where nothing can be written, nothing is kept. */
function keep(script: Script, cache: string, engine: string): void {
  const folder = dirname(cache);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) if (name.startsWith(engine)) rmSync(join(folder, name), { force: true });
    // In one step: another start may be reading.
    const fresh = `${cache}.${process.pid}`;
    asAtStart(() => writeFileSync(fresh, script.createCachedData(), { mode: 0o600 }));
    renameSync(fresh, cache);
  } catch {
    // It is only time.
  }
}
