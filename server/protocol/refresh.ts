import type { Connection } from "vscode-languageserver";
import type { Client } from "./client.ts";

/** Changes that come together are told together. */
const TOGETHER = 100;

/** Asks the client to ask again, after something other than its own edits changed the answers. */
export class Refresh {
  private readonly connection: Connection;
  private readonly client: Client;
  private timer: ReturnType<typeof setTimeout> | undefined;
  constructor(connection: Connection, client: Client) {
    this.connection = connection;
    this.client = client;
  }

  request(): void {
    this.timer ??= setTimeout(() => this.send(), TOGETHER);
  }
  dispose(): void {
    clearTimeout(this.timer);
  }

  private send(): void {
    this.timer = undefined;
    const { languages } = this.connection;
    const sent = [
      this.client.refreshHints ? languages.inlayHint.refresh() : undefined,
      this.client.refreshDiagnostics ? languages.diagnostics.refresh() : undefined,
      this.client.refreshLenses ? this.connection.sendRequest("workspace/codeLens/refresh") : undefined,
    ];
    // A client that is going away owes no answer.
    for (const request of sent) request?.catch(() => undefined);
  }
}
