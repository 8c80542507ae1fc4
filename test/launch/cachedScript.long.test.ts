import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { buildSync } from "esbuild";
import { cacheFolder } from "../../server/launch/cachedScript.ts";
import { folder } from "../workspace/folder.ts";

const PROGRAM = `
const { basename } = require("node:path");
function greet(name) { return "hello " + name; }
console.log(greet(process.argv[2]), basename(__filename), basename(__dirname) === basename(process.argv[3]));
`;

/** Gives what starts a program of ours in `home`, each time in a process of its own. */
function program(home: string): (build: string) => string {
  const launcher = join(home, "launch.mjs");
  const source = `
    import { runCached } from "./cachedScript.ts";
    const [, , , folder, build] = process.argv;
    runCached({ path: folder + "/program.cjs", name: "greeter", build, folder: folder + "/deep/cache" });
  `;
  const bundle = { bundle: true, format: "esm", platform: "node", outfile: launcher } as const;
  buildSync({ ...bundle, stdin: { contents: source, resolveDir: "server/launch", loader: "ts" } });
  return (build) => {
    const { stdout, stderr } = spawnSync(process.execPath, [launcher, "you", home, build], { encoding: "utf8" });
    return stdout + stderr;
  };
}

describe("a script with a cache of its code", () => {
  test("does the same with it and without, and with a damaged one, which is made again", (t) => {
    const home = folder(t, { "program.cjs": PROGRAM });
    const cache = join(home, "deep/cache");
    const run = program(home);
    const said = "hello you program.cjs true\n";
    assert.equal(run("a1"), said);
    const [kept = ""] = readdirSync(cache);
    const good = readFileSync(join(cache, kept));
    assert.equal(run("a1"), said);
    assert.deepEqual(readFileSync(join(cache, kept)), good, "taken as it is");
    writeFileSync(join(cache, kept), good.subarray(0, 100));
    assert.equal(run("a1"), said);
    assert.equal(readFileSync(join(cache, kept)).length, good.length, "made again");
    writeFileSync(join(cache, kept), "");
    assert.equal(run("a1"), said);
    assert.equal(readFileSync(join(cache, kept)).length, good.length, "made again");
  });
  test("keeps one build", (t) => {
    const home = folder(t, { "program.cjs": PROGRAM });
    const run = program(home);
    run("a1");
    run("b2");
    const kept = readdirSync(join(home, "deep/cache"));
    assert.equal(kept.length, 1);
    assert.match(kept[0] ?? "", /^greeter-.*-b2$/);
  });
  test("runs where nothing can be kept", (t) => {
    const home = folder(t, { "program.cjs": PROGRAM, deep: "a file where the folder would be" });
    assert.equal(program(home)("a1"), "hello you program.cjs true\n");
  });
  test("is kept where a system keeps such things", () => {
    const slashes = (path: string) => path.replaceAll("\\", "/");
    assert.equal(slashes(cacheFolder({}, "linux", "/base")), "/base/.cache/inlayer");
    assert.equal(slashes(cacheFolder({ XDG_CACHE_HOME: "/c" }, "linux", "/base")), "/c/inlayer");
    assert.equal(slashes(cacheFolder({}, "darwin", "/base")), "/base/Library/Caches/inlayer");
    assert.equal(slashes(cacheFolder({ LOCALAPPDATA: "C:/L" }, "win32", "C:/U")), "C:/L/inlayer/cache");
  });
});
