import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Channel, EngineWasm, FromWorker } from "./messages.ts";

/** What a worker of a browser has, in one of Node: so one script is the engine of both. */
const AS_IN_A_BROWSER = `
  const { parentPort, workerData } = require("node:worker_threads");
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  parentPort.on("message", (data) => globalThis.onmessage({ data }));
`;
/** Beside the built program, or else its source: workers do not inherit a loader of TypeScript. */
function newWorker(): Worker {
  const built = new URL("engineWorker.cjs", import.meta.url);
  const isBuilt = existsSync(built);
  const load = isBuilt
    ? "require(workerData);"
    : 'import("tsx/esm/api").then(({ register }) => { register(); return import(workerData); });';
  const workerData = isBuilt ? fileURLToPath(built) : new URL("worker.ts", import.meta.url).href;
  // What an engine writes to its console is for nobody: standard output may be a protocol's.
  return new Worker(AS_IN_A_BROWSER + load, { stdout: true, stderr: true, eval: true, workerData });
}

/** Beside the built program, or else in the package that brings it. */
const wasmOf = (name: string, from: string): Promise<Uint8Array> =>
  readFile(new URL(name, import.meta.url)).catch(() =>
    readFile(createRequire(import.meta.url).resolve(`${from}/${name}`)),
  );
export async function engineWasm(): Promise<EngineWasm> {
  const [onnx, jpeg] = await Promise.all([
    wasmOf("ort-wasm-simd-threaded.wasm", "onnxruntime-web"),
    wasmOf("mozjpeg_dec.wasm", "@jsquash/jpeg/codec/dec"),
  ]);
  return { onnx, jpeg };
}

export function nodeChannel(): Channel {
  const worker = newWorker();
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onDeath) => {
      worker.on("message", (message: FromWorker) => onMessage(message));
      worker.on("error", (error) => onDeath(error.message));
      worker.on("exit", (code) => onDeath(`it ended with code ${code}`));
    },
    hold: (on) => (on ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}
