import type { Connection, InitializeParams } from "vscode-languageserver";
import { capabilitiesFor } from "./capabilities.ts";
import { type Client, clientOf } from "./client.ts";
import { Composition } from "./compose.ts";
import { syncDocuments } from "./documents.ts";
import { provideActions, resolveAction } from "./features/codeActions.ts";
import { provideLenses } from "./features/codeLens.ts";
import { executeCommand } from "./features/commands.ts";
import { compareAt, nothingToCompare } from "./features/compare.ts";
import { PulledDiagnostics } from "./features/diagnostics.ts";
import { exportModel } from "./features/export.ts";
import { runForward } from "./features/forward.ts";
import { showGraph } from "./features/graph.ts";
import { provideHover } from "./features/hover.ts";
import { provideHints, resolveHint } from "./features/inlayHints.ts";
import { explain, listModels, summarise } from "./features/models.ts";
import { fileModels } from "./features/modelTree.ts";
import { verify } from "./features/verify.ts";
import { faultText, guarded } from "./guard.ts";
import type { ServerHost } from "./host.ts";
import {
  type At,
  type CompareParams,
  type ExportParams,
  type ForwardParams,
  type GraphParams,
  REQUESTS,
  type SummaryParams,
  type VerifyParams,
} from "./messages.ts";
import { register, Watcher } from "./watch.ts";

/** Serves one client until it goes away. */
export function serve(connection: Connection, host: ServerHost): void {
  connection.onInitialize((params: InitializeParams) => {
    const client = clientOf(params);
    const parts = new Composition(connection, host, client, params);
    syncDocuments(connection, parts.session.open);
    answerFeatures(connection, client, parts);
    answerOwn(connection, parts);
    hearChanges(connection, client, parts);
    void parts.warmUp();
    return { capabilities: capabilitiesFor(client), serverInfo: { name: "inlayer", version: host.version } };
  });
  connection.listen();
}

/** What the protocol has a request for. */
function answerFeatures(connection: Connection, client: Client, { session }: Composition): void {
  const { log } = session;
  connection.onHover(guarded("hover", null, log, (it) => provideHover(session, it)));
  connection.languages.inlayHint.on(guarded("inlay hints", [], log, (it) => provideHints(session, it)));
  connection.onCodeAction(guarded("code actions", [], log, (it) => provideActions(session, it)));
  connection.onCodeLens(guarded("code lenses", [], log, (it) => provideLenses(session, it)));
  connection.onExecuteCommand(guarded("a command", null, log, (it, token) => executeCommand(session, it, token)));
  // What cannot be resolved stays as it is.
  connection.languages.inlayHint.resolve((item, token) =>
    guarded("a hint's tooltip", item, log, () => resolveHint(session, item))(item, token),
  );
  connection.onCodeActionResolve((item, token) =>
    guarded("a code action's edit", item, log, () => resolveAction(session, item))(item, token),
  );
  if (!client.pullDiagnostics) return;
  const pulled = new PulledDiagnostics(session);
  const nothing = { kind: "full" as const, items: [] };
  connection.languages.diagnostics.on(guarded("diagnostics", nothing, log, (it) => pulled.pull(it)));
}

/** What only Inlayer's own client asks. */
function answerOwn(connection: Connection, { session }: Composition): void {
  const { log } = session;
  type File = { readonly uri: string };
  connection.onRequest(
    REQUESTS.models,
    guarded("models", [], log, (it: File) => listModels(session, it)),
  );
  connection.onRequest(
    REQUESTS.fileModels,
    guarded("the models of a file", null, log, (it: File, token) => fileModels(session, it, token)),
  );
  connection.onRequest(
    REQUESTS.workspaceFiles,
    guarded("the files of the workspace", { naming: [], others: [] }, log, (_, token) =>
      session.workspaceFiles(() => !token.isCancellationRequested),
    ),
  );
  connection.onRequest(
    REQUESTS.summary,
    guarded("a summary", null, log, (it: SummaryParams) => summarise(session, it)),
  );
  connection.onRequest(
    REQUESTS.graph,
    guarded("an architecture", null, log, (it: GraphParams) => showGraph(session, it)),
  );
  const unexplained = { text: "Inlayer failed to find out; its output says how." };
  connection.onRequest(
    REQUESTS.why,
    guarded("why", unexplained, log, (it: At) => explain(session, it)),
  );
  const uncompared = nothingToCompare("The comparison failed; Inlayer's output says how.");
  connection.onRequest(
    REQUESTS.compare,
    guarded("a comparison", uncompared, log, (it: CompareParams, token) => compareAt(session, it, token)),
  );
  const untold = { title: "", lines: [], problem: "It failed; Inlayer's output says how." };
  connection.onRequest(
    REQUESTS.export,
    guarded("an export", untold, log, (it: ExportParams, token) => exportModel(session, it, token)),
  );
  connection.onRequest(
    REQUESTS.verify,
    guarded("a verification", untold, log, (it: VerifyParams, token) => verify(session, it, token)),
  );
  const failed = {
    title: "",
    rows: [],
    previews: [],
    input: "",
    time: 0,
    problem: "The run failed; Inlayer's output says how.",
  };
  connection.onRequest(
    REQUESTS.forward,
    guarded("a forward run", failed, log, (it: ForwardParams, token) => runForward(session, it, token)),
  );
}

/** What happens outside the open files: settings, folders, files on the disk. */
function hearChanges(connection: Connection, client: Client, parts: Composition): void {
  const { session, project, settings } = parts;
  const watcher = new Watcher({ ...parts, open: session.open, analyses: session.analyses });
  const guard = (name: string, work: Promise<void>) =>
    work.catch((error: unknown) => session.log(`${name} failed, please report this: ${faultText(error)}`));
  parts.closed = (path) => watcher.textChanged(path);
  connection.onInitialized(() => {
    void guard("the configuration", settings.pull());
    void guard("registering", register(connection, client));
    if (client.folders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        project.changeFolders(
          added.map(({ uri }) => uri),
          removed.map(({ uri }) => uri),
        );
        watcher.anything();
      });
    }
  });
  connection.onDidChangeConfiguration((it) => guard("the configuration", settings.changed(it.settings)));
  connection.onDidChangeWatchedFiles((it) => watcher.changed(it.changes));
  connection.onDidSaveTextDocument(() => {
    // A client that cannot watch tells at least of what it writes itself.
    if (!client.own && !client.registerWatchers) watcher.anything();
  });
  connection.onShutdown(() => parts.dispose());
}
