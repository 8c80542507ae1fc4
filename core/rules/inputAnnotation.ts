import { type Dim, NONE } from "../tensor/dim.ts";
import { type DType, isDType } from "../tensor/dtype.ts";
import { Shape } from "../tensor/shape.ts";
import type { TensorType } from "../tensor/type.ts";

/**
 * `# inlayer: input (None, 28, 28, 1)`: what a model is called on, where the program does not say it. Docs:
 * docs/annotations.md.
 *
 *     annotation = "input" input { ";" input }
 *     input      = [ dtype ] "(" [ size { "," size } [ "," ] ] ")"
 *     size       = digits | "None"
 */
export type InputAnnotation =
  | { readonly inputs: readonly TensorType[]; readonly problem?: undefined }
  | { readonly problem: string };

/** A second `#` begins another remark. */
const DIRECTIVE = /#\s*inlayer:\s*(inputs?)\b([^#]*)/;
const INPUT = /^([A-Za-z_]\w*)?\s*\(([^()]*)\)$/;

/** Where the directive stands in a comment; undefined where it has none. */
export function inputDirective(comment: string): { readonly start: number; readonly end: number } | undefined {
  const match = DIRECTIVE.exec(comment);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].trimEnd().length };
}

/** What a comment says; undefined where it does not speak of inputs. */
export function readInputAnnotation(comment: string): InputAnnotation | undefined {
  const match = DIRECTIVE.exec(comment);
  if (match === null) return undefined;
  if (match[1] !== "input") return { problem: "the word is `input`, also for several: input (None, 8); (None, 3)" };
  return readInputs(match[2] ?? "");
}

/** The part behind the word: shapes in Keras's way of printing them, batch axis first. */
export function readInputs(text: string): InputAnnotation {
  const parts = text.split(";").map((it) => it.trim());
  const inputs: TensorType[] = [];
  for (const part of parts) {
    const read = readInput(part);
    if (typeof read === "string") return { problem: read };
    inputs.push(read);
  }
  return { inputs };
}

function readInput(text: string): TensorType | string {
  if (text === "") return "a shape is missing: input (None, 28, 28, 1)";
  const match = INPUT.exec(text);
  if (match === null) return `\`${text}\` is not a shape in parentheses, such as (None, 28, 28, 1)`;
  const [, word = "float32", inside = ""] = match;
  const dtype = dtypeOf(word);
  if (dtype === undefined) return `\`${word}\` is not a dtype that Keras has`;
  const items = inside.replace(/,\s*$/, "").split(",");
  const dims = items.map((it) => dimOf(it.trim()));
  const wrong = items.find((_, i) => dims[i] === undefined)?.trim();
  if (inside.trim() === "") return "a shape has at least the batch axis: (None, 28, 28, 1)";
  if (wrong !== undefined) return `\`${wrong}\` is no size: a size is a whole number, or None for any`;
  return { shape: new Shape(dims.filter((it) => it !== undefined)), dtype };
}

const dtypeOf = (word: string): DType | undefined => (isDType(word) ? word : undefined);
function dimOf(text: string): Dim | undefined {
  if (text === "None") return NONE;
  const size = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(size) && size > 0 ? size : undefined;
}
