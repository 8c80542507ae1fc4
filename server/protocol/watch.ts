import { type Connection, DidChangeConfigurationNotification, FileChangeType } from "vscode-languageserver";
import type { Analyses } from "../workspace/analyses.ts";
import type { OpenFiles } from "../workspace/openFiles.ts";
import type { ProjectFiles } from "../workspace/projectFiles.ts";
import type { Relevance } from "../workspace/relevance.ts";
import { canonical } from "../workspace/uris.ts";
import type { Client } from "./client.ts";

interface Watched {
  readonly open: OpenFiles;
  readonly project: ProjectFiles;
  readonly relevance: Relevance;
  readonly analyses: Analyses;
}

/** What happens to files beside the editor. */
export class Watcher {
  private readonly watched: Watched;
  constructor(watched: Watched) {
    this.watched = watched;
  }

  /** Of an open file the editor's text counts. */
  changed(changes: readonly { readonly uri: string; readonly type: FileChangeType }[]): void {
    const { open } = this.watched;
    const files = changes
      .map(({ uri, type }) => ({ path: canonical(uri), type }))
      .filter(({ path }) => open.file(path) === undefined);
    // What a project's own settings say may concern any of its files.
    const isAnything = ({ path, type }: (typeof files)[number]) =>
      type !== FileChangeType.Changed || path.endsWith("/pyproject.toml");
    if (files.some(isAnything)) this.anything();
    else for (const { path } of files) this.textChanged(path);
  }
  /** Files came or went. */
  anything(): void {
    const { project, relevance, analyses } = this.watched;
    project.forgetAll();
    relevance.forgetAll();
    analyses.modulesChanged();
  }
  /** A file that is open no more, or was written by another program. */
  textChanged(path: string): void {
    const { project, relevance, analyses } = this.watched;
    project.forgetText(path);
    relevance.changed(path);
    analyses.moduleChanged(path);
  }
}

/** Asks for what a client tells only when it is asked. */
export async function register(connection: Connection, client: Client): Promise<void> {
  const registrations: Promise<unknown>[] = [];
  if (client.registerConfiguration) {
    registrations.push(connection.client.register(DidChangeConfigurationNotification.type, { section: "inlayer" }));
  }
  // Inlayer's own client watches by itself.
  if (client.registerWatchers && !client.own) {
    const watchers = ["**/*.py", "**/pyproject.toml"].map((globPattern) => ({ globPattern }));
    registrations.push(
      connection.sendRequest("client/registerCapability", {
        registrations: [
          { id: "inlayer-python", method: "workspace/didChangeWatchedFiles", registerOptions: { watchers } },
        ],
      }),
    );
  }
  await Promise.all(registrations);
}
