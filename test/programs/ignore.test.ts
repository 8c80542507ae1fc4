import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Told, testCore } from "./told.ts";

/** `# inlayer: ignore[code]` at the end of a line silences that code there, and only that. */
const core = await testCore();
const codes = (text: string): readonly string[] =>
  new Told(core, "ignore.py", `from keras import Input, layers\n${text}`).analysis.diagnostics.map((it) => it.code);

describe("# inlayer: ignore", () => {
  it("silences codes in a whole file, by their names alone", () => {
    const faulty = "layers.Dense(4, unit=3)\nlayers.Dense(4, activation=None, unit=3)\n";
    assert.deepEqual(codes(`${faulty}# inlayer: ignore-file[memory, unknown-argument]\n`), []);
    assert.deepEqual(codes(`# inlayer: ignore-file[memory]\n${faulty}`), ["unknown-argument", "unknown-argument"]);
    assert.deepEqual(codes("layers.Dense(4, unit=3)  # inlayer: ignore-file\n"), ["unknown-argument"]);
  });
  it("silences the code that it names, on its line", () => {
    assert.deepEqual(codes("y = layers.Dense(4)(Input((2, 3)))\n"), ["dense-on-sequence"]);
    assert.deepEqual(codes("y = layers.Dense(4)(Input((2, 3)))  # inlayer: ignore[dense-on-sequence]\n"), []);
  });
  it("silences several codes, or with none named all", () => {
    assert.deepEqual(codes("layers.Dense(4, unit=3)  # inlayer: ignore[memory, unknown-argument]\n"), []);
    assert.deepEqual(codes("layers.Dense(4, unit=3)  # inlayer: ignore\n"), []);
  });
  it("leaves other codes and other lines", () => {
    assert.deepEqual(codes("layers.Dense(4, unit=3)  # inlayer: ignore[memory]\n"), ["unknown-argument"]);
    assert.deepEqual(codes("a = 1  # inlayer: ignore[unknown-argument]\nlayers.Dense(4, unit=3)\n"), [
      "unknown-argument",
    ]);
  });
  it("works on any line of a call that goes over several", () => {
    assert.deepEqual(codes("layers.Dense(\n    4,\n    unit=3,  # inlayer: ignore[unknown-argument]\n)\n"), []);
  });
  it("is no comment where it stands in a string", () => {
    assert.deepEqual(codes('layers.Dense(4, unit="# inlayer: ignore")\n'), ["unknown-argument"]);
  });
});
