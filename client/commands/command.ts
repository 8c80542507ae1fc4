import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { Server } from "../server.ts";
import type { ComparePanel } from "../views/comparePanel.ts";
import type { ForwardPanel } from "../views/forwardPanel.ts";
import type { GraphPanel } from "../views/graphPanel.ts";
import type { LiveSummaries } from "../views/liveSummaries.ts";
import type { ModelStatus } from "../views/modelStatus.ts";
import type { ModelsView } from "../views/models/view.ts";
import type { SummaryDocuments } from "../views/summaryDocument.ts";

/** What a command works with. */
export interface App {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly server: Server;
  readonly panel: ForwardPanel;
  readonly compare: ComparePanel;
  readonly graph: GraphPanel;
  readonly summaries: SummaryDocuments;
  readonly liveSummaries: LiveSummaries;
  readonly models: ModelsView;
  readonly status: ModelStatus;
}

export interface Command {
  readonly id: string;
  /** The command of the server that this is the editor's form of; its arguments are the same. */
  readonly serverId?: string;
  /** Called on a model of the tree it gets that itself; others get its document and its number. */
  readonly takesNode?: true;
  run(app: App, ...args: readonly unknown[]): Promise<void>;
}
