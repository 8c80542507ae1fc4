import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import test from "node:test";
import { fileURLToPath } from "node:url";

const program = ["--import", "tsx", fileURLToPath(new URL("../../server/cli/main.ts", import.meta.url))];

/** Runs the program itself; `listen` false closes its output before it says anything, as `| head -0` would. */
function run(args: readonly string[], listen = true): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
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
