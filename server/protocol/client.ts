import { CodeActionKind, type InitializeParams, MarkupKind } from "vscode-languageserver";
import type { InitializationOptions } from "./messages.ts";

/** What the client can do, as far as an answer depends on it. */
export interface Client {
  /** Inlayer's own: see CLIENT_COMMANDS and CLIENT_REQUESTS. */
  readonly own: boolean;
  readonly rulePages: string | undefined;
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshHints: boolean;
  readonly refreshLenses: boolean;
  readonly configuration: boolean;
  readonly registerConfiguration: boolean;
  readonly registerWatchers: boolean;
  readonly folders: boolean;
  readonly markdownHover: boolean;
  readonly resolveTooltip: boolean;
  /** Hints of pieces, whose links are asked for when they are pointed at. */
  readonly resolveLinks: boolean;
  readonly resolveTextEdits: boolean;
  readonly actionLiterals: boolean;
  readonly resolveEdit: boolean;
  readonly preferred: boolean;
  readonly codeDescription: boolean;
  readonly related: boolean;
  readonly tags: boolean;
  readonly applyEdit: boolean;
  readonly documentChanges: boolean;
  readonly notebooks: boolean;
}

const isObject = (it: unknown): it is object => typeof it === "object" && it !== null;

/** Anything may stand there. */
export const optionsOf = ({ initializationOptions }: InitializeParams): InitializationOptions & object =>
  isObject(initializationOptions) ? initializationOptions : {};

export function clientOf(params: InitializeParams): Client {
  const { workspace, textDocument, notebookDocument } = params.capabilities;
  const options = optionsOf(params);
  const action = textDocument?.codeAction;
  const diagnostics = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const resolved = (property: string) =>
    textDocument?.inlayHint?.resolveSupport?.properties.includes(property) ?? false;
  return {
    own: options.client === "inlayer",
    rulePages: typeof options.rulePages === "string" ? options.rulePages : undefined,
    pullDiagnostics: pulled !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshHints: workspace?.inlayHint?.refreshSupport === true,
    refreshLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registerWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    resolveTooltip: resolved("tooltip"),
    resolveLinks: resolved("label.location") && resolved("label.command"),
    resolveTextEdits: resolved("textEdits"),
    actionLiterals:
      action?.codeActionLiteralSupport?.codeActionKind.valueSet.includes(CodeActionKind.QuickFix) ?? false,
    resolveEdit: action?.dataSupport === true && (action.resolveSupport?.properties.includes("edit") ?? false),
    preferred: action?.isPreferredSupport === true,
    codeDescription: (diagnostics?.codeDescriptionSupport ?? pulled?.codeDescriptionSupport) === true,
    related: (diagnostics?.relatedInformation ?? pulled?.relatedInformation) === true,
    tags: (diagnostics?.tagSupport ?? pulled?.tagSupport) !== undefined,
    applyEdit: workspace?.applyEdit === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    notebooks: notebookDocument !== undefined,
  };
}
