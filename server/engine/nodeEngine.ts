import { totalmem } from "node:os";
import { MOST_BYTES, WorkerEngine } from "./engine.ts";
import { engineWasm, nodeChannel } from "./nodeChannel.ts";

/** The engine of a Node process. It takes at most half of the machine's memory. */
export const nodeEngine = (): WorkerEngine =>
  new WorkerEngine({ spawn: nodeChannel, wasm: engineWasm, limit: Math.min(MOST_BYTES, totalmem() / 2) });
