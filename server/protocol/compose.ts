import type { Connection, InitializeParams } from "vscode-languageserver";
import { Analyses } from "../workspace/analyses.ts";
import type { Files } from "../workspace/fileSystem.ts";
import { OpenFiles } from "../workspace/openFiles.ts";
import { ProjectFiles } from "../workspace/projectFiles.ts";
import { Relevance } from "../workspace/relevance.ts";
import { schemeOf, uriPaths } from "../workspace/uris.ts";
import { type Client, optionsOf } from "./client.ts";
import { clientFiles, noFiles } from "./clientFiles.ts";
import { settingsOf } from "./configuration.ts";
import { isPushed, PushedDiagnostics } from "./features/diagnostics.ts";
import { faultText, type Log } from "./guard.ts";
import type { ServerHost } from "./host.ts";
import { Refresh } from "./refresh.ts";
import type { Session } from "./session.ts";
import { ClientSettings } from "./settings.ts";

/** The server, put together. */
export interface Parts {
  readonly session: Session;
  readonly project: ProjectFiles;
  readonly relevance: Relevance;
  readonly settings: ClientSettings;
  /** Told of a file that is not open any more. */
  closed: (path: string) => void;
  dispose(): void;
}

/** The one place where everything that the server is made of is made. */
export function compose(connection: Connection, host: ServerHost, client: Client, params: InitializeParams): Parts {
  const log: Log = (message) => connection.console.error(message);
  const loading = onceCreated(() => host.createCore(connection));
  const createEngine = host.createEngine?.bind(host);
  const engine = createEngine && onceCreated(() => createEngine(connection));
  const refresh = new Refresh(connection, client);
  const open = new OpenFiles((path) => textChanged(path));
  const project = new ProjectFiles(filesFor(connection, host, client), open);
  project.changeFolders(foldersOf(params), []);
  const relevance = new Relevance((from, name) => project.resolve(from, { kind: "module", from, name }));
  const settings = new ClientSettings(connection, client, optionsOf(params), () => analyses.settingsChanged());
  const analyses: Analyses = new Analyses(open, {
    core: loading.get,
    resolve: (file, missing) => project.resolve(file, missing),
    concerns: async (file) => {
      await settings.ready;
      return relevance.concerns(file);
    },
    settings: () => settingsOf(settings.configuration),
    breathe: () => host.breathe(),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
    renewed: (path) => {
      refresh.request();
      if (isPushed(session, path)) void analyses.of(path);
    },
    analysed: (analysed) => pushed.publish(analysed),
    failed: (path, error) => log(`the analysis of ${path} failed, please report this: ${faultText(error)}`),
    forget: (path) => loading.present?.forget(path),
  });
  const session: Session = {
    ...{ connection, client, open, analyses, log },
    rulePages: client.rulePages ?? host.rulePages,
    engine: engine?.get,
    configuration: () => settings.configuration,
    card: (path, offset) => loading.present?.card(path, offset),
    lower: (path, model, batch) => loading.present?.lower(path, model, { batch }),
    setInputShape: (path, model, shapes) =>
      loading.present?.setInputShape(path, model, shapes) ?? { problem: "the file is not read yet" },
  };
  const pushed = new PushedDiagnostics(session);
  const textChanged = (path: string) => {
    const file = open.file(path);
    relevance.changed(path);
    analyses.changed(path);
    if (file !== undefined) analyses.moduleChanged(path, file);
    else {
      relevance.forget(path);
      pushed.closed(path);
      parts.closed(path);
    }
  };
  const dispose = () => {
    refresh.dispose();
    engine?.present?.dispose();
  };
  const parts: Parts = { session, project, relevance, settings, closed: () => {}, dispose };
  return parts;
}

/** Made when it is first wanted, and again if that failed. */
function onceCreated<T>(create: () => Promise<T>) {
  let creating: Promise<T> | undefined;
  const once = {
    present: undefined as T | undefined,
    async get(): Promise<T> {
      creating ??= create();
      try {
        once.present = await creating;
        return once.present;
      } catch (error) {
        creating = undefined;
        throw error;
      }
    },
  };
  return once;
}

/** What the host reads itself, and for all else the client's help if it is Inlayer's own. */
function filesFor(connection: Connection, host: ServerHost, client: Client): Files {
  const own = host.files ?? noFiles;
  const others = client.own ? clientFiles(connection) : noFiles;
  const of = (uri: string) => (host.schemes.includes(schemeOf(uri)) ? own : others);
  return { ...uriPaths, read: (uri) => of(uri).read(uri), kind: (uri) => of(uri).kind(uri) };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}
