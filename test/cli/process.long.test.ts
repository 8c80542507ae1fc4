import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { bundleProgram } from "../protocol/bundle.ts";
import { folder } from "../workspace/folder.ts";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const home = mkdtempSync(join(tmpdir(), "inlayer-"));
after(() => rmSync(home, { recursive: true, force: true }));
const bundled = bundleProgram(home, "cli");

/** Runs the program itself; `listen` false closes its output before it says anything, as `| head -0` would. */
async function run(args: readonly string[], listen = true): Promise<Ended> {
  const program = await bundled;
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

test("the program ends with the exit code", async () => {
  const { code, out, err } = await run(["--version"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
  const missing = await run(["check", "no such file.py"]);
  assert.deepEqual(missing, { code: 2, out: "", err: "inlayer: no such file.py: no such file or directory\n" });
});

test("it ends quietly when nobody reads on", async () => {
  assert.deepEqual(await run(["--help"], false), { code: 0, out: "", err: "" });
});

test("a check by workers prints what a check without them prints", async (t) => {
  const fault = "from keras import Input, layers\nlayers.Reshape((10, 16))(Input((16, 3)))\n";
  const names = Array.from({ length: 8 }, (_, i) => `m${i}.py`);
  const root = folder(t, Object.fromEntries(names.map((name, i) => [name, i % 2 ? fault : ""])));
  const args = ["check", ...names.map((name) => join(root, name)), "--format", "github", "--workers"];
  const { code, out } = await run([...args, "2"]);
  assert.equal(code, 1);
  assert.equal(out, (await run([...args, "1"])).out);
  assert.equal(out.split("\n").length, 5);
});
