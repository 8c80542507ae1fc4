import type { TextEdit } from "../../../interpreter/framework.ts";
import { variablesIn } from "../../../python/search.ts";
import type { Refactoring, RefactoringSite } from "../../../refactoring.ts";
import { applyEdits } from "../../../text/edits.ts";
import { shifted } from "../../../text/span.ts";
import { indentBefore } from "../edits/source.ts";
import { isInput, saidInput, spelledHere } from "./firstInput.ts";
import { type Item, type LayerList, layerListHere } from "./layerList.ts";

/** A Sequential, as a list or with `add`s, → a functional model: a line for each layer, comments kept. */
export function toFunctional(site: RefactoringSite): Refactoring | undefined {
  const list = layerListHere(site);
  const input = list && inputOf(list, site);
  const model = list && spelledHere("Model", site, list);
  if (list === undefined || input === undefined || model === undefined) return undefined;
  const layers = list.items.slice(input.own ? 1 : 0);
  if (layers.length === 0 || hasOtherArguments(list)) return undefined;
  const names = freeNames(site);
  const lines = [`${names.inputs} = ${input.text}${commentsBehind(list, 0, site, input.own)}`];
  layers.forEach((item, i) => {
    const at = list.items.indexOf(item);
    const from = i === 0 ? names.inputs : names.between;
    const to = i === layers.length - 1 ? names.outputs : names.between;
    const written = textOf(item, site, list.indent, i === 0 ? input.drop : undefined);
    lines.push(`${to} = ${written}(${from})${commentsBehind(list, at, site, true)}`);
  });
  const options = list.call.args.filter((it) => it.kind === "keyword" && it.name !== "layers");
  const kept = options.map(({ span }) => `, ${site.text.slice(list.base + span.start, list.base + span.end)}`).join("");
  lines.push(`${list.lead}${model.text}(${names.inputs}, ${names.outputs}${kept})`);
  const newText = lines.join(`\n${list.indent}`);
  const imports = [...input.imports, ...model.imports].filter((it) => it.newText !== "");
  return {
    title: "Write it as a functional model",
    kind: "rewrite.functional",
    edits: [...imports, { span: list.span, newText }],
  };
}

const hasOtherArguments = ({ call }: LayerList): boolean =>
  call.args.some((it) => it.kind === "keyword" && !["layers", "name", "trainable"].includes(it.name ?? ""));

interface Begin {
  readonly text: string;
  readonly imports: readonly TextEdit[];
  /** The Sequential has a layer of its own for it. */
  readonly own: boolean;
  readonly drop: TextEdit | undefined;
}
/** The input as the list says it: an `Input` in front, or by arguments of its first layer. */
function inputOf({ items, indent }: LayerList, site: RefactoringSite): Begin | undefined {
  const [first] = items;
  if (first === undefined || first.node.kind !== "Call") return undefined;
  if (isInput(first)) return { text: textOf(first, site, indent), imports: [], own: true, drop: undefined };
  const said = saidInput(first, site.text);
  const input = said && spelledHere("Input", site, { call: first.node, base: first.base });
  if (said === undefined || input === undefined) return undefined;
  return { text: `${input.text}(${said.args})`, imports: input.imports, own: false, drop: said.drop };
}

/** Names that nothing in the file uses for anything. */
function freeNames({ module }: RefactoringSite) {
  const used = variablesIn(module);
  const free = (...names: readonly string[]) => names.find((it) => !used.has(it)) ?? `${names[0]}_`;
  return {
    inputs: free("inputs", "model_inputs"),
    between: free("x", "hidden", "features"),
    outputs: free("outputs", "model_outputs"),
  };
}

/** The layer as it is written, further lines moved as the first one is; in brackets where a call would bind closer. */
function textOf({ node, span }: Item, { text }: RefactoringSite, indent: string, drop?: TextEdit): string {
  const own = text.slice(span.start, span.end);
  const edits = drop === undefined ? [] : [{ span: shifted(drop.span, -span.start), replacement: drop.newText }];
  const written = applyEdits(own, edits) ?? own;
  const depth = (indentBefore(text, span.start) ?? indent).length - indent.length;
  const moved = depth > 0 ? written.replace(new RegExp(`\\n[ \\t]{${depth}}`, "g"), "\n") : written;
  return ["Call", "Name", "Attribute", "Subscript"].includes(node.kind) ? moved : `(${moved})`;
}

/** What is said of a layer behind it on its line, and on lines of its own before the next one. */
function commentsBehind({ items, span, indent }: LayerList, at: number, site: RefactoringSite, own: boolean): string {
  const item = items[at];
  if (!own || item === undefined) return "";
  const end = (item.added ?? item.span).end;
  const next = items[at + 1];
  const until = next === undefined ? span.end : (next.added ?? next.span).start;
  const found = site.module.comments.filter(({ offset }) => end <= offset && offset < until);
  return found
    .map(({ offset, text }) => (site.text.slice(end, offset).includes("\n") ? `\n${indent}${text}` : `  ${text}`))
    .join("");
}
