import type { ReadingReport } from "./analysis.ts";
import type { Reading, ReadParameter, Supposition } from "./interpreter/reading.ts";
import type { Value } from "./interpreter/values.ts";
import { printShape } from "./tensor/shape.ts";

const reports = new WeakMap<Reading["parameters"], ReadingReport>();

/** What the parameters were taken for, in words. */
export function readingReport(reading: Reading): ReadingReport {
  const known = reports.get(reading.parameters);
  if (known !== undefined) return known;
  const { name } = reading;
  const parameters = reading.parameters.map((it) => ({ name: it.name, as: taken(reading, it) }));
  const made: ReadingReport = { name, parameters };
  reports.set(reading.parameters, made);
  return made;
}

function taken({ supposed, isWide }: Reading, { path, default: initial, first }: ReadParameter): string | undefined {
  if (isWide && !supposed.has(path) && (initial?.kind === "bool" || initial?.kind === "none")) return "anything";
  const supposition = supposed.get(path) ?? (initial === undefined || first?.kind === "size" ? first : undefined);
  const text = initial && printed(initial);
  if (supposition === undefined || supposition.kind === "default")
    return initial && (text === undefined ? "its default" : `${text}, its default`);
  return `${inWords(supposition)}${text === undefined ? "" : `, by default ${text}`}`;
}

function inWords(it: Exclude<Supposition, { kind: "default" }>): string {
  if (it.kind === "size") return "a size";
  if (it.kind === "sequence") return `${it.length} things`;
  return it.shape === undefined ? "a tensor" : `a tensor ${printShape(it.shape)}`;
}

/** Of a default that is short. */
function printed(value: Value): string | undefined {
  if (value.kind === "int" && typeof value.size === "number") return String(value.size);
  if (value.kind === "float") return String(value.value);
  if (value.kind === "str") return JSON.stringify(value.value);
  if (value.kind === "none") return "None";
  if (value.kind === "bool") return value.value ? "True" : "False";
  return undefined;
}
