import type { Attribute } from "../python/syntax.ts";
import { argumentOf, type Move, type Moves } from "./site.ts";

/** The other of two: `True` and `False`, `"same"` and `"valid"`. */
export const otherWord: Moves = (site, { text }) => {
  const { node } = site;
  if (node.kind === "Call" && node.callee.kind === "Attribute") return otherFunction(node.callee, text);
  if (node.kind !== "Constant" || argumentOf(site)?.kind !== "keyword") return [];
  const said = text.slice(node.span.start, node.span.end);
  const other = OTHER.flatMap(([a, b]) =>
    said.includes(a) ? [said.replace(a, b)] : said.includes(b) ? [said.replace(b, a)] : [],
  );
  return other.map((newText): Move => ({ edits: [{ span: node.span, newText }], likelihood: 0.5 }));
};
const OTHER = [
  ["True", "False"],
  ["same", "valid"],
] as const;

/** Arrays are put along an axis that they have, or along one more. */
function otherFunction({ name, span }: Attribute, text: string): readonly Move[] {
  const other = name === "concatenate" || name === "vstack" ? "stack" : name === "stack" ? "concatenate" : undefined;
  if (other === undefined) return [];
  const end = span.end;
  if (text.slice(end - name.length, end) !== name) return [];
  return [{ edits: [{ span: { start: end - name.length, end }, newText: other }], likelihood: 0.6 }];
}
