import { type TextDocument, window, workspace } from "vscode";
import { COMMANDS, REQUESTS, type WhyResult } from "../../server/protocol/messages.ts";
import { mentionsKeras } from "../../server/workspace/relevance.ts";
import type { Command } from "./command.ts";
import { placeOf, sayThereIsNoFile } from "./place.ts";

/** What only the editor knows: that hints are off, or that the file is none of ours. */
function editorsReason(document: TextDocument): string | undefined {
  if (document.languageId !== "python") return `This is ${document.languageId}, not Python: Inlayer reads Python only.`;
  if (!workspace.getConfiguration("inlayer", document).get("hints.enabled", true))
    return "Inlayer's hints are turned off: “Inlayer: Toggle Hints” turns them on.";
  const shown = workspace.getConfiguration("editor", document).get("inlayHints.enabled");
  if (shown === "off") return "The editor shows no inlay hints: its setting `editor.inlayHints.enabled` is `off`.";
  if (shown === "offUnlessPressed")
    return "The editor shows inlay hints only while Ctrl+Alt is held: its setting is `offUnlessPressed`.";
  return undefined;
}

export const why: Command = {
  id: "inlayer.why",
  serverId: COMMANDS.why,
  async run({ server, log }, uri) {
    const place = placeOf(uri);
    if (place === undefined) return sayThereIsNoFile();
    const document = await workspace.openTextDocument(place.uri);
    let reason = editorsReason(document);
    if (reason === undefined && !server.wanted && !mentionsKeras(document.getText()))
      reason = "Neither this file nor what it imports mentions Keras or TensorFlow, so Inlayer does not read it.";
    if (reason === undefined) {
      const position = place.position ?? { line: 0, character: 0 };
      const at = { uri: place.uri.toString(), position: { line: position.line, character: position.character } };
      reason = (await server.request<WhyResult>(REQUESTS.why, at)).text;
    }
    log.info(reason);
    const show = "Show Output";
    void window.showInformationMessage(reason, show).then((chosen) => chosen === show && log.show());
  },
};
