import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { printSummary } from "../../../../core/graph/summary.ts";
import type { Core, ModelReport } from "../../../../core/index.ts";
import { analyse, openCore } from "../../../core/open.ts";

/** The tables that the real Keras printed: npm run oracle -- --summaries records them. */
interface Recorded {
  /** By program, and in it by the model's name and the way in which it was printed. */
  readonly programs: Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;
}
const read = (path: string | URL) => readFileSync(new URL(path, import.meta.url), "utf8");
const { programs } = JSON.parse(read("../../../oracle/summaries.json")) as Recorded;

const EXAMPLES = new URL("../../../../examples/", import.meta.url);
const IMPORTS = "import keras\nfrom keras import layers\n";

function* texts(): Generator<readonly [name: string, text: string]> {
  for (const block of read("programs.txt").replace(/^# /, "").split("\n\n# ")) {
    const end = block.indexOf("\n");
    yield [block.slice(0, end), IMPORTS + block.slice(end + 1)];
  }
  for (const file of readdirSync(EXAMPLES).filter((it) => it.endsWith(".py")))
    yield [file.replace(/\.py$/, ""), read(new URL(file, EXAMPLES))];
}

const WAYS = { plain: {}, whole: { expandNested: true, showTrainable: true } };

/** Of a long table each line is the first digits of its hash: that tells which line differs. */
function held(model: ModelReport, way: keyof typeof WAYS, expected: readonly string[] | string): void {
  const lines = printSummary(model, { lineLength: 100, ...WAYS[way] })
    .trimEnd()
    .split("\n");
  if (typeof expected !== "string") {
    assert.deepEqual(lines, expected);
    return;
  }
  const digits = expected.split(" ");
  const digest = (line: string) => createHash("sha256").update(line).digest("hex").slice(0, 4);
  const wrong = lines.findIndex((line, i) => digest(line) !== digits[i]);
  assert.equal(wrong, -1, `line ${wrong + 1} is ${lines[wrong]}`);
  assert.equal(lines.length, digits.length);
}

describe("a summary is what Keras prints, line for line", () => {
  let core: Core;
  before(async () => {
    core = await openCore();
  });

  for (const [name, text] of texts())
    it(name, () => {
      const tables = programs[name];
      if (tables === undefined)
        return assert.equal(name, "06_out_of_memory", "record it: npm run oracle -- --summaries");
      const { models } = analyse(core, text);
      for (const [key, expected] of Object.entries(tables)) {
        const [, variable = "", way = ""] = /^(.*) (plain|whole)$/.exec(key) ?? [];
        const model = models.find((it) => it.name === variable);
        assert.ok(model !== undefined, `${variable} is not found`);
        held(model, way as keyof typeof WAYS, expected);
      }
    });
});
