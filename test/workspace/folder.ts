import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

/** A folder with these files, for as long as the test runs. A name that ends in `/` is an empty folder. */
export function folder(test: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "inlayer-")));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    mkdirSync(name.endsWith("/") ? file : dirname(file), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(file, content);
  }
  return path;
}
