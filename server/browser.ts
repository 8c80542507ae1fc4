import { createCore } from "../core/index.ts";
import packageJson from "../package.json" with { type: "json" };
import { type BrowserWorker, browserChannel } from "./engine/browserChannel.ts";
import { MOST_BYTES, WorkerEngine } from "./engine/engine.ts";
import { clientAsset } from "./protocol/clientFiles.ts";
import type { ServerHost } from "./protocol/host.ts";
import { serveWorker } from "./protocol/worker.ts";

/** What the types of Node do not know of a worker's world. */
type Scope = Parameters<typeof serveWorker>[0] & { readonly Worker: new (url: string) => BrowserWorker };
const scope = globalThis as unknown as Scope;

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
  async createEngine(connection) {
    const script = await clientAsset(connection, "engineWorker.cjs");
    const url = URL.createObjectURL(new Blob([script.slice()], { type: "text/javascript" }));
    const spawn = () => browserChannel(new scope.Worker(url));
    const wasm = async () => ({
      onnx: await clientAsset(connection, "ort-wasm-simd-threaded.wasm"),
      jpeg: await clientAsset(connection, "mozjpeg_dec.wasm"),
    });
    return new WorkerEngine({ spawn, wasm, limit: MOST_BYTES });
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

serveWorker(scope, host);
