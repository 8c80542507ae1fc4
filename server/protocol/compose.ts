import { type Connection, type InitializeParams, MessageType, ShowMessageNotification } from "vscode-languageserver";
import type { Core, Settings } from "../../core/index.ts";
import type { Engine } from "../features/forward.ts";
import { Analyses, type AnalysesHost } from "../workspace/analyses.ts";
import { ClosedFiles } from "../workspace/closedFiles.ts";
import type { Place } from "../workspace/environment.ts";
import { OpenFiles } from "../workspace/openFiles.ts";
import { ProjectFiles } from "../workspace/projectFiles.ts";
import { projectSettings } from "../workspace/projectTables.ts";
import { Relevance } from "../workspace/relevance.ts";
import { schemeOf, uriPaths } from "../workspace/uris.ts";
import { workspaceFiles } from "../workspace/workspaceFiles.ts";
import { type Client, optionsOf } from "./client.ts";
import { clientFiles, noFiles } from "./clientFiles.ts";
import { settingsOf } from "./configuration.ts";
import { isPushed, PushedDiagnostics } from "./features/diagnostics.ts";
import { tellAnalysed } from "./features/modelTree.ts";
import { faultText } from "./guard.ts";
import type { ServerHost } from "./host.ts";
import { Refresh } from "./refresh.ts";
import { Results } from "./results.ts";
import type { Session } from "./session.ts";
import { ClientSettings } from "./settings.ts";

/** The server, put together: the one place where everything that it is made of is made. */
export class Composition {
  readonly session: Session;
  readonly project: ProjectFiles;
  readonly relevance: Relevance;
  readonly settings: ClientSettings;
  /** Told of a file that is not open any more. */
  closed: (path: string) => void = () => {};
  private readonly host: ServerHost;
  private readonly loading: Once<Core>;
  private readonly engine: Once<Engine & { dispose(): void }> | undefined;
  private readonly refresh: Refresh;
  private readonly files: Place;
  private readonly open: OpenFiles;
  private readonly analyses: Analyses;
  private readonly pushed: PushedDiagnostics;
  private readonly complaints = new Set<string>();

  constructor(connection: Connection, host: ServerHost, client: Client, params: InitializeParams) {
    const createEngine = host.createEngine?.bind(host);
    this.host = host;
    this.loading = once(() => host.createCore(connection));
    this.engine = createEngine && once(() => createEngine(connection));
    this.refresh = new Refresh(connection, client);
    this.open = new OpenFiles((path) => this.textChanged(path));
    this.files = filesFor(connection, host, client);
    this.project = new ProjectFiles(this.files, this.open);
    this.project.changeFolders(foldersOf(params), []);
    this.relevance = new Relevance((from, name) => this.project.resolve(from, { kind: "module", from, name }, false));
    this.settings = new ClientSettings(connection, client, optionsOf(params), () => this.settingsChanged());
    this.project.useInterpreter(this.settings.configuration.python);
    this.analyses = new Analyses(this.open, this.forAnalyses());
    this.session = this.sessionFor(connection, client);
    this.pushed = new PushedDiagnostics(this.session);
  }

  /** What an analysis takes is made ready while the client has its say; Inlayer's own starts no server in vain. */
  async warmUp(): Promise<void> {
    if (!this.session.client.own) return;
    // Not before the answer to `initialize`: the host may have to ask the client for what it needs.
    await this.host.breathe();
    // What goes wrong is said when it is needed, and tried again.
    await this.loading.get().catch(() => {});
  }
  dispose(): void {
    this.refresh.dispose();
    this.analyses.dispose();
    this.engine?.present?.dispose();
  }

