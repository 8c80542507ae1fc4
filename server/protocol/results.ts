import { verdictOn } from "../features/prediction.ts";
import type { ForwardRow } from "./messages.ts";

/** What the last forward run found, at the lines of the text that it ran: any other text has none of it. */
export class Results {
  private rows: readonly ForwardRow[] = [];
  /** By the paths of modules. */
  private texts: ReadonlyMap<string, string> = new Map();

  show(rows: readonly ForwardRow[], texts: ReadonlyMap<string, string>): void {
    this.rows = rows;
    this.texts = texts;
  }
  /** By the lines of a document, from 0, of a module whose text is this. */
  of(uri: string, path: string, text: string): ReadonlyMap<number, string> {
    return this.texts.get(path) === text ? resultTexts(this.rows.filter((row) => row.uri === uri)) : new Map();
  }
}

/** A text for each line on which layers that ran are made: how long they took, and how their numbers lie. */
export function resultTexts(rows: readonly ForwardRow[]): ReadonlyMap<number, string> {
  const lines = new Map<number, ForwardRow[]>();
  for (const row of rows) {
    const line = row.actual === undefined ? undefined : row.range?.end.line;
    if (line !== undefined) lines.set(line, [...(lines.get(line) ?? []), row]);
  }
  const said = (those: readonly ForwardRow[]) => (those.length === 1 ? those.map(textOf).join("") : severalText(those));
  return new Map([...lines].map(([line, those]) => [line, said(those)]));
}

function textOf({ predicted, actual, time, statistics: s }: ForwardRow): string {
  const bad = s === undefined ? 0 : s.nan + s.infinite;
  const numbers = s && (bad > 0 ? `${bad.toLocaleString("en")} NaN/Inf` : `${real(s.mean)} ± ${real(s.std)}`);
  const said = [time === undefined ? undefined : milliseconds(time), numbers].filter((it) => it !== undefined);
  return `${signOf(predicted, actual)} ${said.join(" · ")}`.trim();
}
function severalText(rows: readonly ForwardRow[]): string {
  const wrong = rows.find((it) => verdictOn(it.predicted, it.actual) === "different");
  const time = rows.reduce((sum, it) => sum + (it.time ?? 0), 0);
  return `${wrong === undefined ? "✓" : signOf(wrong.predicted, wrong.actual)} ×${rows.length} ${milliseconds(time)}`;
}
const signOf = (predicted: string, actual: string | undefined): string =>
  verdictOn(predicted, actual) === "different" ? `✗ ${actual}` : "✓";
const milliseconds = (time: number): string => `${time < 10 ? time.toFixed(2) : Math.round(time)} ms`;
const real = (value: number): string => value.toPrecision(2).replace("-", "−");
