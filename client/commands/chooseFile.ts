import { type QuickPickItem, type Uri, window, workspace } from "vscode";

const MOST = 200;

interface Asked {
  readonly title: string;
  readonly endings: readonly string[];
  /** What files of these endings are called. */
  readonly kind: string;
  /** What may be chosen instead of a file. */
  readonly instead?: QuickPickItem | undefined;
}

/** A file of the workspace, or any other, by its URI. Undefined where none was chosen. */
export async function chooseFile({
  title,
  endings,
  kind,
  instead,
}: Asked): Promise<{ readonly file: string | undefined } | undefined> {
  const found = await workspace.findFiles(`**/*.{${endings.join(",")}}`, "**/{node_modules,.venv,venv}/**", MOST);
  const items = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const browse = { label: "Browse…" };
  const all: (QuickPickItem & { readonly uri?: Uri })[] = [...(instead ? [instead] : []), ...items, browse];
  const chosen = await window.showQuickPick(all, { title });
  if (chosen !== undefined && chosen === instead) return { file: undefined };
  const [other] =
    (chosen === browse ? await window.showOpenDialog({ filters: { [kind]: [...endings] }, title }) : []) ?? [];
  const file = chosen?.uri ?? other;
  return file && { file: file.toString() };
}
