import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { compare } from "./compare.ts";
import { markdownFiles, recordFiles, root } from "./files.ts";
import { openInlayer } from "./inlayer.ts";
import { judge } from "./judge.ts";
import { type Document, parseMarkdown } from "./parse.ts";
import { programOf } from "./program.ts";
import { hashOf, type OracleRecord, recordPath } from "./record.ts";

const STALE = "npm run oracle -- --stale records it again";

/** `9: …` of a block, as a line of the Markdown file. */
const inFile = (path: string, firstLine: number, problem: string): string => {
  const [, line = "1", rest = problem] = /^(\d+): (.*)$/s.exec(problem) ?? [];
  return `${path}:${firstLine + Number(line) - 1}: ${rest}`;
};

const analyse = await openInlayer();

for (const path of markdownFiles()) {
  const document = parseMarkdown(readFileSync(join(root, path), "utf8"));
  describe(path, () => {
    it("can be read", () => {
      assert.deepEqual(
        document.faults.map((fault) => `${path}:${fault.line}: ${fault.message}`),
        [],
      );
      assert.ok(document.blocks.length > 0, "it has no block");
    });
    it("holds on the real Keras, as recorded", () => assertRecorded(path, document));
    if (analyse === undefined) return;
    it("is what Inlayer says", () => {
      const problems = document.blocks.flatMap((block) => {
        const { text, offset } = programOf(block);
        return compare(block, analyse(text), offset).map((problem) => inFile(path, block.line, problem));
      });
      assert.deepEqual(problems, []);
    });
  });
}

function assertRecorded(path: string, document: Document): void {
  const file = join(root, recordPath(path));
  assert.ok(existsSync(file), `${path} has no record: ${STALE}`);
  const record = JSON.parse(readFileSync(file, "utf8")) as OracleRecord;
  assert.equal(record.blocks.length, document.blocks.length, `the record has other blocks: ${STALE}`);
  const problems = document.blocks.flatMap((block, index) => {
    const recorded = record.blocks[index];
    if (recorded?.hash !== hashOf(block)) return [`${path}:${block.line}: the record is stale: ${STALE}`];
    return judge(block, recorded).map((problem) => inFile(path, block.line, problem));
  });
  assert.deepEqual(problems, []);
}

describe("test/oracle", () => {
  it("has no record without its Markdown", () => {
    const expected = new Set(markdownFiles().map(recordPath));
    assert.deepEqual(
      recordFiles().filter((record) => !expected.has(record)),
      [],
    );
  });
});
