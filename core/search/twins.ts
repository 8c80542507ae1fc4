import type { Expression, Statement } from "../python/syntax.ts";
import { isSister } from "./names.ts";
import { type Move, madeBy, type Site, sitesOf, type Variable } from "./site.ts";
import type { Placed } from "./slice.ts";

/** A statement with the move that makes its like for another variable. */
export interface Twin {
  readonly placed: Placed;
  readonly site: Site;
  readonly move: Move;
}

/**
 * What is done to `x_train` and to nothing else, done to `x_test` as well: the statement once more behind itself, with
 * the other name.
 */
export function twins(
  all: readonly Placed[],
  text: string,
  /** Variables that the finding depends on, which can be seen from a place. */
  visibleAt: (start: number) => readonly Variable[],
): readonly Twin[] {
  const changed = all.map(({ statement }) => changedBy(statement));
  const names = new Set(changed);
  return all.flatMap((placed, i): readonly Twin[] => {
    const { statement, span } = placed;
    const name = changed[i];
    if (name === undefined) return [];
    const site = sitesOf(statement).find(({ node }) => statement.kind === "Assign" && node === statement.value);
    if (site === undefined) return [];
    const own = text.slice(span.start, span.end);
    const line = text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start);
    const indent = /^\s*$/.test(line) ? line : "";
    return visibleAt(span.start).flatMap((it): readonly Twin[] => {
      if (!isSister(name, it.name) || names.has(it.name)) return [];
      const copy = own.replace(new RegExp(`\\b${name}\\b`, "g"), it.name);
      const at = { start: own.length, end: own.length };
      const edits = [{ span: at, newText: `\n${indent}${copy}` }];
      return [{ placed, site, move: { title: copy, edits, likelihood: 0.8, isEvident: true } }];
    });
  });
}

/** `x` of `x = f(x)`, and of what does that to a part of it or to its own method. */
function changedBy(statement: Statement): string | undefined {
  const { name, call } = madeBy(statement) ?? {};
  const given = call === undefined ? [] : [call.callee, ...call.args.map((it) => it.value)];
  return given.some((it) => rootOf(it) === name) ? name : undefined;
}
function rootOf(it: Expression): string | undefined {
  if (it.kind === "Name") return it.name;
  return it.kind === "Attribute" || it.kind === "Subscript" ? rootOf(it.object) : undefined;
}
