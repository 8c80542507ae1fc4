import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import test, { type TestContext } from "node:test";
import { bundleProgram } from "../protocol/bundle.ts";
import { folder } from "../workspace/folder.ts";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program itself; `listen` false closes its output before it says anything, as `| head -0` would. */
async function run(t: TestContext, args: readonly string[], listen = true): Promise<Ended> {
  const home = folder(t, {});
  const program = await bundleProgram(home, "cli");
  const env = { ...process.env, XDG_CACHE_HOME: home, LOCALAPPDATA: home };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"], env });
    const said = { out: "", err: "" };
    child.stderr.on("data", (data: Buffer) => {
      said.err += data.toString();
    });
    if (listen)
      child.stdout.on("data", (data: Buffer) => {
        said.out += data.toString();
      });
    else child.stdout.destroy();
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

test("the program ends with the exit code", async (t) => {
  const { code, out, err } = await run(t, ["--version"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
  const missing = await run(t, ["check", "no such file.py"]);
  assert.deepEqual(missing, { code: 2, out: "", err: "inlayer: no such file.py: no such file or directory\n" });
});

test("it ends quietly when nobody reads on", async (t) => {
  assert.deepEqual(await run(t, ["--help"], false), { code: 0, out: "", err: "" });
});
