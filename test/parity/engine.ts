import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Lowering, Tensor } from "../../core/index.ts";
import { written } from "../../server/engine/onnx.ts";
import { type Held, prepare, runOnce } from "../../server/engine/runtime.ts";
import type { Numbers } from "../../server/engine/tensors.ts";

const { resolve } = createRequire(import.meta.url);
prepare(readFileSync(resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm")));

/** Runs a lowered model as one graph on Inlayer's own engine; gives the tensors that are wanted, by name. */
export async function run(
  { opset, rows, inputs, constants, weights }: Lowering,
  given: ReadonlyMap<string, Numbers>,
  weightOf: ReadonlyMap<string, Numbers>,
  wanted: readonly Tensor[],
): Promise<ReadonlyMap<string, Held>> {
  const held = inputs.map(
    ({ name, shape, dtype }) => [name, { shape, dtype, numbers: numbersOf(given, name) }] as const,
  );
  // A layer that gives its input back adds nothing to the graph.
  const outputs = [...new Set(wanted.map(({ name }) => name))].filter((name) => !given.has(name));
  if (outputs.length === 0) return new Map(held);
  const nodes = rows.flatMap((row) => row.nodes);
  const read = new Set(nodes.flatMap((node) => node.inputs));
  const fed = inputs.filter(({ name }) => read.has(name));
  const filled = weights.map((tensor) => ({ tensor, numbers: numbersOf(weightOf, tensor.name) }));
  const model = written({ opset, nodes, inputs: fed, outputs, constants, weights: filled });
  const feeds = new Map(held.filter(([name]) => read.has(name)));
  const { outputs: found } = await runOnce(model, feeds, outputs);
  return new Map([...held, ...found]);
}

function numbersOf(from: ReadonlyMap<string, Numbers>, name: string): Numbers {
  const numbers = from.get(name);
  if (numbers === undefined) throw new Error(`no numbers for ${name}`);
  return numbers;
}
