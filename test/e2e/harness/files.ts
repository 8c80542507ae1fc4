import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A folder of its own for one run. */
export interface Scratch {
  readonly path: string;
  remove(): void;
}

export function scratch(name: string): Scratch {
  const path = mkdtempSync(join(tmpdir(), `inlayer-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }) };
}

/** A copy of the workspace: the tests type into it. */
export function copyOfWorkspace(): Scratch {
  const copy = scratch("workspace");
  cpSync(join(root, "test/e2e/workspace"), copy.path, { recursive: true });
  return copy;
}

/** Where an editor has put the extension that it installed. */
export function installedExtension(state: string): string {
  const folder = join(state, "extensions");
  const name = readdirSync(folder).find((it) => it.startsWith("inlayer.inlayer"));
  if (name === undefined) throw new Error(`Inlayer is not installed in ${folder}`);
  return join(folder, name);
}
