import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import { findCall } from "../../../python/search.ts";
import type { Call, Expression } from "../../../python/syntax.ts";
import { type Span, shifted } from "../../../text/span.ts";
import { inserted, type Source } from "./source.ts";

/** Edits of what a script does with its arrays. */

/** `#0 24 #1`: the target of a reshape; `#1` for what stands there as its second size. */
export function reshape({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = findCall(source.module, span);
  const items = found === undefined ? undefined : targetOf(found.call);
  const [first, last] = [items?.[0], items?.at(-1)];
  if (found === undefined || items === undefined || first === undefined || last === undefined) return undefined;
  const { base } = found;
  const words = text.split(" ").map((token) => {
    const item = token.startsWith("#") ? items[Number(token.slice(1))] : undefined;
    return item === undefined ? token : source.text.slice(base + item.span.start, base + item.span.end);
  });
  if (words.some((it) => it.startsWith("#"))) return undefined;
  return [{ span: { start: base + first.span.start, end: base + last.span.end }, newText: words.join(", ") }];
}

/** The sizes of `x.reshape(2, 3)`, `x.reshape((2, 3))`, `np.reshape(x, (2, 3))`. */
function targetOf({ args }: Call): readonly Expression[] | undefined {
  const said = args.find(({ value, name }) => isList(value) && (name === undefined || /shape$/.test(name)))?.value;
  if (said !== undefined && isList(said)) return said.items;
  return args.every(({ kind }) => kind === "positional") ? args.map(({ value }) => value) : undefined;
}
const isList = (it: Expression): it is Extract<Expression, { items: readonly Expression[] }> =>
  it.kind === "Tuple" || it.kind === "List";

/** `1=100`, `0=#1`: other sizes of `np.zeros((16, 10))`, `np.random.rand(16, 10)`, by their places. */
export function sizes(
  { text: changes }: PlacedEdit,
  span: Span,
  { module, text }: Source,
): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  const items = found === undefined ? undefined : sizesOf(found.call);
  if (found === undefined || items === undefined) return undefined;
  const { base } = found;
  const edits = changes.split(" ").map((change) => {
    const [at = "", said = ""] = change.split("=");
    const [item, other] = [items[Number(at)], said.startsWith("#") ? items[Number(said.slice(1))] : undefined];
    const newText = other === undefined ? said : text.slice(base + other.span.start, base + other.span.end);
    return item && { span: { start: base + item.span.start, end: base + item.span.end }, newText };
  });
  return edits.every((it) => it !== undefined) ? edits : undefined;
}

/** `rand(16, 10)`, `zeros((16, 10))`, `randint(0, 5, size=300)`, `normal(0, 1, 300)`. */
function sizesOf({ callee, args }: Call): readonly Expression[] | undefined {
  const name = callee.kind === "Attribute" || callee.kind === "Name" ? callee.name : "";
  const loose = args.filter(({ kind }) => kind === "positional").map(({ value }) => value);
  const said = args.find((it) => it.name === "size" || it.name === "shape")?.value;
  if (said === undefined && /^randn?$/.test(name)) return loose.length === args.length ? loose : undefined;
  const size = said ?? loose[/^(?:randint|integers|normal|uniform)$/.test(name) ? 2 : 0];
  return size === undefined ? undefined : isList(size) ? size.items : [size];
}

