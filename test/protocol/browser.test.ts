import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type CodeAction,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
} from "vscode-languageserver/node";
import { CLIENT_REQUESTS, type SummaryResult } from "../../server/protocol/messages.ts";
import { bundleWorker } from "./bundle.ts";
import { COMPLETE, Editor, startOf } from "./editor.ts";
import { MODEL } from "./programs.ts";

const require = createRequire(import.meta.url);
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");
const ASSETS: Readonly<Record<string, string>> = {
  "web-tree-sitter.wasm": "web-tree-sitter/web-tree-sitter.wasm",
  "tree-sitter-python.wasm": "tree-sitter-python/tree-sitter-python.wasm",
};

class Reader extends AbstractMessageReader {
  heard: DataCallback = () => {};
  listen(callback: DataCallback): Disposable {
    this.heard = callback;
    return { dispose: () => {} };
  }
}
class Writer extends AbstractMessageWriter {
  private readonly send: (message: Message) => void;
  constructor(send: (message: Message) => void) {
    super();
    this.send = send;
  }
  write(message: Message): Promise<void> {
    this.send(message);
    return Promise.resolve();
  }
  end(): void {}
}

/** A channel that does not keep the test from ending. */
class Channel {
  readonly port1: { onmessage?: () => void } = {};
  readonly port2 = { postMessage: () => void setImmediate(() => this.port1.onmessage?.()) };
}

/** A world with what every worker of a browser has, and with nothing of Node. */
function startWorker(script: string): { readonly reader: Reader; readonly writer: Writer } {
  const reader = new Reader();
  const scope: Record<string, unknown> & { onmessage?: (event: { data: Message }) => void } = {
    // Its clock is slow, so that a busy machine is not taken for files that are late.
    setTimeout: (act: () => void, after: number) => setTimeout(act, after * 50).unref(),
    ...{ clearTimeout, setInterval, clearInterval, queueMicrotask, performance, atob, console },
    ...{ TextDecoder, TextEncoder, AbortController, URL, MessageChannel: Channel },
    location: { href: "https://code.visualstudio.com/worker.js" },
    addEventListener: () => {},
    postMessage: (data: Message) => setImmediate(() => reader.heard(JSON.parse(JSON.stringify(data)))),
  };
  scope["self"] = scope;
  scope["WorkerGlobalScope"] = class {};
  runInContext(script, createContext(scope));
  return { reader, writer: new Writer((data) => setImmediate(() => scope.onmessage?.({ data }))) };
}

test("the server in a web worker needs nothing of Node; the client reads files for it", async () => {
  const { reader, writer } = startWorker(await bundleWorker());
  const connection = createMessageConnection(reader, writer);
  const files: Record<string, string> = {
    "memfs:/project/blocks.py": "from keras import layers\ndef block(x):\n    return layers.Dense(3)(x)\n",
  };
  connection.onRequest(CLIENT_REQUESTS.asset, ({ name }: { name: string }) =>
    base64(readFileSync(require.resolve(ASSETS[name] ?? name))),
  );
  connection.onRequest(CLIENT_REQUESTS.kind, ({ uri }: { uri: string }) => (uri in files ? "file" : null));
  connection.onRequest(CLIENT_REQUESTS.read, ({ uri }: { uri: string }) => base64(files[uri] ?? ""));
  const editor = new Editor(connection);
  await editor.initialize(COMPLETE, { initializationOptions: { client: "inlayer" }, rootUri: "memfs:/project" });
  const uri = "memfs:/project/main.py";
  await editor.open(uri, "import keras\nfrom blocks import block\nx = block(keras.Input((4,)))\n");
  assert.deepEqual(await editor.labels(uri), ["3: → (None, 3)"]);
  const unsaved = "untitled:Untitled-1";
  await editor.open(unsaved, MODEL);
  const place = startOf(MODEL, "keras.Seq");
  const actions = await editor.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: unsaved },
    range: { start: place, end: place },
    context: { diagnostics: [], only: ["refactor"], triggerKind: 1 },
  });
  assert.equal(actions[0]?.title, "Write it as a functional model");
  const summary = await editor.request<SummaryResult>("inlayer/summary", { uri: unsaved, model: 0 });
  assert.match(summary.text, /Total params: 6,794/);
  assert.deepEqual(editor.messages, []);
  connection.dispose();
});
