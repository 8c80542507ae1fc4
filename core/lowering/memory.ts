import { bytes, type Tensor } from "./graph.ts";
import type { LoweredInput, LoweredRow, LoweredWeight, Memory } from "./lowering.ts";
import { runOrder } from "./order.ts";

const sum = (tensors: Iterable<Tensor>): number => [...tensors].reduce((total, it) => total + bytes(it), 0);

/**
 * What a run of the rows one after the other takes. A row's weights are there twice, as they were made and as the
 * engine holds them; what one row gives is held until the last row that reads it.
 */
export function memoryOf(
  inputs: readonly LoweredInput[],
  weights: readonly LoweredWeight[],
  list: readonly LoweredRow<unknown>[],
): Memory {
  const rows = runOrder(list).flatMap((at) => list[at] ?? []);
  const named = new Map(weights.map((it) => [it.name, it]));
  const last = new Map<string, number>();
  for (const [i, { nodes, outputs }] of rows.entries()) {
    for (const node of nodes) for (const name of node.inputs) last.set(name, i);
    for (const { name } of outputs) last.set(name, i);
  }
  const live = new Map<string, Tensor>(inputs.map((it) => [it.name, it]));
  const made = new Map(rows.flatMap((it) => it.outputs).map((it) => [it.name, it]));
  let peak = sum(live.values());
  for (const [i, { nodes, outputs }] of rows.entries()) {
    for (const output of outputs) live.set(output.name, output);
    const own = new Set(nodes.flatMap((node) => node.inputs.flatMap((name) => named.get(name) ?? [])));
    peak = Math.max(peak, sum(live.values()) + 2 * sum(own));
    for (const name of live.keys()) if ((last.get(name) ?? -1) <= i) live.delete(name);
  }
  return { weights: sum(weights), activations: sum(made.values()), peak };
}
