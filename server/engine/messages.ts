import type { Lowering, WholeGraph } from "../../core/index.ts";
import type { RunOptions, TensorNumbers } from "../features/forward.ts";
import type { RanRow } from "./rows.ts";

/** The bytes of `ort-wasm-simd-threaded.wasm`, and of `mozjpeg_dec.wasm`. */
export interface EngineWasm {
  readonly onnx: Uint8Array;
  readonly jpeg: Uint8Array;
}
/** Between the engine and its worker: plain data. */
export type ToWorker =
  | { readonly kind: "start"; readonly wasm: EngineWasm }
  | { readonly kind: "run"; readonly lowering: Lowering; readonly options: RunOptions }
  /** Answered by `done`, with the bytes of the file for the one output. */
  | { readonly kind: "write"; readonly graph: WholeGraph; readonly options: RunOptions };
export type FromWorker =
  | { readonly kind: "row"; readonly row: RanRow }
  | { readonly kind: "done"; readonly outputs: readonly TensorNumbers[]; readonly problem?: string | undefined }
  | { readonly kind: "failed"; readonly words: string };

/** A worker, of Node or of a browser. */
export interface Channel {
  post(message: ToWorker): void;
  /** Gets every message, and once the reason where the worker dies. */
  listen(onMessage: (message: FromWorker) => void, onDeath: (reason: string) => void): void;
  /** While something is waited for, the process must not end. */
  hold(on: boolean): void;
  /** At once, whatever it is doing. */
  terminate(): void;
}
