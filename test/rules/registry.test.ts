import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { KERAS_RULES } from "../../core/frameworks/keras/rules/catalogue.ts";
import { LANGUAGE_RULES } from "../../core/rules/registry.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const RULES = [...LANGUAGE_RULES, ...KERAS_RULES];

function* sources(directory: string): Generator<string> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (path.endsWith(".ts") && !path.includes("generated")) yield path;
  }
}

test("every code that is reported is registered, once", () => {
  const known = new Set(RULES.map((it) => it.code));
  assert.equal(known.size, RULES.length);
  for (const path of sources(join(root, "core"))) {
    for (const [, code = ""] of readFileSync(path, "utf8").matchAll(/\bcode: "([a-z-]+)"/g)) {
      assert.ok(known.has(code), `${path}: ${code} is not in the registry`);
    }
  }
});

test("every rule has its page, and no page is without its rule", () => {
  for (const { code } of RULES) assert.ok(existsSync(join(root, "docs/rules", `${code}.md`)), `docs/rules/${code}.md`);
  const pages = readdirSync(join(root, "docs/rules")).map((name) => name.replace(/\.md$/, ""));
  assert.deepEqual(
    pages.filter((page) => page !== "README" && !RULES.some((it) => it.code === page)),
    [],
  );
});
