import { bytes, type GraphNode, type Tensor } from "./graph.ts";
import type { LoweredInput, LoweredRow, LoweredWeight, Memory } from "./lowering.ts";
import { runOrder } from "./order.ts";

const sum = (tensors: Iterable<Tensor>): number => [...tensors].reduce((total, it) => total + bytes(it), 0);

/** The most that the nodes of a row hold at once beside what the row gives. */
function within(nodes: readonly GraphNode[], outputs: readonly Tensor[]): number {
  const given = new Set(outputs.map((it) => it.name));
  const last = new Map(nodes.flatMap((node, i) => node.inputs.map((name) => [name, i] as const)));
  const live = new Map<number, number>();
  let peak = 0;
  for (const [i, node] of nodes.entries()) {
    if (!node.outputs.some((name) => given.has(name))) live.set(i, node.bytes ?? 0);
    peak = Math.max(
      peak,
      [...live.values()].reduce((total, it) => total + it, 0),
    );
    for (const at of live.keys())
      if ((nodes[at]?.outputs ?? []).every((name) => (last.get(name) ?? -1) <= i)) live.delete(at);
  }
  return peak;
}

/** A row's weights: as they were made, as they are handed over, as the engine holds them and as it packs them. */
const COPIES = 4;

/**
 * What a run of the rows one after the other takes at most. What one row gives is held until the last row that reads
 * it, and once more in the engine while a row reads or gives it; what its nodes give one another only there.
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
    const read = new Set(nodes.flatMap((node) => node.inputs));
    const own = [...read].flatMap((name) => named.get(name) ?? []);
    const there = nodes.length === 0 ? 0 : sum([...read].flatMap((name) => live.get(name) ?? [])) + sum(outputs);
    peak = Math.max(peak, sum(live.values()) + there + COPIES * sum(own) + within(nodes, outputs));
    for (const name of live.keys()) if ((last.get(name) ?? -1) <= i) live.delete(name);
  }
  return { weights: sum(weights), activations: sum(made.values()), peak };
}
