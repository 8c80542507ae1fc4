import { field, type RawNode } from "../raw.ts";
import type { Expression, FString } from "../syntax.ts";
import { type Context, refuse, spanOf, textOf } from "./context.ts";
import { lowerExpression } from "./expression.ts";
import { unescaped } from "./literal.ts";
import { tupleOf } from "./sequence.ts";

type Part = FString["parts"][number];

/** A string, or several written one after the other, which Python joins. */
export function lowerString(cx: Context, node: RawNode): Expression {
  const strings = node.type === "concatenated_string" ? node.children : [node];
  const parts: Part[] = [];
  const prefixes: string[] = [];
  for (const string of strings) prefixes.push(readParts(cx, string, parts));
  const [id, span] = [cx.nextId(), spanOf(cx, node)];
  const bytes = prefixes.filter((prefix) => prefix.includes("b")).length;
  if (bytes > 0 && bytes < prefixes.length) return refuse(cx, node, "cannot mix bytes and nonbytes literals");
  if (prefixes.some((prefix) => prefix.includes("f"))) return { id, span, kind: "FString", parts: joined(parts) };
  const value = parts.join("");
  return { id, span, kind: "Constant", value: { kind: bytes > 0 ? "bytes" : "str", value } };
}

/** Adds the string's parts and tells its prefix. */
function readParts(cx: Context, node: RawNode, parts: Part[]): string {
  const open = node.children[0];
  const start = open ? textOf(cx, open).toLowerCase() : "";
  const prefix = start.replace(/["']+$/, "");
  if (start === "`") cx.fault ??= "invalid syntax";
  const raw = prefix.includes("r");
  const formatted = prefix.includes("f");
  // The grammar leaves white space between its tokens out, so text is what lies between the holes.
  let from = open?.end ?? node.start;
  const flush = (to: number) => {
    const text = cx.source.slice(from, to);
    parts.push(
      unescaped(formatted ? text.replaceAll("{{", "{").replaceAll("}}", "}") : text, raw, prefix.includes("b")),
    );
  };
  for (const child of node.children) {
    if (child.type !== "interpolation") continue;
    flush(child.start);
    from = child.end;
    readHole(cx, child, parts);
  }
  // The grammar counts a raw string's backslashes into its end.
  flush(node.end - (start.length - prefix.length));
  return prefix;
}

/** `{value=!r:>3}`; the `=` form puts the expression's own text before its value. */
function readHole(cx: Context, node: RawNode, parts: Part[]): void {
  const inner = field(node, "expression");
  if (!inner) {
    cx.fault ??= "f-string: valid expression required before '}'";
    return;
  }
  const format = field(node, "format_specifier");
  const conversion = field(node, "type_conversion");
  const equals = node.children.find((child) => !child.named && child.type === "=");
  if (equals) {
    const after = (conversion ?? format ?? node.children.at(-1) ?? equals).start;
    parts.push(cx.source.slice(node.start + 1, after).replace(/\r\n?/g, "\n"));
  }
  const written = conversion ? textOf(cx, conversion).slice(1) : "";
  parts.push({
    value: lowerHoleValue(cx, inner),
    format: format ? textOf(cx, format).slice(1) : "",
    conversion: written === "" && equals && !format ? "r" : written,
  });
}

function lowerHoleValue(cx: Context, node: RawNode): Expression {
  if (node.type === "expression_list" || node.type === "pattern_list") return tupleOf(cx, node, node.children);
  return lowerExpression(cx, node);
}

/** Neighbouring texts as one, no empty ones. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}
