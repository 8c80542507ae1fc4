import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import { type Found, findCall } from "../../../python/search.ts";
import type { Argument, Call, Module } from "../../../python/syntax.ts";
import { type Span, shifted } from "../../../text/span.ts";
import { dropArgument } from "./argument.ts";
import { indentBefore, inserted, type Source } from "./source.ts";
import { spelledInFull, spelledLike } from "./spelling.ts";

/**
 * The new layer, spelled as the old one is, where the old one stands: in a list, in an `.add`, or around an argument.
 */
export const layerBefore = ({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined => {
  const found = findCall(source.module, span);
  return found === undefined ? undefined : placedBefore(text, found, span, source);
};
/** `batch_input_shape`: what that argument says of the input is said by an Input of its own, before the layer. */
export function inputBefore(edit: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const value = found?.call.args.find(({ name }) => name === edit.text)?.value.span;
  if (found === undefined || value === undefined) return undefined;
  const shape = source.text.slice(found.base + value.start, found.base + value.end);
  const input = layerBefore({ ...edit, text: `Input(batch_shape=${shape})` }, span, source);
  const rest = dropArgument(edit, span, source);
  return input && rest && [...input, ...rest];
}
/** `x[:, -1]` where the tensor stands in the text, else a layer that takes the last step. */
export function lastStep({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  if (found === undefined) return undefined;
  const argument = argumentOf(found);
  return argument === undefined
    ? placedBefore(text, found, span, source)
    : inserted(found.base + argument.span.end, "[:, -1]");
}

/** The layer goes: out of a list with its comma, with its `.add`, or from around its argument. */
export function withoutLayer(_: PlacedEdit, span: Span, { text, module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  if (found === undefined) return undefined;
  const { parent, statement, base } = found;
  if (parent?.kind === "List") {
    const end = span.end + (/^\s*,\s*/.exec(text.slice(span.end))?.[0].length ?? 0);
    return [{ span: { start: span.start, end }, newText: "" }];
  }
  if (statement.kind === "ExpressionStatement" && statement.value === parent) {
    return [{ span: wholeLine(statement.span, base, text), newText: "" }];
  }
  const argument = argumentOf(found);
  const outer = parent?.kind === "Call" ? parent : undefined;
  if (argument === undefined || outer === undefined) return undefined;
  const kept = text.slice(base + argument.span.start, base + argument.span.end);
  const [target] = statement.kind === "Assign" && statement.value === outer ? statement.targets : [];
  // `x = layer(x)`: nothing is left to say.
  if (target?.kind === "Name" && target.name === kept)
    return [{ span: wholeLine(statement.span, base, text), newText: "" }];
  return [{ span: { start: base + outer.span.start, end: base + outer.span.end }, newText: kept }];
}

/** A statement with its line. */
function wholeLine({ start, end }: Span, base: number, text: string): Span {
  const last = base + end - start;
  return { start: text.lastIndexOf("\n", base - 1) + 1, end: last + (text[last] === "\n" ? 1 : 0) };
}

/** Around the one argument of a call of a layer that was made elsewhere: `self.out(x)` → `self.out(Flatten()(x))`. */
export function aroundInput({ text }: PlacedEdit, span: Span, { module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  const [argument] = found?.call.args ?? [];
  if (found === undefined || argument?.kind !== "positional") return undefined;
  return around(text, shifted(argument.span, found.base), module);
}
/** The layer, as the file writes Keras's names, called on what stands at the span. */
export function around(layer: string, { start, end }: Span, module: Module): readonly TextEdit[] | undefined {
  const open = layer.indexOf("(");
  const written = spelledInFull(`layers.${layer.slice(0, open)}`, module);
  if (written === undefined) return undefined;
  return [...written.imports, ...inserted(start, `${written.text}${layer.slice(open)}(`), ...inserted(end, ")")];
}

/** `1 Add Flatten()`: around that tensor of the list which a merge is called on; the layer spelled as the merge is. */
export function aroundItem({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const [index = "", , ...layer] = text.split(" ");
  const found = findCall(source.module, span);
  const call = found === undefined ? undefined : (applicationOf(found) ?? found.call);
  const list = call?.args[0]?.value;
  const item = list?.kind === "List" || list?.kind === "Tuple" ? list.items[Number(index)] : undefined;
  if (found === undefined || call === undefined || item === undefined) return undefined;
  const maker = call.callee.kind === "Call" ? call.callee : call;
  const spelled = spelledLike(layer.join(" "), maker, found.base, source);
  if (spelled === undefined) return undefined;
  const { start, end } = item.span;
  const around = [...inserted(found.base + start, `${spelled.text}(`), ...inserted(found.base + end, ")")];
  return [...spelled.imports, ...around];
}

/** `1 c2`: another expression for that tensor of the list which a merge is called on. */
export function otherItem({ text }: PlacedEdit, span: Span, { module }: Source): readonly TextEdit[] | undefined {
  const [index = "", fresh = ""] = text.split(" ");
  const found = findCall(module, span);
  const call = found === undefined ? undefined : (applicationOf(found) ?? found.call);
  const list = call?.args[0]?.value;
  const item = list?.kind === "List" || list?.kind === "Tuple" ? list.items[Number(index)] : undefined;
  if (found === undefined || item?.kind !== "Name") return undefined;
  const at = { start: found.base + item.span.start, end: found.base + item.span.end };
  return [{ span: at, newText: fresh }];
}

/** The same behind it: the next in the list, an `.add` of its own, or around the call. */
export function layerAfter({ text: layer }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const spelled = found && spelledLike(layer, found.call, found.base, source);
  if (found === undefined || spelled === undefined) return undefined;
  const { parent, statement, base } = found;
  const { text } = source;
  if (parent?.kind === "List") {
    const indent = indentBefore(text, span.start);
    const after = indent === undefined ? `, ${spelled.text}` : `,\n${indent}${spelled.text}`;
    return [...spelled.imports, ...inserted(span.end, after)];
  }
  const added = inAdd(spelled.text, found, source)?.[0];
  if (added !== undefined) {
    const indent = indentBefore(text, base) ?? "";
    const end = base + statement.span.end - statement.span.start;
    return [...spelled.imports, ...inserted(end, `\n${indent}${added.newText.trim()}`)];
  }
  const outer = applicationOf(found);
  if (outer === undefined) return undefined;
  const { start, end } = outer.span;
  return [...spelled.imports, ...inserted(base + start, `${spelled.text}(`), ...inserted(base + end, ")")];
}

function placedBefore(layer: string, found: Found, span: Span, source: Source): readonly TextEdit[] | undefined {
  const spelled = spelledLike(layer, found.call, found.base, source);
  if (spelled === undefined) return undefined;
  const { text, imports } = spelled;
  const place = inList(text, found, span, source) ?? inAdd(text, found, source) ?? aroundArgument(text, found);
  return place === undefined ? undefined : [...imports, ...place];
}

function inList(layer: string, { parent }: Found, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  if (parent?.kind !== "List" && parent?.kind !== "Tuple") return undefined;
  const indent = indentBefore(text, span.start);
  return inserted(span.start, indent === undefined ? `${layer}, ` : `${layer},\n${indent}`);
}

/** `model.add(old)` gets a line `model.add(new)` before it. */
function inAdd(layer: string, { parent, statement, base }: Found, { text }: Source): readonly TextEdit[] | undefined {
  if (statement.kind !== "ExpressionStatement" || statement.value !== parent || parent.kind !== "Call")
    return undefined;
  const { callee } = parent;
  if (callee.kind !== "Attribute" || callee.name !== "add") return undefined;
  const indent = indentBefore(text, base);
  if (indent === undefined) return undefined;
  const model = text.slice(base + callee.span.start, base + callee.span.end);
  return inserted(base, `${model}(${layer})\n${indent}`);
}

/** `Dense(10)(x)` → `Dense(10)(Flatten()(x))`. */
function aroundArgument(layer: string, found: Found): readonly TextEdit[] | undefined {
  const argument = argumentOf(found);
  if (argument === undefined) return undefined;
  const { start, end } = argument.span;
  return [...inserted(found.base + start, `${layer}(`), ...inserted(found.base + end, ")")];
}
/** The call of a layer where it is made: `Dense(10)(x)`. */
const applicationOf = ({ call, parent }: Found): Call | undefined =>
  parent?.kind === "Call" && parent.callee === call ? parent : call.callee.kind === "Call" ? call : undefined;
/** The one tensor that it is called on there. */
function argumentOf(found: Found): Argument | undefined {
  const applied = applicationOf(found);
  const [first] = applied?.args ?? [];
  return applied?.args.length === 1 && first?.kind === "positional" ? first : undefined;
}
