import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { Server } from "../server.ts";
import type { ComparePanel } from "../views/comparePanel.ts";
import type { ForwardPanel } from "../views/forwardPanel.ts";
import type { LiveSummaries } from "../views/liveSummaries.ts";
import type { SummaryDocuments } from "../views/summaryDocument.ts";

/** What a command works with. */
export interface App {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly server: Server;
  readonly panel: ForwardPanel;
  readonly compare: ComparePanel;
  readonly summaries: SummaryDocuments;
  readonly liveSummaries: LiveSummaries;
}

export interface Command {
  readonly id: string;
  /** The command of the server that this is the editor's form of; its arguments are the same. */
  readonly serverId?: string;
  run(app: App, ...args: readonly unknown[]): Promise<void>;
}
