import { argumentOf, type Move, type Moves } from "./site.ts";

/** The other of two: `True` and `False`, `"same"` and `"valid"`. */
export const otherWord: Moves = (site, { text }) => {
  const { node } = site;
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
