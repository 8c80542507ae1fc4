import { type FileArray, readNpy } from "./npy.ts";

/** Arrays by their names in the file; of a file that holds one, by "". */
export type FileArrays = ReadonlyMap<string, FileArray>;

/** What an `.npy`, `.npz` or `.csv` holds; or why it cannot be read. */
export async function readInput(name: string, bytes: Uint8Array): Promise<FileArrays | { readonly problem: string }> {
  if (/\.csv$/i.test(name)) return one(readCsv(new TextDecoder().decode(bytes)));
  if (!/\.npz$/i.test(name)) return one(readNpy(bytes));
  const { unzipSync } = await import("fflate");
  let entries: Readonly<Record<string, Uint8Array>>;
  try {
    entries = unzipSync(bytes);
  } catch {
    return { problem: "it is no archive of NumPy's" };
  }
  const arrays = new Map<string, FileArray>();
  for (const [entry, content] of Object.entries(entries)) {
    const array = readNpy(content);
    if ("problem" in array) return { problem: `${entry}: ${array.problem}` };
    arrays.set(entry.replace(/\.npy$/, ""), array);
  }
  return arrays;
}
const one = (array: FileArray | { readonly problem: string }): FileArrays | { readonly problem: string } =>
  "problem" in array ? array : new Map([["", array]]);

/** Rows of numbers; a first line of words is the header. */
export function readCsv(text: string): FileArray | { readonly problem: string } {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const rows = lines.map((line) => line.split(",").map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell))));
  const isHeader = rows[0]?.some(Number.isNaN) === true && rows.length > 1;
  const body = isHeader ? rows.slice(1) : rows;
  const width = body[0]?.length ?? 0;
  for (const [i, row] of body.entries()) {
    const line = i + (isHeader ? 2 : 1);
    if (row.length !== width) return { problem: `line ${line} has ${row.length} columns, and the first has ${width}` };
    if (row.some(Number.isNaN)) return { problem: `line ${line} holds what is no number` };
  }
  return { shape: [body.length, width], values: Float64Array.from(body.flat()) };
}
