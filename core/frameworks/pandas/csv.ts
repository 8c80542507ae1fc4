import { int, str } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Column } from "./frame.ts";

/** A file of comma-separated values as `pandas.read_csv` reads it, from its beginning or from all of it. */

export interface CsvOptions {
  readonly separator: string;
  /** The row that names the columns; undefined where none does. */
  readonly header: number | undefined;
  readonly names: readonly string[] | undefined;
  readonly skipped: number;
  /** Rows at most. */
  readonly most: number | undefined;
}

/** The fields of a line; quotes keep what stands between them together. */
export function fields(line: string, separator: string): readonly string[] {
  if (!line.includes('"')) return line.split(separator);
  const parts: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i] ?? "";
    if (character === '"' && quoted && line[i + 1] === '"') field += line[++i];
    else if (character === '"') quoted = !quoted;
    else if (!quoted && line.startsWith(separator, i)) {
      parts.push(field);
      field = "";
      i += separator.length - 1;
    } else field += character;
  }
  return [...parts, field];
}

/** Lines with something in them. A line that was cut off at the end does not count. */
export function linesOf(text: string, whole: boolean): readonly string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return (whole ? lines : lines.slice(0, -1)).filter((line) => line.trim() !== "");
}

const MISSING = new Set(
  " #N/A #N/A N/A #NA -1.#IND -1.#QNAN -NaN -nan 1.#IND 1.#QNAN <NA> N/A NA NULL NaN None n/a nan null".split(" "),
);
const isMissing = (text: string): boolean => MISSING.has(text);
/** The type that pandas finds for a column. */
export function typeOf(cells: readonly string[]): DType | undefined {
  const given = cells.filter((it) => !isMissing(it));
  if (given.length === 0) return "float64";
  const whole = given.every((it) => /^\s*[+-]?\d+\s*$/.test(it));
  if (whole && given.some((it) => !Number.isSafeInteger(Number(it)))) return undefined;
  if (whole) return given.length === cells.length ? "int64" : "float64";
  if (given.every((it) => /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$|^[+-]?inf(inity)?$/i.test(it)))
    return "float64";
  if (given.every((it) => /^(true|false)$/i.test(it))) return given.length === cells.length ? "bool" : undefined;
  return "string";
}

/** Its type, and what stands in it where that are few and none is missing. */
function contentOf(cells: readonly string[]): Omit<Column, "label"> {
  const gaps = { rows: cells.length, at: cells.flatMap((it, i) => (isMissing(it) ? [i] : [])) };
  return { ...kindsOf(cells), gaps };
}
function kindsOf(cells: readonly string[]): Pick<Column, "dtype" | "values"> {
  const dtype = typeOf(cells);
  const isCounted = (dtype === "string" || dtype === "int64") && !cells.some(isMissing);
  const kinds = isCounted ? [...new Set(dtype === "int64" ? cells.map(Number).map(String) : cells)].sort() : [];
  return kinds.length === 0 || kinds.length > MOST_KINDS ? { dtype } : { dtype, values: { rows: cells.length, kinds } };
}
const MOST_KINDS = 1000;

/** Columns and rows; undefined where the file is empty. */
export function readCsv(
  text: string,
  whole: boolean,
  options: CsvOptions,
): { readonly columns: readonly Column[]; readonly rows: Dim } | undefined {
  const lines = linesOf(text, whole).slice(options.skipped);
  const first = lines[options.header ?? 0];
  if (first === undefined) return undefined;
  const head = fields(first, options.separator);
  const body = options.header === undefined ? lines : lines.slice(options.header + 1);
  const taken = options.most === undefined ? body : body.slice(0, options.most);
  const complete = whole || (options.most !== undefined && taken.length === options.most);
  const cells = complete && taken.length <= 20_000 ? taken.map((line) => fields(line, options.separator)) : undefined;
  const count = Math.max(head.length, options.names?.length ?? 0);
  const named = distinct(options.header === undefined ? undefined : head.map((it) => it));
  const columns = Array.from({ length: count }, (_, i): Column => {
    const name = options.names?.[i] ?? named?.[i];
    const label = name === undefined ? int(i) : str(name === "" ? `Unnamed: ${i}` : name);
    return { label, ...(cells === undefined ? { dtype: undefined } : contentOf(cells.map((row) => row[i] ?? ""))) };
  });
  const rows = complete
    ? taken.length
    : unknownDim("the file is too large to count its rows: they are known when it runs");
  return { columns, rows };
}
/** A name that stands there twice gets a number. */
function distinct(names: readonly string[] | undefined): readonly string[] | undefined {
  const seen = new Map<string, number>();
  return names?.map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}.${count}`;
  });
}
