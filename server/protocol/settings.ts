import type { Connection } from "vscode-languageserver";
import type { Client } from "./client.ts";
import { configured, initialConfiguration } from "./configuration.ts";
import type { Configuration } from "./messages.ts";

/** How long the first analysis waits for a client's settings. */
const PATIENCE = 500;

/** The configuration as it is: what the client sent at first, then what it answers or tells. */
export class ClientSettings {
  private readonly connection: Connection;
  private readonly client: Client;
  private readonly initial: Configuration;
  private readonly renewed: () => void;
  private present: Configuration;
  private heard: () => void = () => {};
  /** Fulfilled when the settings are known, or the client takes too long to tell them. */
  readonly ready: Promise<void>;

  constructor(connection: Connection, client: Client, options: object, renewed: () => void) {
    this.connection = connection;
    this.client = client;
    this.initial = initialConfiguration(options);
    this.present = this.initial;
    this.renewed = renewed;
    this.ready = client.configuration
      ? new Promise((resolve) => {
          const timer = setTimeout(resolve, PATIENCE);
          this.heard = () => {
            clearTimeout(timer);
            resolve();
          };
        })
      : Promise.resolve();
  }

  get configuration(): Configuration {
    return this.present;
  }
  /** Asks the client, if it answers such questions. */
  async pull(): Promise<void> {
    if (!this.client.configuration) return;
    try {
      this.set(await this.connection.workspace.getConfiguration("inlayer"));
    } finally {
      this.heard();
    }
  }
  /** `settings` is what the client sends along: all sections, or only this one, or nothing. */
  async changed(settings: unknown): Promise<void> {
    if (this.client.configuration) await this.pull();
    else if (typeof settings === "object" && settings !== null)
      this.set("inlayer" in settings ? settings.inlayer : settings);
  }

  private set(section: unknown): void {
    const before = JSON.stringify(this.present);
    this.present = configured(this.initial, section);
    if (JSON.stringify(this.present) !== before) this.renewed();
  }
}
