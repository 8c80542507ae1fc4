import { findCall } from "../../../python/search.ts";
import type { Call, Expression, Statement } from "../../../python/syntax.ts";
import type { RefactoringSite } from "../../../refactoring.ts";
import { type Span, shifted } from "../../../text/span.ts";
import { indentBefore } from "../edits/source.ts";
import { inBlock, length, modelHere } from "./place.ts";

/** A layer that a Sequential is given: an item of its list, or the argument of an `add`. */
export interface Item {
  readonly node: Expression;
  /** Where the spans of its statement's nodes begin. */
  readonly base: number;
  readonly span: Span;
  /** Of an `add`, the statement. */
  readonly added: Span | undefined;
}
/** How a Sequential is written. */
export interface LayerList {
  readonly call: Call;
  readonly base: number;
  /** The blanks before its statement. */
  readonly indent: string;
  /** `model = `, `return `: what stands before the call in its statement. */
  readonly lead: string;
  readonly items: readonly Item[];
  /** From its statement to the last `add` that follows it at once. */
  readonly span: Span;
}

/** The Sequential at the place, where all of its layers stand in a list and in `add`s behind it. */
export function layerListHere(site: RefactoringSite): LayerList | undefined {
  const model = modelHere(site);
  const found = model?.kind === "sequential" ? findCall(site.module, model.span) : undefined;
  if (found === undefined) return undefined;
  const { call, base, statement } = found;
  const indent = indentBefore(site.text, base);
  const target = targetOf(statement, call);
  const items = listed(call, base);
  if (indent === undefined || target === undefined || items === undefined) return undefined;
  const added = addsBehind(site, base, site.text.slice(base + target.start, base + target.end));
  const lead = site.text.slice(base, base + call.span.start);
  const end = added.at(-1)?.added?.end ?? base + length(statement);
  return { call, base, indent, lead, items: [...items, ...added], span: { start: base, end } };
}

/** What the model is bound to; an empty span where it is returned. */
function targetOf(it: Statement, call: Call): Span | undefined {
  if (it.kind === "Return" && it.value === call) return { start: 0, end: 0 };
  if (it.kind !== "Assign" || it.value !== call || it.targets.length !== 1) return undefined;
  const [target] = it.targets;
  return target?.kind === "Name" || target?.kind === "Attribute" ? target.span : undefined;
}

function listed({ args }: Call, base: number): readonly Item[] | undefined {
  const given = args.find((it) => it.name === "layers" || it.kind === "positional");
  if (args.some(({ kind }) => kind === "star" || kind === "stars")) return undefined;
  if (given === undefined) return [];
  const { value } = given;
  if (value.kind !== "List" && value.kind !== "Tuple") return undefined;
  if (value.items.some((it) => it.kind === "Starred" || it.kind === "BrokenExpression")) return undefined;
  return value.items.map((node) => ({ node, base, span: shifted(node.span, base), added: undefined }));
}

/** `model.add(…)`, one after the other. */
function addsBehind({ module, text }: RefactoringSite, start: number, target: string): readonly Item[] {
  const items: Item[] = [];
  for (const { statement, start: base } of inBlock(module, start)?.following ?? []) {
    const call = statement.kind === "ExpressionStatement" ? statement.value : undefined;
    if (call?.kind !== "Call" || call.callee.kind !== "Attribute" || call.callee.name !== "add") break;
    const object = shifted(call.callee.object.span, base);
    const [only, ...more] = call.args;
    if (target === "" || text.slice(object.start, object.end) !== target) break;
    if (only?.kind !== "positional" || more.length > 0) break;
    const added = { start: base, end: base + length(statement) };
    items.push({ node: only.value, base, span: shifted(only.value.span, base), added });
  }
  return items;
}
