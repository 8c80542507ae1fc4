import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import type { Client } from "./client.ts";
import { FIX_ALL } from "./features/codeActions.ts";
import { COMMAND_NAMES } from "./features/commands.ts";

/** What the server offers to a client that can do this much. */
export function capabilitiesFor(client: Client): ServerCapabilities {
  const kinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL];
  // Without literals an action is a command, which is of no use where nothing can be edited.
  const acts = client.actionLiterals || client.applyEdit;
  return {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: client.resolveTooltip },
    codeLensProvider: { resolveProvider: false },
    executeCommandProvider: { commands: [...COMMAND_NAMES] },
    ...(acts
      ? {
          codeActionProvider: client.actionLiterals
            ? { codeActionKinds: kinds, resolveProvider: client.resolveEdit }
            : true,
        }
      : {}),
    ...(client.pullDiagnostics
      ? {
          diagnosticProvider: { identifier: "inlayer", interFileDependencies: true, workspaceDiagnostics: false },
        }
      : {}),
    ...(client.notebooks
      ? { notebookDocumentSync: { notebookSelector: [{ notebook: "*", cells: [{ language: "python" }] }] } }
      : {}),
    ...(client.folders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
  };
}
