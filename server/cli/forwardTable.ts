import stringWidth from "string-width";
import { type Column, type Location, loadTables, type SummaryText } from "../../core/index.ts";
import { linesOf } from "../engine/matchedWeights.ts";
import type { ForwardedRow } from "../features/forward.ts";
import { safe } from "./displayLine.ts";
import { type Drawn, type ForwardReport, isAsPredicted } from "./forward.ts";
import type { Palette } from "./palette.ts";

/** What came out of a model's layers as a table, and below it what did not run and why. */
export async function forwardTable(report: ForwardReport, { batch, seed }: Drawn, palette: Palette): Promise<string> {
  const { name, ran, time, weights } = report;
  const problem = `${ran.problem}${report.lacksShape ? "; an array of --input X.npy says it" : ""}`;
  const lines = [
    palette.strong(`${safe(name)}: forward, batch ${batch}, seed ${seed}`),
    `input: ${safe(ran.input)}`,
    ...(weights === undefined ? [] : [`weights: ${weights.found} of ${weights.of} variables`]),
    ...(weights === undefined ? [] : linesOf(weights).map(safe)),
    ...(ran.rows.length > 0 ? await tableOf(ran.rows, palette) : []),
    ...ran.rows.flatMap((row) => noteOf(row, report, palette)),
    ran.problem === undefined
      ? `${Math.round(time)} ms`
      : `${where(report.location, report)}${palette.severity.error("not run to the end")}: ${safe(problem)}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** As wide as it needs to be: numbers that are cut say something else. */
async function tableOf(rows: readonly ForwardedRow[], palette: Palette): Promise<readonly string[]> {
  const { drawTable } = await loadTables();
  const cells = rows.map(cellsOf);
  const columns = HEADERS.map((header, i): Column => {
    const widths = cells.map((row) => stringWidth(row[i] ?? ""));
    return { header, width: Math.max(stringWidth(header), ...widths), align: i < 2 ? "left" : "right" };
  });
  const total = columns.reduce((sum, { width }) => sum + width + 3, 1);
  const texts = cells.map((row, i) => row.map((text, j) => styled(text, j, rows[i])));
  return drawTable(columns, texts, total).map((line) =>
    line.map(({ text, style }) => (style ? palette.summary[style](text) : text)).join(""),
  );
}

const HEADERS = ["Layer (type)", "Output", "Params", "ms", "Mean", "Std", "Min", "Max", "Zeros", "NaN, Inf"];

function cellsOf(row: ForwardedRow): readonly string[] {
  const { name, type, depth, params, time, statistics: s } = row;
  return [
    `${"  ".repeat(depth)}${safe(name)} (${safe(type)})`,
    row.actual === undefined ? `${row.predicted} not run` : outputOf(row),
    params === undefined ? "?" : params.toLocaleString("en"),
    time === undefined ? "" : time.toFixed(2),
    ...(s === undefined ? ["", "", "", "", ""] : [...[s.mean, s.std, s.min, s.max].map(number), share(s.zeros)]),
    s === undefined || s.nan + s.infinite === 0 ? "" : `${s.nan}, ${s.infinite}`,
  ];
}
const outputOf = (row: ForwardedRow): string =>
  isAsPredicted(row) ? (row.actual ?? "") : `${row.actual} ≠ ${row.predicted}`;

function number(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : value.toFixed(4);
}
const share = (zeros: number): string => (zeros === 0 ? "" : `${(zeros * 100).toFixed(zeros < 0.01 ? 2 : 0)}%`);

function styled(text: string, column: number, row: ForwardedRow | undefined): SummaryText {
  const isWrong = column === 1 && row !== undefined && !isAsPredicted(row);
  if (isWrong) return [{ text, style: "no" }];
  return column >= 2 ? [{ text, style: "number" }] : [{ text }];
}

/** `model.py:12: `, or `notebook.ipynb:cell 2:12: `. */
function where(location: Location | undefined, { place }: ForwardReport): string {
  const at = location && place(location);
  if (at === undefined) return "";
  return safe(`${at.path}:${at.cell === undefined ? "" : `cell ${at.cell}:`}${at.line}: `);
}

function noteOf(row: ForwardedRow, report: ForwardReport, palette: Palette): readonly string[] {
  const at = where(row.location, report);
  const says = (text: string): string => `${at}${palette.strong(safe(row.name))}: ${safe(text)}`;
  if (row.problem !== undefined) return [says(row.problem)];
  if (row.actual === undefined || isAsPredicted(row)) return [];
  if (row.differs !== undefined) return [says(`gives ${row.actual}, and not ${row.predicted}. ${row.differs}`)];
  return [says(`gives ${row.actual}, and Inlayer said ${row.predicted}: a defect of Inlayer's, please report it`)];
}
