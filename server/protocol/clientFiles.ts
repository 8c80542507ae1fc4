import type { Connection } from "vscode-languageserver";
import type { Entry, EntryKind, FileSystem } from "../workspace/fileSystem.ts";
import { uriPaths } from "../workspace/uris.ts";
import { CLIENT_REQUESTS } from "./messages.ts";

/** A client that can send bytes does; others send base64. */
type Sent = string | Uint8Array | null;
const bytesOf = (sent: string | Uint8Array): Uint8Array =>
  typeof sent === "string" ? Uint8Array.from(atob(sent), (character) => character.charCodeAt(0)) : sent;

/** Files that only the editor can reach, through Inlayer's own client. */
export const clientFiles = (connection: Connection): FileSystem => ({
  ...uriPaths,
  async read(uri) {
    const read = await connection.sendRequest<Sent>(CLIENT_REQUESTS.read, { uri });
    if (read === null) throw new Error(`${uri} cannot be read`);
    return bytesOf(read);
  },
  async kind(uri) {
    return (await connection.sendRequest<EntryKind | null>(CLIENT_REQUESTS.kind, { uri })) ?? undefined;
  },
  list: (uri) => connection.sendRequest<readonly Entry[]>(CLIENT_REQUESTS.list, { uri }),
});

/** A file of the extension itself. */
export async function clientAsset(connection: Connection, name: string): Promise<Uint8Array> {
  const read = await connection.sendRequest<Sent>(CLIENT_REQUESTS.asset, { name });
  if (read === null) throw new Error(`the extension has no ${name}`);
  return bytesOf(read);
}

/** Where nothing can be read but what is open. */
export const noFiles: FileSystem = {
  ...uriPaths,
  read: (uri) => Promise.reject(new Error(`${uri} cannot be read here`)),
  kind: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
};
