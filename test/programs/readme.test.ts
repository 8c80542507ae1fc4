import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { inlayer } from "../cli/stub.ts";
import { testCore } from "./told.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const block = (language: string): string => {
  const [, text = ""] = new RegExp(`\`\`\`${language}\n([^]*?\n)\`\`\``).exec(readme) ?? [];
  return text;
};

it("README.md shows what the command line prints", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inlayer-"));
  try {
    writeFileSync(join(folder, "digits.py"), block("py"));
    const { out } = await inlayer(folder, await testCore(), ["check", "digits.py"], {
      environment: { NO_COLOR: "1" },
      terminal: { present: true, columns: 100 },
    });
    assert.equal(block("text").trimEnd(), out.trimEnd());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
