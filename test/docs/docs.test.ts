/** docs/status.md and docs/layers say what the declarations and the recordings say; `npm run docs` writes them. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { pages } from "../../tasks/docs/pages.ts";

const made = pages();

for (const [path, text] of made) {
  test(`${path} is as \`npm run docs\` writes it`, () => {
    assert.ok(existsSync(path), `${path} is not there`);
    assert.equal(readFileSync(path, "utf8"), text);
  });
}

test("docs/layers has no page of layers that are gone", () => {
  for (const name of readdirSync("docs/layers")) assert.ok(made.has(`docs/layers/${name}`), name);
});