  private forAnalyses(): AnalysesHost {
    const { host, project, loading, settings, refresh } = this;
    return {
      core: loading.get,
      resolve: (file, missing) => project.resolve(file, missing),
      concerns: async (file) => {
        await settings.ready;
        return this.relevance.concerns(file);
      },
      settings: (path) => this.settingsFor(path),
      breathe: () => host.breathe(),
      delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now: () => performance.now(),
      renewed: (path) => {
        refresh.request();
        if (isPushed(this.session, path)) void this.analyses.of(path);
      },
      analysed: (analysed) => {
        this.pushed.publish(analysed);
        tellAnalysed(this.session, analysed);
      },
      failed: (path, error) =>
        this.session.log(`the analysis of ${path} failed, please report this: ${faultText(error)}`),
      forget: (path) => loading.present?.forget(path),
    };
  }
  private closedFiles(): ClosedFiles {
    const { core, resolve, settings, breathe, delay, now } = this.forAnalyses();
    return new ClosedFiles({
      ...{ core, resolve, settings, breathe, delay, now },
      concerns: (file) => this.relevance.concerns(file),
      read: (path) => this.project.read(path),
      isOpen: (path) => this.open.file(path) !== undefined,
      isBusy: () => this.analyses.isBusy,
    });
  }
  /** What a project says goes over what an editor says: so the editor tells what a check tells. */
  private async settingsFor(path: string): Promise<Settings> {
    const looking = this.project.tableOf(path);
    const found = await within(PATIENCE, looking);
    // Where files are slow to read, the first hints do not wait for them.
    if (found === LATE) {
      void looking.then((it) => it && this.analyses.settingsChanged());
      return settingsOf(this.settings.configuration);
    }
    for (const problem of found?.problems ?? []) this.complain(`${found?.file}: ${problem}`);
    return projectSettings(settingsOf(this.settings.configuration), found, path);
  }
  /** Once each. */
  private complain(problem: string): void {
    if (this.complaints.has(problem)) return;
    this.complaints.add(problem);
    void this.session.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Warning,
      message: `Inlayer: ${problem}`,
    });
  }
  private sessionFor(connection: Connection, client: Client): Session {
    const { host, open, analyses, engine, settings, loading, files } = this;
    return {
      ...{ connection, client, open, analyses },
      closedFiles: this.closedFiles(),
      workspaceFiles: (isWanted) => workspaceFiles(files, this.project, isWanted),
      log: (message) => connection.console.error(message),
      rulePages: client.rulePages ?? host.rulePages,
      bytes: (uri) => files.read(uri),
      engine: engine?.get,
      results: new Results(),
      refresh: () => this.refresh.request(),
      configuration: () => settings.configuration,
      core: () => loading.present,
      card: (path, offset) => loading.present?.card(path, offset),
      host,
      definition: (path, span) => loading.present?.definition(path, span),
      lower: (path, model, options) => loading.present?.lower(path, model, options),
      draw: (path, model) => loading.present?.draw(path, model),
      setInputShape: (path, model, shapes) =>
        loading.present?.setInputShape(path, model, shapes) ?? { problem: "the file is not read yet" },
    };
  }
  private settingsChanged(): void {
    if (this.project.useInterpreter(this.settings.configuration.python)) this.analyses.modulesChanged();
    this.analyses.settingsChanged();
  }
  private textChanged(path: string): void {
    const file = this.open.file(path);
    this.relevance.changed(path);
    this.analyses.changed(path);
    if (file !== undefined) this.analyses.moduleChanged(path, file);
    else {
      this.relevance.forget(path);
      this.pushed.closed(path);
      this.closed(path);
    }
  }
}

/** How long a project's settings are waited for, in milliseconds. */
const PATIENCE = 100;
const LATE = "late";
function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | typeof LATE> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, LATE);
    void promise.then(resolve).finally(() => clearTimeout(timer));
  });
}

interface Once<T> {
  readonly present: T | undefined;
  readonly get: () => Promise<T>;
}
/** Made when it is first wanted, and again if that failed. */
function once<T>(create: () => Promise<T>): Once<T> {
  let creating: Promise<T> | undefined;
  let present: T | undefined;
  return {
    get present() {
      return present;
    },
    get: async () => {
      creating ??= create();
      try {
        present = await creating;
        return present;
      } catch (error) {
        creating = undefined;
        throw error;
      }
    },
  };
}

/** What the host reads itself, and for all else the client's help if it is Inlayer's own. */
function filesFor(connection: Connection, host: ServerHost, client: Client): Place {
  const own: Place = host.files ?? noFiles;
  const others: Place = client.own ? clientFiles(connection) : noFiles;
  const of = (uri: string): Place => (host.schemes.includes(schemeOf(uri)) ? own : others);
  return {
    ...uriPaths,
    read: (uri) => of(uri).read(uri),
    kind: (uri) => of(uri).kind(uri),
    list: async (uri) => (await of(uri).list?.(uri)) ?? [],
    size: async (uri) => (await of(uri).size?.(uri)) ?? 0,
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}
