import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { LoweredWeight, Lowering } from "../../core/index.ts";
import { runRows } from "../../server/engine/rows.ts";
import { type Held, prepare, runOnce } from "../../server/engine/runtime.ts";
import type { Numbers } from "../../server/engine/tensors.ts";

const { resolve } = createRequire(import.meta.url);
prepare(readFileSync(resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm")));

/** Runs a lowered model as `inlayer forward` does; gives what each row gave, by its place in the lowering. */
export async function run(
  lowering: Lowering,
  inputs: ReadonlyMap<string, Numbers>,
  weights: (weight: LoweredWeight) => Numbers,
): Promise<readonly (readonly Held[])[]> {
  const given: (readonly Held[])[] = [];
  const input = (name: string): Numbers => {
    const numbers = inputs.get(name);
    if (numbers === undefined) throw new Error(`no numbers for ${name}`);
    return numbers;
  };
  await runRows(lowering, { inputs: input, weights }, runOnce, ({ index, name, problem }, outputs) => {
    if (problem !== undefined) throw new Error(`${name}: ${problem}`);
    given[index] = outputs;
  });
  return given;
}