/** `x.mean(axis=1)`, `np.mean(x, axis=1)` → `x`. */
export function operand(_: PlacedEdit, span: Span, { text, module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  if (found === undefined) return undefined;
  const { call, base } = found;
  const [first] = call.args;
  const isFunction = first?.kind === "positional" && first.value.kind !== "Constant" && !isList(first.value);
  const kept = isFunction ? first.value : call.callee.kind === "Attribute" ? call.callee.object : undefined;
  return kept === undefined ? undefined : [{ span, newText: text.slice(base + kept.span.start, base + kept.span.end) }];
}

/** `0 [:, None]`: behind the first of the two names of `y - predicted`. */
export function operandBehind(
  { text: edit }: PlacedEdit,
  span: Span,
  { text }: Source,
): readonly TextEdit[] | undefined {
  const [index = "", fresh = ""] = [edit.slice(0, 1), edit.slice(2)];
  const found = /^(?<left>[\w.]+)\s*(?:-|==)\s*(?<right>[\w.]+)$/d.exec(text.slice(span.start, span.end));
  const end = found?.indices?.groups?.[index === "0" ? "left" : "right"]?.[1];
  return end === undefined ? undefined : inserted(span.start + end, fresh);
}

/** `np.concatenate([a, b], axis=1)`, `np.array([a, b])` → `[a, b]`. */
export function listIn(_: PlacedEdit, span: Span, { text, module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  const list = found?.call.args.find(({ kind, value }) => kind === "positional" && isList(value))?.value;
  if (found === undefined || list === undefined || !isList(list)) return undefined;
  const [first, last] = [list.items[0], list.items.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { base } = found;
  return [{ span, newText: `[${text.slice(base + first.span.start, base + last.span.end)}]` }];
}

/** `a, b, c, d = split(…)` → `a, c, b, d = split(…)`: also where they are unpacked as two pairs. */
export function inOrder(_: PlacedEdit, span: Span, { text, module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  const target = found?.statement.kind === "Assign" ? found.statement.targets[0] : undefined;
  if (found === undefined || target === undefined || !isList(target)) return undefined;
  const names = target.items.flatMap((it) => (isList(it) ? it.items : [it]));
  const [, second, third] = names;
  if (names.length !== 4 || second === undefined || third === undefined) return undefined;
  const at = ({ span: it }: Expression) => ({ start: found.base + it.start, end: found.base + it.end });
  const said = (it: Expression) => text.slice(at(it).start, at(it).end);
  return [
    { span: at(second), newText: said(third) },
    { span: at(third), newText: said(second) },
  ];
}

/** `model.fit(X[train], Y)` → `model.fit(X[train], Y[train])`. */
export function sameIndex(_: PlacedEdit, span: Span, { text, module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  const given = (name: string, at: number): Expression | undefined =>
    (found?.call.args.find((it) => it.name === name) ?? found?.call.args.filter((it) => it.kind === "positional")[at])
      ?.value;
  const [x, y] = [given("x", 0), given("y", 1)];
  if (found === undefined || x?.kind !== "Subscript" || y === undefined) return undefined;
  const { base } = found;
  const index = text.slice(base + x.object.span.end, base + x.span.end);
  const start = base + (y.kind === "Subscript" ? y.object.span.end : y.span.end);
  return [{ span: { start, end: base + y.span.end }, newText: index }];
}

/** `ds.batch(8).batch(4).prefetch(2)` → `ds.batch(8).prefetch(2)`: the last batch of a chain goes. */
export function unbatched(_: PlacedEdit, span: Span, { module }: Source): readonly TextEdit[] | undefined {
  const found = findCall(module, span);
  for (let at: Expression | undefined = found?.call; found !== undefined && at?.kind === "Call"; ) {
    const callee: Expression = at.callee;
    if (callee.kind !== "Attribute") return undefined;
    const [start, end] = [callee.object.span.end, at.span.end];
    if (callee.name === "batch") return [{ span: { start: found.base + start, end: found.base + end }, newText: "" }];
    at = callee.object;
  }
  return undefined;
}

/** `0:8`: other columns of `table[:, 0:9]`, the last of its indices. */
export function columns({ text: fresh }: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  const last = /,\s*(?<columns>[^,[\]()]*:[^,[\]()]*)\](?:\.values|\.to_numpy\(\))?$/d.exec(
    text.slice(span.start, span.end),
  );
  const [start, end] = last?.indices?.groups?.["columns"] ?? [];
  if (start === undefined || end === undefined) return undefined;
  return [{ span: { start: span.start + start, end: span.start + end }, newText: fresh }];
}

/** `1`: `Y.shape[0]` → `Y.shape[1]`, `len(Y)` → `Y.shape[1]`. */
export function shapeAxis({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const said = source.text.slice(span.start, span.end);
  const array = /^(?<name>[\w.]+)\.shape\[-?\d+\]$|^len\((?<counted>[\w.]+)\)$/.exec(said)?.groups;
  const name = array?.["name"] ?? array?.["counted"];
  return name === undefined ? undefined : [{ span, newText: `${name}.shape[${text}]` }];
}

/** `.drop(columns=["y"])` of a table: `data.values` → `data.drop(columns=["y"]).values`. */
export function beforeValues({ text: fresh }: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] {
  const said = text.slice(span.start, span.end);
  const at = span.start + (/\.(?:values|to_numpy\(.*\))$/.exec(said)?.index ?? said.length);
  return inserted(at, fresh);
}

/** `table["label"]` → `table.pop("label")`. */
export function popped(_: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  const index = /\[\s*((["'])[^"'\n]*\2)\s*\]$/.exec(text.slice(span.start, span.end));
  return index === null
    ? undefined
    : [{ span: { start: span.start + index.index, end: span.end }, newText: `.pop(${index[1]})` }];
}

/** `test|train [features]`: behind the next mention of one of the variables, in the line where the span begins. */
export function behindName({ text: edit }: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  const [names = "", fresh = ""] = edit.split(/ (.*)/s);
  const found = new RegExp(`\\b(?:${names})\\b`).exec(/^.*/.exec(text.slice(span.start))?.[0] ?? "");
  return found === null ? undefined : inserted(span.start + found.index + found[0].length, fresh);
}

/** The shape in `add_weight(shape=(…))`, its sizes, and where what they stand in begins. */
function weightShape({ module }: Source, span: Span) {
  const found = findCall(module, span);
  const said =
    found?.call.args.find((it) => it.name === "shape") ?? found?.call.args.find(({ value }) => isList(value));
  if (found === undefined || said === undefined || !isList(said.value)) return undefined;
  return { base: found.base, shape: said.value, sizes: said.value.items };
}

/** `add_weight(shape=(units, input_shape[-1]))`: the two sizes in the other order. */
export function weightTurned(_: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const { base = 0, sizes = [] } = weightShape(source, span) ?? {};
  const [rows, columns] = sizes;
  if (rows === undefined || columns === undefined || sizes.length !== 2) return undefined;
  const at = (it: Expression) => shifted(it.span, base);
  const words = ({ start, end }: Span) => source.text.slice(start, end);
  return [
    { span: at(rows), newText: words(at(columns)) },
    { span: at(columns), newText: words(at(rows)) },
  ];
}

/** `add_weight(shape=(input_shape[-1],))`: of one column. */
export function weightColumn(_: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const found = weightShape(source, span);
  const [size, ...others] = found?.sizes ?? [];
  if (found === undefined || size === undefined || others.length > 0) return undefined;
  const behind = shifted({ start: size.span.end, end: found.shape.span.end - 1 }, found.base);
  return [{ span: behind, newText: ", 1" }];
}

/** `64`: the first size of `add_weight(shape=(input_shape[1], 8))`, by the input's last axis where it is by one. */
export function weightRows({ text }: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined {
  const { base = 0, sizes = [] } = weightShape(source, span) ?? {};
  const [rows] = sizes;
  if (rows === undefined) return undefined;
  const at = rows.kind === "Subscript" && rows.object.kind === "Name" ? rows.index : rows;
  return [{ span: shifted(at.span, base), newText: at === rows ? text : "-1" }];
}

/** `data[i:j, 0]`, `data[i:j, :8]` → `data[i:j]`. */
export function withoutLastIndex(_: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  const last = /,\s*(?:-?\w+|[^,[\]()]*:[^,[\]()]*)\s*\]$/.exec(text.slice(span.start, span.end));
  return last === null ? undefined : [{ span: { start: span.start + last.index, end: span.end - 1 }, newText: "" }];
}

/** `parts[i]` → `parts[:, i]`. */
export function everyRow(_: PlacedEdit, span: Span, { text }: Source): readonly TextEdit[] | undefined {
  const index = /\[[^,:[\]]*\]$/.exec(text.slice(span.start, span.end));
  if (index === null) return undefined;
  const at = span.start + index.index + 1;
  return [{ span: { start: at, end: at }, newText: ":, " }];
}
