import { type ExtensionContext, type TextDocument, type TextDocumentChangeEvent, window, workspace } from "vscode";
import { mentionsKeras } from "../server/workspace/relevance.ts";
import { createCommands } from "./commands/index.ts";
import { leadsToKeras } from "./imports.ts";
import { type Launch, Server } from "./server.ts";
import { ComparePanel } from "./views/comparePanel.ts";
import { ForwardPanel } from "./views/forwardPanel.ts";
import { GraphPanel } from "./views/graphPanel.ts";
import { LiveSummaries } from "./views/liveSummaries.ts";
import { ModelStatus } from "./views/modelStatus.ts";
import { ModelStore } from "./views/models/store.ts";
import { ModelsView } from "./views/models/view.ts";
import { SummaryDocuments } from "./views/summaryDocument.ts";

export type Activation = ExtensionContext;

/** What other extensions see of this one. */
export interface Inlayer {
  readonly isServerStarted: boolean;
}

const isPython = ({ languageId }: TextDocument): boolean => languageId === "python";

/** The part of a change that may have made a text concern us: the lines that it touched. */
function touched({ document, contentChanges }: TextDocumentChangeEvent): string {
  return contentChanges
    .map(({ range, text }) => `${document.lineAt(Math.min(range.start.line, document.lineCount - 1)).text}\n${text}`)
    .join("\n");
}

/**
 * What both entries share. It only looks at what is open: the server starts once a Python text mentions Keras, or
 * imports a file of the workspace that does.
 */
export function activateWith(context: ExtensionContext, launch: Launch): Inlayer {
  const log = window.createOutputChannel("Inlayer", { log: true });
  const server = new Server(context, log, launch);
  const panel = new ForwardPanel(context.extensionUri, server);
  const compare = new ComparePanel(context.extensionUri);
  const graph = new GraphPanel(context.extensionUri, server);
  const summaries = new SummaryDocuments();
  const liveSummaries = new LiveSummaries(summaries, server);
  const store = new ModelStore(server);
  const models = new ModelsView(store);
  const status = new ModelStatus(store);
  const app = { context, log, server, panel, compare, graph, summaries, liveSummaries, models, status };
  const registered = createCommands(app);
  server.intercept = registered.intercept;

  const wake = (document: TextDocument, text: () => string) => {
    if (server.wanted || !isPython(document)) return;
    const present = text();
    if (mentionsKeras(present)) void server.ready();
    else if (/\bimport\b/.test(present)) void follow(document);
  };
  const follow = async (document: TextDocument) => {
    if ((await leadsToKeras(document)) && !server.wanted) void server.ready();
  };
  const whole = (document: TextDocument) => wake(document, () => document.getText());
  context.subscriptions.push(
    log,
    server,
    panel,
    compare,
    graph,
    summaries,
    liveSummaries,
    store,
    models,
    status,
    ...registered.disposables,
    workspace.onDidOpenTextDocument(whole),
    workspace.onDidChangeTextDocument((event) => wake(event.document, () => touched(event))),
  );
  workspace.textDocuments.forEach(whole);
  if (!server.wanted) log.info("Nothing that is open mentions Keras or TensorFlow: the server is not started yet.");
  return {
    get isServerStarted() {
      return server.wanted;
    },
  };
}
