import type { Argument, Expression } from "../python/syntax.ts";
import { argumentOf, type Clue, type Move, type Moves, type Site } from "./site.ts";

/** Another number: the one that it should be equal to, one in the same proportion, or the next. */
export const otherNumber: Moves = (site, clue) => {
  const { node } = site;
  if (node.kind !== "Constant" || node.value.kind !== "int" || typeof node.value.value === "bigint") return [];
  const isNegative = site.around[0]?.kind === "Unary" && site.around[0].op === "-";
  if (isNegative || isAside(site) || isDatum(site)) return [];
  const old = node.value.value;
  // How many rows go at once is rarely wrong.
  const weight = argumentOf(site)?.name === "batch_size" ? 0.4 : isNamed(site) ? 0.8 : 1;
  const found = new Map<number, number>();
  const isFactor = site.around[0]?.kind === "Binary" && /[*/]/.test(site.around[0].op);
  for (const [fresh, likelihood] of proposals(old, site, clue)) {
    // Without it rather than times one.
    if (fresh !== old && !(isFactor && fresh === 1) && !found.has(fresh)) found.set(fresh, likelihood);
  }
  return [...found].flatMap(([fresh, likelihood]): readonly Move[] => {
    const names = isNamed(site) ? [] : clue.variables.filter(({ number }) => number === fresh && fresh > 1);
    const texts = [...names.map(({ name }) => name), String(fresh)];
    return texts.map((newText) => ({ edits: [{ span: node.span, newText }], likelihood: likelihood * weight }));
  });
};

/** Numbers that say nothing of shapes. */
const ASIDE = /^(?:epochs|verbose|seed|random_state|test_size|name|workers|rate|alpha|patience)$/;
const isAside = (site: Site): boolean => ASIDE.test(argumentOf(site)?.name ?? "");

/** One of many numbers: data, rather than a shape. */
const isDatum = ({ around: [list, outer] }: Site): boolean =>
  (list?.kind === "List" || list?.kind === "Tuple") && (list.items.length > 5 || outer?.kind === "List");
/** It says what stands for data that a person has, and these are as they are. */
export const isMadeUp = ({ node, around: [outer, ...others] }: Site): boolean =>
  [node, outer, ...others].some(makesUp) ||
  (node.kind === "Constant" && outer?.kind === "Binary" && [outer.left, outer.right].some(makesUp));
const makesUp = (it: Expression | Argument | undefined): boolean =>
  it?.kind === "Call" && it.callee.kind === "Attribute" && MAKING.test(it.callee.name);
/** What has a name of its own was thought of, and is used elsewhere too. */
const isNamed = ({ node, statement }: Site): boolean => statement.kind === "Assign" && statement.value === node;
const MAKING = /^(?:rand\w*|normal|uniform|standard_normal|choice|zeros|ones|full|empty|arange|linspace)$/;

function* proposals(old: number, site: Site, { clashes }: Clue): Generator<readonly [number, number]> {
  const isAxis = /^(?:axis|axes|dims?)$/.test(argumentOf(site)?.name ?? "");
  // A single place among few, rather than a size.
  const isPlace = isAxis || (site.around[0]?.kind === "Subscript" && site.around[0].index === site.node);
  if (!isPlace && old > 0) {
    for (const [had, wanted] of clashes) {
      if (old === had) yield [wanted, wanted === 1 ? 0.5 : 1];
      else if ((old * wanted) % had === 0) yield [(old * wanted) / had, 0.5];
      if (old + wanted - had > 0) yield [old + wanted - had, 0.4];
      yield [wanted, 0.3];
    }
  }
  if (old > 4) return;
  for (const fresh of isPlace ? [old - 1, old + 1, 0, 1, 2, -1] : [old - 1, old + 1]) {
    if (fresh > 0 || isPlace) yield [fresh, isAxis ? (fresh === 0 ? 0.4 : 0.6) : 0.3];
  }
}
