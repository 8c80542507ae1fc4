import { callMethod } from "./calls.ts";
import { dictOf, listOf } from "./containers.ts";
import type { DictEntry, Rest } from "./heap.ts";
import type { Machine } from "./machine.ts";
import { type ClassValue, type Instance, positional, type RangeValue, type TupleValue, type Value } from "./values.ts";

/** Longer texts, or deeper nests, are not shown: a list may hold itself. */
const LONGEST = 100_000;
const DEEPEST = 12;

/** What is left to show of one value: shared parts may make it far larger than the heap that holds it. */
interface Budget {
  left: number;
}
type Text = string | undefined;

/** What `str(value)` gives, or `repr(value)` where it is quoted; undefined where it is not certain. */
export const display = (m: Machine, value: Value, quoted = false): Text =>
  shown(m, value, quoted, 0, { left: LONGEST });

function shown(m: Machine, value: Value, quoted: boolean, depth: number, budget: Budget): Text {
  if (depth > DEEPEST || budget.left < 0) return undefined;
  const text = plain(m, value, quoted, depth, budget);
  budget.left -= text?.length ?? 0;
  return text;
}

function plain(m: Machine, value: Value, quoted: boolean, depth: number, budget: Budget): Text {
  const part = (it: Value): Text => shown(m, it, true, depth + 1, budget);
  switch (value.kind) {
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return typeof value.size === "number" ? String(value.size) : undefined;
    case "float":
      return floatText(value.value);
    case "bytes":
      return /^[ -~]*$/.test(value.value) ? `b${quotedText(value.value)}` : undefined;
    case "str":
      return quoted ? quotedText(value.value) : value.value;
    case "tuple":
      return tupleText(value, part);
    case "list": {
      const { items, rest } = listOf(m, value);
      return between("[", items, rest, "]", part);
    }
    case "dict": {
      const { entries, open } = dictOf(m, value);
      return open === undefined ? dictText([...entries.values()], part) : undefined;
    }
    case "range":
      return rangeText(value);
    case "slice":
      return between("slice(", [value.lower, value.upper, value.step], undefined, ")", part);
    case "class":
      return classText(value);
    case "instance":
      return instanceText(m, value, quoted, part);
    default:
      return undefined;
  }
}

function between(
  open: string,
  items: readonly Value[],
  rest: Rest | undefined,
  close: string,
  part: (it: Value) => Text,
): Text {
  if (rest !== undefined) return undefined;
  const parts: string[] = [];
  for (const item of items) {
    const text = part(item);
    if (text === undefined) return undefined;
    parts.push(text);
  }
  return open + parts.join(", ") + close;
}

function tupleText({ items, fields, type }: TupleValue, part: (it: Value) => Text): Text {
  if (fields === undefined) return between("(", items, undefined, items.length === 1 ? ",)" : ")", part);
  const parts = items.map((item, i) => `${fields[i]}=${part(item)}`);
  return type === undefined || items.some((it) => part(it) === undefined)
    ? undefined
    : `${type.name}(${parts.join(", ")})`;
}

function rangeText({ start, stop, step }: RangeValue): Text {
  if (![start, stop, step].every((it) => typeof it === "number")) return undefined;
  return `range(${String(start)}, ${String(stop)}${step === 1 ? "" : `, ${String(step)}`})`;
}

function dictText(entries: readonly DictEntry[], part: (it: Value) => Text): Text {
  const parts: string[] = [];
  for (const { key, value } of entries) {
    const [name, text] = [part(key), part(value)];
    if (name === undefined || text === undefined) return undefined;
    parts.push(`${name}: ${text}`);
  }
  return `{${parts.join(", ")}}`;
}

const classText = ({ qualifiedName }: ClassValue): Text =>
  qualifiedName.startsWith("builtins.") ? `<class '${qualifiedName.slice("builtins.".length)}'>` : undefined;

/** What the class says by `__str__` or `__repr__`; an exception shows its arguments; the rest shows an address. */
function instanceText(m: Machine, value: Instance, quoted: boolean, part: (it: Value) => Text): Text {
  const own =
    (quoted ? undefined : callMethod(m, value, "__str__", positional())) ??
    callMethod(m, value, "__repr__", positional());
  if (own !== undefined) return own.kind === "str" ? own.value : undefined;
  const entry = m.read(value.id);
  const args = entry?.kind === "attributes" ? entry.entries.get("args") : undefined;
  const isError = value.class.mro.some((it) => it.qualifiedName === "builtins.BaseException");
  if (!isError || args?.kind !== "tuple") return undefined;
  const [first] = args.items;
  if (quoted) return between(`${value.class.name}(`, args.items, undefined, ")", part);
  if (first === undefined) return "";
  const isKey = value.class.mro.some((it) => it.qualifiedName === "builtins.KeyError");
  return args.items.length > 1 ? part(args) : first.kind === "str" && !isKey ? first.value : part(first);
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quotedText(text: string): Text {
  if (/(?![ -~])[\p{C}\p{Z}]/u.test(text.replace(/[\0-\x7f]/gu, ""))) return undefined;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replace(new RegExp(`[\\\\\\0-\\x1f\\x7f${quote}]`, "g"), (it) =>
    it === quote ? `\\${quote}` : (ESCAPES[it] ?? `\\x${it.charCodeAt(0).toString(16).padStart(2, "0")}`),
  );
  return quote + inner + quote;
}

/** Python's shortest text for a float. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return withExponent(value.toExponential());
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
/** Python writes at least two digits of an exponent. */
export const withExponent = (text: string): string => text.replace(/e([+-])(\d)$/, "e$10$2");
