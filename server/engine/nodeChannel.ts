import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Channel, FromWorker } from "./messages.ts";

/**
 * The worker that stands beside the built program, or else its source. Workers do not inherit a loader of TypeScript.
 */
function newWorker(): Worker {
  // What an engine writes to its console is for nobody: standard output may be a protocol's.
  const quiet = { stdout: true, stderr: true };
  const built = new URL("engineWorker.js", import.meta.url);
  if (existsSync(built)) return new Worker(built, quiet);
  const source = JSON.stringify(new URL("worker.ts", import.meta.url).href);
  const load = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(load, { ...quiet, eval: true });
}

const WASM = "ort-wasm-simd-threaded.wasm";
/** Beside the built program, or else in the package that brings it. */
export async function engineWasm(): Promise<Uint8Array> {
  try {
    return await readFile(new URL(WASM, import.meta.url));
  } catch {
    return readFile(createRequire(import.meta.url).resolve(`onnxruntime-web/${WASM}`));
  }
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
