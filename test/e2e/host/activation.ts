import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { commands } from "vscode";
import { MARK } from "../harness/mark.ts";
import { eventually, extension, hintsOf, open } from "./support.ts";

describe("activation", () => {
  it("waits for a Python file", () => assert.equal(extension().isActive, false));
  it("takes little time", async () => {
    // The host has its own start behind it once it answers.
    await commands.getCommands();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const began = performance.now();
    await extension().activate();
    console.log(`${MARK}    activation, loading included: ${(performance.now() - began).toFixed(0)} ms`);
  });
  it("starts no server for a file without Keras", async () => {
    await open("plain.py");
    // What it imports is looked for meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.equal(extension().exports.isServerStarted, false);
  });
  it("starts the server for a file that imports one with Keras", async () => {
    const document = await open("uses.py");
    assert.equal(
      await eventually(
        () => extension().exports.isServerStarted,
        (started) => started,
      ),
      true,
    );
    const hints = await eventually(
      () => hintsOf(document),
      (found) => found[3] !== undefined,
    );
    assert.match(hints[3] ?? "", /Σ 147 params/);
  });
  it("starts the server for a file with Keras", async () => {
    await open("digits.py");
    assert.ok(
      await eventually(
        () => extension().exports.isServerStarted,
        (started) => started,
      ),
    );
  });
});
