import { commands, env, type InlayHint, languages, Range, type TextDocument, version, window, workspace } from "vscode";
import type { Command } from "./command.ts";
import { placeOf, sayThereIsNoFile } from "./place.ts";

const labelOf = ({ label }: InlayHint): string =>
  (typeof label === "string" ? label : label.map(({ value }) => value).join("")).trim();

/** What Inlayer says of the lines: its hints and its diagnostics. */
async function claims(document: TextDocument, lines: Range): Promise<readonly string[]> {
  const hints = await commands.executeCommand<readonly InlayHint[] | undefined>(
    "vscode.executeInlayHintProvider",
    document.uri,
    lines,
  );
  const said = languages
    .getDiagnostics(document.uri)
    .filter(({ source, range }) => source === "inlayer" && range.intersection(lines) !== undefined);
  return [
    ...(hints ?? []).map((hint) => `- line ${hint.position.line + 1}: \`${labelOf(hint)}\``),
    ...said.map(({ range, message }) => `- line ${range.start.line + 1}: ${message}`),
  ];
}

/** Copies what is needed to find out: versions, the text and the claim. Nothing is sent anywhere. */
export const reportWrongHint: Command = {
  id: "inlayer.reportWrongHint",
  async run({ context }, uri) {
    const place = placeOf(uri);
    if (place === undefined) return sayThereIsNoFile();
    const document = await workspace.openTextDocument(place.uri);
    const selection = window.activeTextEditor?.selection;
    const line = place.position?.line ?? 0;
    const chosen = selection && !selection.isEmpty ? selection : document.lineAt(line).range;
    const lines = new Range(chosen.start.line, 0, chosen.end.line, document.lineAt(chosen.end.line).text.length);
    const said = await claims(document, lines);
    const { version: own } = context.extension.packageJSON as { version: string };
    const report = [
      "### What Inlayer says",
      ...(said.length > 0 ? said : [`- nothing, at line ${line + 1}`]),
      "\n### What it should say\n\n\n### The program\n",
      "```python",
      document.getText().trimEnd(),
      "```",
      `\nInlayer ${own}, ${env.appName} ${version}, ${env.uiKind === 1 ? "desktop" : "web"}`,
    ].join("\n");
    await env.clipboard.writeText(report);
    const open = "Open It";
    const message = "The report is in the clipboard: versions, this file and what Inlayer says of the line.";
    if ((await window.showInformationMessage(message, open)) === open)
      await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content: report }));
  },
};
