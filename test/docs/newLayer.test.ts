/** What `npm run new:layer` begins a layer with. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { lookup } from "../../core/frameworks/keras/signatures.ts";
import { begun } from "../../tasks/newLayer.ts";

const catalogue = readFileSync("core/frameworks/keras/layers/catalogueB.ts", "utf8");
const files = begun("RandomFlop", lookup("keras.layers.RandomFlip")?.parameters ?? [], catalogue);

test("a new layer is a file of its own with a table of calls to record", () => {
  assert.match(
    files.get("core/frameworks/keras/layers/randomFlop.ts") ?? "",
    /export const RandomFlop = layer\("RandomFlop"/,
  );
  assert.match(files.get("tasks/oracle/gridtables/random_flop.py") ?? "", /"mode": \[OMIT\],/);
});

test("it is listed where the alphabet has it, once imported and once listed", () => {
  const lines = (files.get("core/frameworks/keras/layers/catalogueB.ts") ?? "").split("\n");
  assert.equal(lines.length, catalogue.split("\n").length + 2);
  const at = lines.indexOf('import { RandomFlop } from "./randomFlop.ts";');
  assert.match(lines[at - 1] ?? "", /RandomFlip/);
  assert.equal(lines.filter((line) => line === "  RandomFlop,").length, 1);
});
