import assert from "node:assert/strict";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { LineIndex } from "../../core/index.ts";
import { type Fact, spansOf, verificationLines, verified } from "../../server/features/verdicts.ts";
import { runProgram } from "../../server/verify/process.ts";
import { interpreterOf } from "../../server/verify/python.ts";
import { diskFileSystem } from "../../server/workspace/disk.ts";
import { analyse, openCore } from "../core/open.ts";
import { folder } from "../workspace/folder.ts";

/** With the real Keras: `npm run oracle -- --verify`. */
const core = await openCore();
const TEXT = `import keras
grün = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
y = grün(keras.Input((4,)))
`;
const lines = new LineIndex(TEXT);
const analysis = analyse(core, TEXT);
const spans = spansOf(analysis, TEXT, lines);
const at = (text: string): number => {
  const start = TEXT.indexOf(text);
  return analysis.hints.findIndex(({ span }) => span.start === start && span.end === start + text.length);
};
const of = (...facts: readonly Fact[]): readonly string[] => verificationLines(verified(analysis, lines, facts));
const DENSE = at("keras.layers.Dense(3)");

describe("hints are held to what a run saw", () => {
  it("at the places that Python knows, in bytes", () => {
    assert.deepEqual(spans[at("grün(keras.Input((4,)))")], [3, 4, 3, 28]);
  });
  it("what the run gave confirms or refutes, what it did not reach is left", () => {
    const [first] = of({ saw: DENSE, shapes: [[null, 3]] }, { saw: DENSE, params: 15 }).filter((it) =>
      it.includes("Dense"),
    );
    assert.match(first ?? "", /^✓ 2 {2}Dense +\(None, 3\) +confirmed$/);
    const other = of({ saw: DENSE, shapes: [[null, 3]] }, { saw: DENSE, shapes: [[null, 4]] });
    assert.match(other.join("\n"), /^✗ 2 {2}Dense +\(None, 3\), Keras: \(None, 3\) \| \(None, 4\) +REFUTED$/m);
    const count = of({ saw: DENSE, shapes: [[null, 3]] }, { saw: DENSE, params: 12 });
    assert.match(count.join("\n"), /^✗ 2 {2}Dense +\(None, 3\) · 15 params, Keras: \(None, 3\) · 12 params +REFUTED$/m);
    assert.match(of().join("\n"), /^· 2 {2}Dense +\(None, 3\) +not reached$/m);
  });
  it("a size that is open holds for the sizes that calls give", () => {
    assert.match(of({ saw: DENSE, shapes: [[32, 3]] }).join("\n"), /✓ 2 {2}Dense/);
    assert.match(of({ saw: DENSE, shapes: [[32, 1, 3]] }).join("\n"), /✗ 2 {2}Dense/);
    assert.match(of({ saw: DENSE, shapes: [null] }).join("\n"), /✓ 2 {2}Dense/);
  });
  it("what was not run is told, and how it ended", () => {
    const told = of(
      { started: ["keras 3.15.1"], python: "3.12.0" },
      { recorded: "fit", line: 3 },
      { recorded: "fit", line: 3 },
      { raised: "ValueError", message: "no", line: 3 },
    );
    assert.equal(told[0], "keras 3.15.1, Python 3.12.0");
    assert.deepEqual(told.slice(-3, -1), [
      "recorded, not run: fit, line 3",
      "not run to the end: the program raises ValueError at line 3: no",
    ]);
  });
});

describe("the process", () => {
  /** A program in place of Python, which gets what Python would get. */
  const instead = (cwd: string, body: string): string => {
    const path = join(cwd, "python.cjs");
    writeFileSync(path, `#!${process.execPath}\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const run = (cwd: string, python: string, seconds: number, signal = new AbortController().signal) =>
    runProgram({ python, path: join(cwd, "model.py"), root: cwd, text: TEXT, spans }, seconds, signal);

  it("is given the text and the places, and every line that it tells is a fact", async (test) => {
    const cwd = folder(test, { "model.py": TEXT });
    const body =
      'let t = ""; process.stdin.on("data", (d) => { t += d; }).on("end", () => { const a = JSON.parse(t);' +
      ' console.log(JSON.stringify({ saw: a.spans.length, params: a.text.length })); console.log("{}{");' +
      " console.log(JSON.stringify({ ended: true })); });";
    const facts = await run(cwd, instead(cwd, body), 60);
    assert.deepEqual(facts, [{ saw: spans.length, params: TEXT.length }, { ended: true }]);
  });
  it("is ended after its time, with what it started, and keeps what was learnt", async (test) => {
    const cwd = folder(test, { "model.py": TEXT });
    const late = join(cwd, "late");
    writeFileSync(
      join(cwd, "child.cjs"),
      `setTimeout(() => require("fs").writeFileSync(${JSON.stringify(late)}, ""), 4000);`,
    );
    const body =
      `console.log(JSON.stringify({ recorded: "fit", line: 1 })); setInterval(() => {}, 1000);` +
      ` require("child_process").spawn(process.execPath, [${JSON.stringify(join(cwd, "child.cjs"))}]);`;
    const facts = await run(cwd, instead(cwd, body), 3);
    assert.deepEqual(facts.at(-1), { problem: "it was ended after 3 s" });
    await new Promise((done) => setTimeout(done, 3000));
    assert.ok(!existsSync(late));
  });
  it("is ended when it is cancelled, and never begun where that came first", async (test) => {
    const cwd = folder(test, { "model.py": TEXT });
    const abort = new AbortController();
    const python = instead(cwd, "setInterval(() => {}, 1000);");
    const running = run(cwd, python, 60, abort.signal);
    setTimeout(() => abort.abort(), 300);
    assert.deepEqual(await running, [{ problem: "cancelled" }]);
    assert.deepEqual(await run(cwd, python, 60, abort.signal), [{ problem: "cancelled" }]);
  });
  it("says how it ended otherwise", async (test) => {
    const cwd = folder(test, { "model.py": TEXT });
    const python = instead(cwd, 'console.error("no module"); process.exitCode = 3;');
    assert.deepEqual(await run(cwd, python, 60), [{ problem: `${python} ended with 3: no module` }]);
    assert.match(JSON.stringify(await run(cwd, join(cwd, "none"), 60)), /ENOENT/);
  });
});

it("the interpreter is the one that is said, or the environment's own", async (test) => {
  const cwd = folder(test, { ".venv/bin/python": "", "other/bin/python": "" });
  const asked = (said: string | undefined, environment = {}) => interpreterOf(diskFileSystem, cwd, said, environment);
  assert.equal(await asked(undefined), join(cwd, ".venv", "bin", "python"));
  assert.equal(await asked("other/bin/python"), join(cwd, "other", "bin", "python"));
  assert.equal(await asked("none/bin/python"), undefined);
  const bare = folder(test, {});
  assert.equal(await interpreterOf(diskFileSystem, bare, undefined, {}), undefined);
  const active = { VIRTUAL_ENV: join(cwd, "other") };
  assert.equal(await interpreterOf(diskFileSystem, bare, undefined, active), join(cwd, "other", "bin", "python"));
});
