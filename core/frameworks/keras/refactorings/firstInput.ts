import type { TextEdit } from "../../../interpreter/framework.ts";
import type { Argument, Call } from "../../../python/syntax.ts";
import type { RefactoringSite } from "../../../refactoring.ts";
import { rootOf, spelledLike } from "../edits/spelling.ts";
import type { Item } from "./layerList.ts";

/** What a first layer says of the input, as arguments of `Input`. */
export interface SaidInput {
  readonly args: string;
  /** The layer without it. */
  readonly drop: TextEdit;
}

/** `input_shape=(4,)` → `shape=(4,)`; an Embedding's `input_dim` is another thing. */
export function saidInput({ node, base }: Item, text: string): SaidInput | undefined {
  if (node.kind !== "Call") return undefined;
  const said = node.args.find((it) => it.kind === "keyword" && ARGUMENTS.has(it.name ?? ""));
  if (said === undefined || (said.name === "input_dim" && calleeName(node) === "Embedding")) return undefined;
  const value = text.slice(base + said.value.span.start, base + said.value.span.end);
  const args = ARGUMENTS.get(said.name ?? "")?.(value);
  return args === undefined ? undefined : { args, drop: dropped(node, said, base) };
}
const ARGUMENTS: ReadonlyMap<string, (value: string) => string> = new Map([
  ["input_shape", (value) => `shape=${value}`],
  ["input_dim", (value) => `shape=(${value},)`],
  ["batch_input_shape", (value) => `batch_shape=${value}`],
]);

/** An argument less, with the comma before or behind it. */
function dropped({ args }: Call, old: Argument, base: number): TextEdit {
  const at = args.indexOf(old);
  const start = args[at - 1]?.span.end ?? old.span.start;
  const end = at > 0 ? old.span.end : (args[at + 1]?.span.start ?? old.span.end);
  return { span: { start: base + start, end: base + end }, newText: "" };
}

const calleeName = ({ callee }: Call): string =>
  callee.kind === "Attribute" || callee.kind === "Name" ? callee.name : "";
export const isInput = ({ node }: Item): boolean => node.kind === "Call" && calleeName(node) === "Input";

/** How the file writes a name of `keras`: as it is imported, under the root that it imports, or beside a neighbour. */
export function spelledHere(
  name: string,
  { text, module }: RefactoringSite,
  neighbour: { readonly call: Call; readonly base: number },
): { readonly text: string; readonly imports: readonly TextEdit[] } | undefined {
  for (const { statement } of module.entries) {
    if (statement.kind === "ImportFrom" && statement.names.some((it) => it.name === name && it.alias === undefined))
      return { text: name, imports: [] };
  }
  for (const { statement } of module.entries) {
    const root = statement.kind === "Import" || statement.kind === "ImportFrom" ? rootOf(statement) : undefined;
    if (root !== undefined) return { text: `${root}.${name}`, imports: [] };
  }
  const spelled = spelledLike(`${name}(`, neighbour.call, neighbour.base, { text, module });
  return spelled && { text: spelled.text.slice(0, -1), imports: spelled.imports };
}
