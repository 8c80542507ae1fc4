// npm run docs: writes docs/status.md and docs/layers from the declarations and the recordings.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pages } from "./pages.ts";

for (const [path, text] of pages()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${path}: ${text.split("\n").length.toLocaleString("en")} lines`);
}
