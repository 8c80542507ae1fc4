import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recordPath } from "./record.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const FOLDERS = ["test/shapes", "test/rules", "docs/rules", "docs/layers"];

/** Every executable Markdown file, relative to the root, with forward slashes, in a stable order. */
export function markdownFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) => list(folder, ".md").filter((path) => !path.endsWith("/README.md")));
}

/** Every record of such a file, likewise; test/oracle holds other recordings beside them. */
export function recordFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) => list(recordPath(folder), ".json"));
}

function list(folder: string, extension: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(extension))
    .sort();
}
