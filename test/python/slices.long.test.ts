import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenSeed, randomSource } from "../random.ts";
import { edited } from "./edits.ts";
import { asText, SAMPLES, sameTree, testParser } from "./parse.ts";

const SEED = chosenSeed(51200);
const parser = await testParser();
/** Long enough for several slices. */
const LONG = Array.from({ length: 8 }, () => SAMPLES.map(({ text }) => text).join("\n")).join("\n");

test("a long text is read in slices, and nothing is seen of it before it is through", () => {
  const document = parser.open("x = 1\n");
  const { module } = document;
  let slices = 0;
  for (const _ of document.updating(LONG)) {
    slices++;
    assert.equal(document.text, "x = 1\n");
    assert.equal(document.module, module);
  }
  assert.ok(slices > LONG.split("\n").length / 500, `${slices} slices of ${LONG.split("\n").length} lines`);
  assert.equal(document.text, LONG);
  assert.ok(sameTree(document.module, parser.open(LONG).module));
});

test(`what is dropped half way leaves nothing behind but what was read (seed ${SEED})`, () => {
  const random = randomSource(SEED);
  const document = parser.open("");
  let text = LONG;
  for (let count = 0; count < 20; count++) {
    const steps = document.updating(text);
    for (let left = Math.floor(random() * 12); left > 0 && steps.next().done !== true; left--);
    // The text that was there stands again, or another one follows.
    text = count % 5 === 4 ? document.text : edited(edited(text, random), random);
    if (count % 2 === 0) continue;
    document.update(text);
    const fresh = parser.open(text).module;
    if (!sameTree(document.module, fresh)) assert.equal(asText(document.module), asText(fresh), `after ${count}`);
  }
});
