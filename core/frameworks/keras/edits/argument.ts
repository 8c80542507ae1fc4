import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import { findCall } from "../../../python/search.ts";
import type { Argument, Module } from "../../../python/syntax.ts";
import type { Span } from "../../../text/span.ts";
import { inserted, type Source } from "./source.ts";

/** `padding="same"` among a call's arguments: in the place of the one of that name, else behind the last. */
export function setArgument({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  if (found === undefined) return undefined;
  const { call, base } = found;
  const old = call.args.find((it) => it.name === text.slice(0, text.indexOf("=")));
  if (old !== undefined) return [{ span: { start: base + old.span.start, end: base + old.span.end }, newText: text }];
  const last = call.args.at(-1);
  if (last?.kind === "stars") return undefined;
  return last === undefined
    ? inserted(base + call.argsSpan.start + 1, text)
    : inserted(base + last.span.end, `, ${text}`);
}

/** `, x`: behind the first of a call's arguments. */
export function behindFirst({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const first = found?.call.args[0];
  return found === undefined || first === undefined ? undefined : inserted(found.base + first.span.end, text);
}

/** The same where it may be the second of those that are given by their places. */
export function setSecond(edit: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const given = found?.call.args.slice(0, 2);
  const second = given?.every(({ kind }) => kind === "positional") === true ? given[1]?.value : undefined;
  if (found === undefined || second === undefined) return setArgument(edit, span, source);
  const at = { start: found.base + second.span.start, end: found.base + second.span.end };
  return [{ span: at, newText: edit.text.slice(edit.text.indexOf("=") + 1) }];
}

/** `Flatten(x)` → `Flatten()(x)`: before the arguments of a call. */
export function beforeArguments({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  return found === undefined ? undefined : inserted(found.base + found.call.argsSpan.start, text);
}

/** `n_features=14` for the parameter of a function of this file's, in a call of it. */
export function setParameter({ text }: PlacedEdit, span: Span, { module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  if (found === undefined || found.call.callee.kind !== "Name") return undefined;
  const { call, base } = found;
  const { name: callee } = found.call.callee;
  const [parameter, value = ""] = text.split("=");
  const index = parametersOf(module, callee).findIndex((it) => it.name === parameter);
  const given =
    call.args.find((it) => it.name === parameter) ?? call.args.filter((it) => it.kind === "positional")[index];
  if (index < 0 || given === undefined) return undefined;
  const at = { start: base + given.value.span.start, end: base + given.value.span.end };
  return [{ span: at, newText: value }];
}

/** Those that a call gives to a function of the file, or to the constructor of a class. */
function parametersOf(module: Module, name: string): readonly { readonly name: string }[] {
  for (const { statement: it } of module.entries) {
    if (it.kind === "FunctionDef" && it.name === name) return it.params;
    if (it.kind !== "ClassDef" || it.name !== name) continue;
    for (const { statement: own } of it.body.entries)
      if (own.kind === "FunctionDef" && own.name === "__init__") return own.params.slice(1);
  }
  return [];
}

/** `training=`: before an argument that was given by its place. */
export const asKeyword = ({ text }: PlacedEdit, span: Span): readonly TextEdit[] => inserted(span.start, `${text}=`);

/** An argument less, by its name or, `#1`, by its place; and the comma before or behind it. */
export function dropArgument({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const isIt = ({ name, kind }: Argument, i: number) => name === text || (kind === "positional" && `#${i}` === text);
  const at = found?.call.args.findIndex(isIt) ?? -1;
  const old = found?.call.args[at];
  if (found === undefined || old === undefined) return undefined;
  const { base, call } = found;
  const start = call.args[at - 1]?.span.end ?? old.span.start;
  const end = at > 0 ? old.span.end : (call.args[at + 1]?.span.start ?? old.span.end);
  return [{ span: { start: base + start, end: base + end }, newText: "" }];
}
