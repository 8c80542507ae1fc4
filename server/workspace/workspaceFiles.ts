import type { Document, Problem } from "./document.ts";
import type { Place } from "./environment.ts";
import { mentionsKeras } from "./relevance.ts";
import { walk } from "./walk.ts";

/** Files of a workspace that are looked at. */
const MOST = 2000;

/** What reads the texts of a workspace, and which folders that is. */
interface Workspace {
  readonly roots: readonly string[];
  read(path: string): Promise<Document | Problem>;
}

/** The Python files of a workspace: those that name Keras, and where one does, the rest. */
export async function workspaceFiles(
  files: Place,
  workspace: Workspace,
  isWanted: () => boolean,
): Promise<{ readonly naming: readonly string[]; readonly others: readonly string[] }> {
  const naming = new Set<string>();
  const others = new Set<string>();
  for (const root of workspace.roots) {
    const paths = files.list === undefined ? [] : walk({ ...files, list: files.list }, root);
    try {
      for await (const path of paths) {
        if (!isWanted() || naming.size + others.size >= MOST) break;
        const document = await workspace.read(path);
        if ("problem" in document) continue;
        (mentionsKeras(document.text) ? naming : others).add(path);
      }
    } catch {
      // A folder that cannot be read has no files; the others of the workspace may.
    }
  }
  return { naming: [...naming], others: naming.size === 0 ? [] : [...others] };
}
