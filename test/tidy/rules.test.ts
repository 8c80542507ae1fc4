import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { KERAS_RULES } from "../../core/frameworks/keras/rules/catalogue.ts";
import { LANGUAGE_RULES } from "../../core/rules/registry.ts";
import { files } from "./files.ts";

const rules = [...LANGUAGE_RULES, ...KERAS_RULES];
const pages = files.filter(({ path }) => path.startsWith("docs/rules/") && path.endsWith(".md"));
const named = (code: string): string => `docs/rules/${code}.md`;

describe("rules", () => {
  it("have a page each, and each page a rule", () => {
    assert.deepEqual(rules.map(({ code }) => named(code)).sort(), pages.map(({ path }) => path).sort());
  });
  it("have pages that begin with the code and claim it in a block", () => {
    const wrong = pages.filter(({ path, text }) => {
      const code = path.slice("docs/rules/".length, -".md".length);
      return !text.startsWith(`# ${code}\n`) || !text.includes(`: [${code}]`);
    });
    assert.deepEqual(
      wrong.map(({ path }) => path),
      [],
    );
  });
  it("are the codes that core reports", () => {
    const known = new Set(rules.map(({ code }) => code));
    const reported = files
      .filter(({ path }) => path.startsWith("core/") && path.endsWith(".ts") && !path.includes("/generated/"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\bcode: "([a-z]+(?:-[a-z]+)+)"/g)].map(([, code = ""]) => ({ path, code })),
      );
    assert.deepEqual(
      reported.filter(({ code }) => !known.has(code)),
      [],
    );
  });
});
