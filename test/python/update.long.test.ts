import assert from "node:assert/strict";
import { test } from "node:test";
import type { Module } from "../../core/python/syntax.ts";
import { findChange } from "../../core/text/change.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { edited } from "./edits.ts";
import { asText, SAMPLES, sameTree, testParser } from "./parse.ts";
import { flatten } from "./statements.ts";

/** For each sample; `EDITS=10000` for a longer run. */
const EDITS = Number(process.env["EDITS"] ?? 250);
const SEED = chosenSeed(20250);

const parser = await testParser();

function assertUniqueIds(module: Module): void {
  const seen = new Map<unknown, object>();
  const visit = (piece: unknown): void => {
    if (typeof piece !== "object" || piece === null) return;
    if ("id" in piece) {
      assert.equal(seen.has(piece.id), false, `id ${String(piece.id)} twice`);
      seen.set(piece.id, piece);
    }
    Object.values(piece).forEach(visit);
  };
  visit(module.entries);
}

/** Statements on lines outside the change that say the same in both trees must be the same objects. */
function assertReused(old: Module, oldText: string, fresh: Module, text: string): number {
  const change = findChange(oldText, text);
  if (!change) return 0;
  const by = change.newEnd - change.oldEnd;
  const known = new Map(flatten(old).map(({ at, statement }) => [`${at} ${statement.kind}`, statement]));
  let reused = 0;
  for (const { at, statement } of flatten(fresh)) {
    const lineStart = text.lastIndexOf("\n", at - 1) + 1;
    const lineEnd = text.indexOf("\n", at + statement.span.end);
    // What follows a header or a semicolon is read together with its line.
    if (text.slice(lineStart, at).trim() !== "") continue;
    if ((lineEnd < 0 || lineEnd >= change.start) && lineStart <= change.newEnd) continue;
    const before = known.get(`${at > change.newEnd ? at - by : at} ${statement.kind}`);
    if (before === statement) reused++;
    else if (before) assert.notEqual(asText(before), asText(statement), `statement at ${at} was made anew`);
  }
  return reused;
}

for (const { name, text: sample } of SAMPLES) {
  test(`${name}: an update gives the tree of a fresh parse, and keeps what it can (seed ${SEED})`, () => {
    const random = randomSource(SEED + name.length);
    const document = parser.open(sample);
    let reused = 0;
    for (let count = 0; count < EDITS; count++) {
      const back = random() < 0.15;
      const text = back ? sample : edited(document.text, random);
      const { module: oldModule, text: oldText } = document;
      document.update(text);
      const cold = parser.open(text);
      const place = `edit ${count}, seed ${SEED}`;
      if (!sameTree(document.module, cold.module)) assert.equal(asText(document.module), asText(cold.module), place);
      cold.close();
      assertUniqueIds(document.module);
      reused += assertReused(oldModule, oldText, document.module, text);
    }
    document.close();
    assert.ok(reused > EDITS * 10, `only ${reused} statements were reused`);
  });
}
