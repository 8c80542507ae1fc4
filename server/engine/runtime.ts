import { env, InferenceSession, Tensor as OrtTensor } from "onnxruntime-web/wasm";
import type { ElementType } from "../../core/index.ts";
import type { WrittenModel } from "./onnx.ts";
import type { Numbers } from "./tensors.ts";

/** ONNX Runtime's plain build for WebAssembly, on one thread. */

/** A tensor as the engine gave it: what it really is, whatever was predicted. */
export interface Held {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly numbers: Numbers;
}
export interface Ran {
  readonly outputs: ReadonlyMap<string, Held>;
  /** Milliseconds of the run alone, without reading the model. */
  readonly time: number;
}

/** `wasm` are the bytes of `ort-wasm-simd-threaded.wasm`. Once, before anything runs. */
export function prepare(wasm: Uint8Array): void {
  env.wasm.numThreads = 1;
  env.wasm.wasmBinary = wasm;
  env.logLevel = "error";
}

/** A model is a layer: to look how it would run faster takes longer than it does. */
const PLAIN: InferenceSession.SessionOptions = {
  executionProviders: ["wasm"],
  logSeverityLevel: 3,
  graphOptimizationLevel: "disabled",
  enableCpuMemArena: false,
  enableMemPattern: false,
};

export type Session = InferenceSession;
type Model = Pick<WrittenModel, "model" | "externalData">;
/** Reads a model. Rejects where the engine refuses it. */
export const open = ({ model, externalData }: Model): Promise<Session> =>
  InferenceSession.create(model, { ...PLAIN, externalData });

/** Rejects where the engine refuses what it is fed. */
export async function run(
  session: Session,
  feeds: ReadonlyMap<string, Held>,
  outputs: readonly string[],
): Promise<Ran> {
  const given = Object.fromEntries([...feeds].map(([name, held]) => [name, tensorOf(held)]));
  const start = performance.now();
  const results = await session.run(given, [...outputs]);
  const time = performance.now() - start;
  return { outputs: new Map(Object.entries(results).map(([name, tensor]) => [name, heldOf(tensor)])), time };
}

/** Runs a model and lets it go. */
export async function runOnce(
  model: Model,
  feeds: ReadonlyMap<string, Held>,
  outputs: readonly string[],
): Promise<Ran> {
  const session = await open(model);
  try {
    return await run(session, feeds, outputs);
  } finally {
    await session.release();
  }
}

const tensorOf = ({ shape, dtype, numbers }: Held): OrtTensor =>
  new OrtTensor(dtype, numbers as OrtTensor.DataTypeMap[ElementType], [...shape]);
const heldOf = (tensor: OrtTensor): Held => ({
  shape: tensor.dims,
  dtype: tensor.type as ElementType,
  numbers: tensor.data as Numbers,
});
