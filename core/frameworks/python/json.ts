import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { readFile } from "../../interpreter/builtins/files.ts";
import { dictOf, listOf, makeDict, makeList } from "../../interpreter/containers.ts";
import { floatText } from "../../interpreter/display.ts";
import type { DictEntry } from "../../interpreter/heap.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { raised } from "../../interpreter/raising.ts";
import {
  bool,
  float,
  int,
  NONE_VALUE,
  reasonOf,
  str,
  stringOf,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Library, silent, table } from "./library.ts";

/** `json`: texts that are known, those of files of the workspace too. */

/** JavaScript reads `1.0` as it reads `1`, Python does not: such numbers are read as texts that are marked. */
const FLOAT = "\u0000float ";
const marked = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^"|^-?\d+$/.test(token) ? token.replace(/^-0$/, "0") : `"\\u0000float ${token}"`,
  );

function parsed(m: Machine, text: string): Value {
  try {
    JSON.parse(text);
    return fromData(m, JSON.parse(marked(text)));
  } catch {
    return raised(m, "JSONDecodeError", "a text that is no JSON");
  }
}

function fromData(m: Machine, data: unknown): Value {
  if (data === null) return NONE_VALUE;
  if (typeof data === "boolean") return bool(data);
  if (typeof data === "string") return data.startsWith(FLOAT) ? float(Number(data.slice(FLOAT.length))) : str(data);
  if (typeof data === "number") return Number.isSafeInteger(data) ? int(data) : unknown("an integer beyond 2^53");
  if (Array.isArray(data))
    return makeList(
      m,
      data.map((it) => fromData(m, it)),
    );
  const entries = Object.entries(data as Readonly<Record<string, unknown>>);
  // JavaScript puts keys that are integers first.
  if (entries.some(([key]) => /^\d+$/.test(key))) return unknown("a text whose keys are numbers");
  const pairs = entries.map(([key, it]): [string, DictEntry] => [
    `s:${key}`,
    { key: str(key), value: fromData(m, it) },
  ]);
  return makeDict(m, new Map(pairs));
}

/** What `json.dumps` writes without options; undefined where it is not certain. */
function written(m: Machine, value: Value, depth = 0): string | undefined {
  if (depth > 12) return undefined;
  const part = (it: Value): string | undefined => written(m, it, depth + 1);
  switch (value.kind) {
    case "none":
      return "null";
    case "bool":
      return String(value.value);
    case "int":
      return typeof value.size === "number" ? String(value.size) : undefined;
    case "float":
      return Number.isFinite(value.value) ? floatText(value.value) : undefined;
    case "str":
      return /^[ -~\n\t]*$/.test(value.value) ? JSON.stringify(value.value) : undefined;
    case "tuple":
      return bracketed(value.items.map(part));
    case "list": {
      const { items, rest } = listOf(m, value);
      return rest === undefined ? bracketed(items.map(part)) : undefined;
    }
    case "dict": {
      const { entries, open } = dictOf(m, value);
      const pairs = [...entries.values()].map((it) => [
        it.key.kind === "str" ? part(it.key) : undefined,
        part(it.value),
      ]);
      if (open !== undefined || pairs.flat().includes(undefined)) return undefined;
      return `{${pairs.map(([key, it]) => `${key}: ${it}`).join(", ")}}`;
    }
    default:
      return undefined;
  }
}
const bracketed = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;

export const JSON_LIBRARY: Library = {
  name: "json",
  members: table(
    define("json.loads", "text, **named", (m, { text, named }) => {
      const known = stringOf(text);
      return known === undefined || named.size > 0
        ? doubtful([text], "what the text holds is not known")
        : parsed(m, known);
    }),
    define("json.dumps", "value, **named", (m, { value, named }) => {
      const text = named.size > 0 ? undefined : written(m, value);
      return text === undefined ? unknown(reasonOf(value) ?? "its text is not known", "str") : str(text);
    }),
    define("json.load", "file, **named", (m, { file, named }) => {
      const text = readFile(m, file);
      const known = stringOf(text);
      return known === undefined || named.size > 0
        ? doubtful([text], "what a file holds is not known")
        : parsed(m, known);
    }),
    silent("json.dump", NONE_VALUE),
  ),
};
