import { createCore } from "../core/index.ts";
import packageJson from "../package.json" with { type: "json" };
import { clientAsset } from "./protocol/clientFiles.ts";
import type { ServerHost } from "./protocol/host.ts";
import { serveWorker } from "./protocol/worker.ts";

/** `setTimeout` waits milliseconds once it is nested; a message to oneself does not. */
interface Channel {
  readonly port1: { onmessage: () => void };
  readonly port2: { postMessage(message: unknown): void };
}
const channel = new MessageChannel() as unknown as Channel;
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

const host: ServerHost = {
  version: packageJson.version,
  async createCore(connection) {
    const [runtime, python] = await Promise.all([
      clientAsset(connection, "web-tree-sitter.wasm"),
      clientAsset(connection, "tree-sitter-python.wasm"),
    ]);
    return createCore({ runtime, python });
  },
  // A worker has no files: Inlayer's own client reads them for it.
  files: undefined,
  schemes: [],
  rulePages: undefined,
  breathe: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(undefined);
    }),
};

serveWorker(globalThis as unknown as Parameters<typeof serveWorker>[0], host);
