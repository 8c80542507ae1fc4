import type { LogOutputChannel } from "vscode";
import {
  type CancellationToken,
  commands,
  type Disposable,
  type ExtensionContext,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import {
  CLIENT_COMMANDS,
  CLIENT_REQUESTS,
  type Configuration,
  type ForwardRow,
  type InitializationOptions,
  NOTIFICATIONS,
} from "../server/protocol/messages.ts";
import { type Read, readKind, readList, type Sent } from "./files.ts";

export interface Launch {
  start(options: LanguageClientOptions): Promise<BaseLanguageClient>;
  readonly read: Read;
}
/** Runs a command of the server in the editor's own way; undefined where it has none. */
export type Intercept = (command: string, args: readonly unknown[]) => Thenable<unknown> | undefined;

type RowListener = (run: string, row: ForwardRow) => void;

/** The language server's life: it is started when it is first wanted, and said why when it is not there. */
export class Server implements Disposable {
  intercept: Intercept = () => undefined;
  onRow: RowListener = () => {};
  /** Told of a document that was analysed. */
  onAnalysed: (uri: string) => void = () => {};
  private readonly context: ExtensionContext;
  private readonly log: LogOutputChannel;
  private readonly launch: Launch;
  private starting: Promise<BaseLanguageClient> | undefined;

  constructor(context: ExtensionContext, log: LogOutputChannel, launch: Launch) {
    this.context = context;
    this.log = log;
    this.launch = launch;
  }

  /** Whether anything has asked for it. */
  get wanted(): boolean {
    return this.starting !== undefined;
  }

  /** The running client. Rejects where the server does not start; why has been said by then. */
  ready(): Promise<BaseLanguageClient> {
    this.starting ??= this.start();
    // Who does not wait for it has been told by the message.
    this.starting.catch(() => {});
    return this.starting;
  }

  async request<Result>(method: string, params: unknown, token?: CancellationToken): Promise<Result> {
    const client = await this.ready();
    return token ? client.sendRequest<Result>(method, params, token) : client.sendRequest<Result>(method, params);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.ready();
  }

  async stop(): Promise<void> {
    const previous = this.starting;
    this.starting = undefined;
    void commands.executeCommand("setContext", "inlayer.running", false);
    const client = await previous?.catch(() => undefined);
    // A server that is already dead cannot be stopped, and that is what was wanted.
    await client?.dispose().catch(() => {});
  }

  dispose(): Thenable<void> {
    return this.stop();
  }

  private async start(): Promise<BaseLanguageClient> {
    const began = Date.now();
    try {
      const client = await this.launch.start(this.options());
      this.answerFor(client);
      await client.start();
      this.log.info(`The server is ready (${Date.now() - began} ms).`);
      void commands.executeCommand("setContext", "inlayer.running", true);
      return client;
    } catch (error) {
      this.log.error(`The server does not start: ${error instanceof Error ? error.message : String(error)}`);
      this.log.error("Run “Inlayer: Restart Server”; if that does not help, reload the window.");
      void this.offerRestart("Inlayer's server does not start.");
      throw error;
    }
  }

  private async offerRestart(message: string): Promise<void> {
    const again = "Restart";
    const show = "Show Output";
    const chosen = await window.showErrorMessage(message, again, show);
    if (chosen === again) await this.restart();
    if (chosen === show) this.log.show();
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [{ language: "python" }],
      outputChannel: this.log,
      initializationOptions: () => this.initialization(),
      synchronize: {
        configurationSection: "inlayer",
        fileEvents: workspace.createFileSystemWatcher("{**/*.py,**/pyproject.toml}"),
      },
      markdown: { supportHtml: false, isTrusted: { enabledCommands: Object.values(CLIENT_COMMANDS) } },
      middleware: {
        executeCommand: (command, args, next) => this.intercept(command, args) ?? next(command, args),
      },
    };
  }

  private initialization(): InitializationOptions {
    // What VS Code gives is a proxy, which cannot be sent to a worker.
    const set = workspace.getConfiguration().get<Configuration>("inlayer");
    const inlayer = set && (JSON.parse(JSON.stringify(set)) as Configuration);
    const rulePages = `${Uri.joinPath(this.context.extensionUri, "docs", "rules")}/`;
    return { client: "inlayer", rulePages, ...(inlayer && { inlayer }) };
  }

  /** What the server may ask of the editor. */
  private answerFor(client: BaseLanguageClient): void {
    const asset = (name: string) => {
      const parts = name.split("/").filter((part) => !/^\.*$/.test(part));
      return Uri.joinPath(this.context.extensionUri, "dist", ...parts);
    };
    client.onNotification(NOTIFICATIONS.forwardRow, (it: { run: string; row: ForwardRow }) =>
      this.onRow(it.run, it.row),
    );
    client.onNotification(NOTIFICATIONS.analysed, (it: { uri: string }) => this.onAnalysed(it.uri));
    client.onRequest<Sent, unknown>(CLIENT_REQUESTS.read, ({ uri }: { uri: string }) =>
      this.launch.read(Uri.parse(uri)),
    );
    client.onRequest(CLIENT_REQUESTS.list, ({ uri }: { uri: string }) => readList(Uri.parse(uri)));
    client.onRequest(CLIENT_REQUESTS.kind, ({ uri }: { uri: string }) => readKind(Uri.parse(uri)));
    client.onRequest<Sent, unknown>(CLIENT_REQUESTS.asset, ({ name }: { name: string }) =>
      this.launch.read(asset(name)),
    );
  }
}
