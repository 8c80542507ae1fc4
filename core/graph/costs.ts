import type { Text } from "./table.ts";

/** What Keras's table does not say of a layer: what its calls cost on one sample. Undefined where it is not known. */
export interface LayerCosts {
  /** Multiply–accumulates of all its calls. */
  readonly macs: number | undefined;
  /** Bytes of what it gives. */
  readonly bytes: number | undefined;
}
export interface SummaryCosts extends LayerCosts {
  /** Of a layer by its name, behind the names of the models that it stands in; undefined where nothing calls it. */
  of(path: readonly string[]): LayerCosts | undefined;
  /** On what the numbers depend, as a sentence. */
  readonly note?: string | undefined;
}

const count = (n: number | undefined): string => (n === undefined ? "?" : n.toLocaleString("en-US"));

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];
/** `readable_memory_size`: `392.00 B`, `1.48 KB`. */
export function printMemory(bytes: number): string {
  let unit = 0;
  let size = bytes;
  for (; size >= 1024 && unit < UNITS.length; unit++) size /= 1024;
  return `${size.toFixed(2)} ${UNITS[Math.min(unit, UNITS.length - 1)]}`;
}

export const COST_HEADERS = ["MACs", "Output memory"] as const;
/** What stands in the columns of a layer. */
export const costCells = (costs: LayerCosts | undefined): readonly [string, string] =>
  costs === undefined ? ["-", "-"] : [count(costs.macs), costs.bytes === undefined ? "?" : printMemory(costs.bytes)];

/** The lines under the table. */
export function costTotals({ macs, bytes, note }: SummaryCosts): Text[] {
  const line = (label: string, text: string): Text => [
    { text: ` ${label}: `, style: "bold" },
    { text, style: "number" },
    { text: " per sample" },
  ];
  return [
    [],
    line("MACs", count(macs)),
    line("Output memory", bytes === undefined ? "?" : printMemory(bytes)),
    ...(note === undefined ? [] : [[{ text: ` ${note}` }]]),
  ];
}
