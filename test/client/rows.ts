import type { ForwardRow } from "../../server/protocol/messages.ts";

/** A Dense that ran as predicted, but for what is said. */
export const row = (index: number, more: Partial<ForwardRow> = {}): ForwardRow => ({
  index,
  depth: 0,
  name: `dense_${index}`,
  type: "Dense",
  uri: "file:///model.py",
  range: { start: { line: index, character: 4 }, end: { line: index, character: 20 } },
  predicted: "(2, 4)",
  actual: "(2, 4)",
  params: 12,
  macs: 8,
  bytes: 32,
  time: 0.25,
  statistics: { mean: 0.5, std: 0.25, min: 0, max: 1, zeros: 0, nan: 0, infinite: 0, histogram: [4, 4] },
  problem: undefined,
  ...more,
});
export const nan = { mean: 0, std: 0, min: 0, max: 0, zeros: 0, nan: 3, infinite: 0, histogram: [] };
