import { unzipped } from "../workspace/archive.ts";
import { type FileArray, readNpy } from "./npy.ts";

/** Arrays by their names in the file; of a file that holds one, by "". */
export type FileArrays = ReadonlyMap<string, FileArray>;

/** What an `.npy`, `.npz` or `.csv` holds; or why it cannot be read. */
export async function readInput(name: string, bytes: Uint8Array): Promise<FileArrays | { readonly problem: string }> {
  if (/\.csv$/i.test(name)) return one(readCsv(new TextDecoder().decode(bytes)));
  if (!/\.np[yz]$/i.test(name)) return { problem: "an input is an .npy, an .npz, a .csv or a picture, .png or .jpg" };
  if (/y$/i.test(name)) return one(readNpy(bytes));
  let entries: Readonly<Record<string, Uint8Array>>;
  try {
    entries = unzipped(bytes);
  } catch {
    return { problem: "it is no archive of NumPy's, or damaged or cut off: write or fetch it again" };
  }
  if (Object.keys(entries).length === 0) return { problem: "it holds no array" };
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

/** Rows of numbers, between commas, semicolons or tabs; a first line with a word in it is the header. */
export function readCsv(text: string): FileArray | { readonly problem: string } {
  const lines = [
    ...text
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/)
      .entries(),
  ].filter(([, line]) => line.trim() !== "");
  const [first] = lines;
  if (first === undefined) return { problem: "it holds nothing" };
  const separator = [",", ";", "\t"].find((it) => first[1].includes(it)) ?? ",";
  const cellsOf = (line: string): readonly string[] =>
    line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const isHeader = cellsOf(first[1]).some((cell) => cell !== "" && numberIn(cell) === undefined);
  const body = isHeader ? lines.slice(1) : lines;
  if (body.length === 0) return { problem: "it holds a header and no rows" };
  const width = cellsOf(first[1]).length;
  const values: number[] = [];
  for (const [i, line] of body) {
    const cells = cellsOf(line);
    if (cells.length !== width)
      return { problem: `line ${i + 1} has ${cells.length} columns, and the first has ${width}` };
    const numbers = cells.map(numberIn);
    const wrong = numbers.indexOf(undefined);
    const cell = cells[wrong];
    if (cell !== undefined)
      return { problem: `line ${i + 1}, column ${wrong + 1} ${cell === "" ? "is empty" : `is '${cell}', no number`}` };
    for (const number of numbers) values.push(number ?? Number.NaN);
  }
  return { shape: [body.length, width], values: Float64Array.from(values) };
}
/** Also Python's words for what is no finite number. */
function numberIn(cell: string): number | undefined {
  if (/^[-+]?inf(inity)?$/i.test(cell))
    return cell.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(cell)) return Number.NaN;
  const number = Number(cell);
  return cell === "" || Number.isNaN(number) ? undefined : number;
}
