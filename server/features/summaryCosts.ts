import { bytes, type LayerCosts, type Lowering, type SummaryCosts } from "../../core/index.ts";

/** What no layer's name holds. */
const BETWEEN = "\u0000";

const sum = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b;

/**
 * What each layer's calls cost, out of the model made ready to run on one sample. A layer that is called several times
 * has the sum; an operation has none of its own, as two of them may have one name.
 */
export function costsOf({ rows, inputs, problem }: Lowering): SummaryCosts | undefined {
  if (problem !== undefined) return undefined;
  const layers = new Map<string, LayerCosts>();
  const around: string[] = [];
  let whole: LayerCosts = { macs: 0, bytes: 0 };
  for (const [i, { name, depth, isOperation, macs, predicted, outputs }] of rows.entries()) {
    around.length = depth;
    const memory = predicted === undefined ? undefined : bytesOf(predicted, outputs);
    // What a model gives, a layer inside it has given already.
    if ((rows[i + 1]?.depth ?? 0) <= depth) whole = { macs: sum(whole.macs, macs), bytes: sum(whole.bytes, memory) };
    around.push(name);
    if (isOperation) continue;
    const path = around.join(BETWEEN);
    const before = layers.get(path) ?? { macs: 0, bytes: 0 };
    layers.set(path, { macs: sum(before.macs, macs), bytes: sum(before.bytes, memory) });
  }
  return { ...whole, of: (path) => layers.get(path.join(BETWEEN)), note: noteOf(inputs) };
}

/** Four bytes for each number, as float32 has, where it does not run. */
const bytesOf = (shapes: readonly (readonly number[])[], outputs: Lowering["rows"][number]["outputs"]): number =>
  shapes.reduce((all, shape, i) => {
    const output = outputs[i];
    return all + (output === undefined ? shape.reduce((product, size) => product * size, 4) : bytes(output));
  }, 0);

function noteOf(inputs: Lowering["inputs"]): string | undefined {
  const sizes = [...new Set(inputs.flatMap((it) => it.assumed.map(({ size }) => size)))];
  return sizes.length === 0 ? undefined : `Axes that the program leaves open are taken to be ${sizes.join(", ")} long.`;
}
