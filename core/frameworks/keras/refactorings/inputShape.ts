import type { Refactoring, RefactoringSite } from "../../../refactoring.ts";
import { indentBefore } from "../edits/source.ts";
import { saidInput, spelledHere } from "./firstInput.ts";
import { layerListHere } from "./layerList.ts";

/** `Dense(64, input_shape=(4,))` at the beginning of a Sequential → `keras.Input(shape=(4,))` before `Dense(64)`. */
export function toInput(site: RefactoringSite): Refactoring | undefined {
  const list = layerListHere(site);
  const [first] = list?.items ?? [];
  const said = first && saidInput(first, site.text);
  if (first === undefined || said === undefined || first.node.kind !== "Call") return undefined;
  const input = spelledHere("Input", site, { call: first.node, base: first.base });
  if (input === undefined) return undefined;
  const written = `${input.text}(${said.args})`;
  const { start } = first.added ?? first.span;
  const indent = indentBefore(site.text, start);
  const line = first.added === undefined ? written : `${site.text.slice(start, first.span.start)}${written})`;
  const comma = first.added === undefined ? "," : "";
  const newText = indent === undefined ? `${line}${comma} ` : `${line}${comma}\n${indent}`;
  return {
    title: `Say the input with ${written}`,
    kind: "rewrite.input",
    edits: [...input.imports, { span: { start, end: start }, newText }, said.drop],
  };
}
