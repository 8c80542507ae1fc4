import { type Body, defineMethod, doubtful, type Given } from "../builtins/define.ts";
import { allItems, isUnknownItems } from "../builtins/items.ts";
import { makeList } from "../containers.ts";
import type { Machine } from "../machine.ts";
import { bool, int, type NativeValue, numberOf, str, stringOf, tuple, unknown, type Value } from "../values.ts";
import { formatText } from "./format.ts";
import { plainOf } from "./receiver.ts";

/**
 * Python's `str` methods. Python counts code points, JavaScript counts UTF-16 units: text where they differ is left
 * alone.
 */

/** Longer texts than this are not followed. */
export const LONGEST_TEXT = 1_000_000;
export const text = (value: string): Value =>
  value.length > LONGEST_TEXT ? unknown("a very long string", "str") : str(value);

const isAscii = (value: string): boolean => /^[\0-\x7f]*$/.test(value);
const hasPairs = (value: string): boolean => /[\ud800-\udfff]/.test(value);

type Rule<S extends string> = (value: string, given: Given<S>, m: Machine) => Value | undefined;

/** A method that reads the text; undefined from the rule means that an argument is not known. */
function method<const S extends string>(name: string, signature: S, rule: Rule<S>): NativeValue {
  const body = (m: Machine, given: Given<S>): Value => {
    const all = given as Readonly<Record<string, unknown>>;
    const self = plainOf(m, all["self"] as Value);
    const value = stringOf(self);
    const made = value === undefined || hasPairs(value) ? undefined : rule(value, given, m);
    const values = [self, ...Object.values(all).filter((it): it is Value => typeof it === "object" && it !== null)];
    return made ?? doubtful(values, `${name} is not followed for these arguments`);
  };
  return defineMethod(`str.${name}`, signature, body as Body<S>);
}

const SPACES = " \\t\\n\\r\\f\\v\\x1c-\\x1f\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const escaped = (value: string): string => value.replace(/[\\\]^-]/g, "\\$&");

function stripped(value: string, given: Value | undefined, sides: "left" | "right" | "both"): Value | undefined {
  const characters = given === undefined || given.kind === "none" ? SPACES : stringOf(given);
  if (characters === undefined) return undefined;
  if (characters === "") return str(value);
  const set = characters === SPACES ? SPACES : escaped(characters);
  let result = value;
  if (sides !== "right") result = result.replace(new RegExp(`^[${set}]+`), "");
  if (sides !== "left") {
    let end = result.length;
    const inSet = new RegExp(`[${set}]`);
    while (end > 0 && inSet.test(result[end - 1] ?? "")) end--;
    result = result.slice(0, end);
  }
  return str(result);
}

const limitOf = (given: Value | undefined): number | undefined => (given === undefined ? -1 : numberOf(given));

function split(m: Machine, value: string, sep: Value | undefined, limit: number | undefined): Value | undefined {
  if (limit === undefined) return undefined;
  if (sep !== undefined && sep.kind !== "none") {
    const separator = stringOf(sep);
    if (separator === undefined || separator === "") return undefined;
    const parts = value.split(separator);
    const kept =
      limit < 0 || parts.length <= limit + 1 ? parts : [...parts.slice(0, limit), parts.slice(limit).join(separator)];
    return makeList(m, kept.map(str));
  }
  const words: string[] = [];
  const word = new RegExp(`[^${SPACES}]+`, "g");
  for (let match = word.exec(value); match !== null; match = word.exec(value)) {
    if (limit >= 0 && words.length === limit) {
      words.push(value.slice(match.index));
      break;
    }
    words.push(match[0]);
  }
  return makeList(m, words.map(str));
}

function rsplit(m: Machine, value: string, sep: Value | undefined, limit: number | undefined): Value | undefined {
  if (limit === undefined) return undefined;
  if (limit < 0) return split(m, value, sep, limit);
  const separator = stringOf(sep);
  if (separator === undefined || separator === "") return undefined;
  const parts = value.split(separator);
  const cut = parts.length - limit;
  const kept = cut <= 1 ? parts : [parts.slice(0, cut).join(separator), ...parts.slice(cut)];
  return makeList(m, kept.map(str));
}

function joined(m: Machine, value: string, iterable: Value): Value | undefined {
  const items = allItems(m, iterable);
  if (isUnknownItems(items)) return unknown(items.reason, "str");
  const parts = items.map((item) => stringOf(plainOf(m, item)));
  if (parts.includes(undefined)) return doubtful(items, "join of what is not text", "str");
  return text(parts.join(value));
}

/** The part of the text between `start` and `end` as slices count; undefined where a bound is not known. */
function window(value: string, start: Value | undefined, end: Value | undefined): [number, number] | undefined {
  const place = (it: Value | undefined, missing: number): number | undefined => {
    if (it === undefined || it.kind === "none") return missing;
    const at = numberOf(it);
    return at === undefined ? undefined : Math.max(0, at < 0 ? at + value.length : at);
  };
  const [from, to] = [place(start, 0), place(end, value.length)];
  return from === undefined || to === undefined ? undefined : [from, Math.min(to, value.length)];
}

function affix(value: string, given: Given<"affix, start?, end?">, at: "start" | "end"): Value | undefined {
  const bounds = window(value, given.start, given.end);
  const options = given.affix.kind === "tuple" ? given.affix.items.map(stringOf) : [stringOf(given.affix)];
  if (bounds === undefined || options.includes(undefined)) return undefined;
  if (bounds[0] > bounds[1]) return bool(false);
  const part = value.slice(...bounds);
  return bool(options.some((it = "") => (at === "start" ? part.startsWith(it) : part.endsWith(it))));
}

function found(value: string, given: Given<"sub, start?, end?">, last: boolean): number | undefined {
  const sub = stringOf(given.sub);
  const bounds = window(value, given.start, given.end);
  if (sub === undefined || bounds === undefined) return undefined;
  if (bounds[0] > bounds[1]) return -1;
  const part = value.slice(...bounds);
  const at = last ? part.lastIndexOf(sub) : part.indexOf(sub);
  return at < 0 ? -1 : at + bounds[0];
}
const place = (at: number | undefined): Value | undefined => (at === undefined ? undefined : int(at));
const certainPlace = (at: number | undefined): Value | undefined =>
  at === -1 ? unknown("the text does not occur") : place(at);

function replaced(value: string, given: Given<"old, new, count?">): Value | undefined {
  const [old, by, limit] = [stringOf(given.old), stringOf(given.new), limitOf(given.count)];
  if (old === undefined || by === undefined || limit === undefined) return undefined;
  if (limit >= 0 && old === "") return undefined;
  const parts = value.split(old);
  if ((parts.length + 1) * by.length + value.length > LONGEST_TEXT) return text(" ".repeat(LONGEST_TEXT + 1));
  if (limit < 0) return str(value.replaceAll(old, () => by));
  const rest = parts.slice(limit).join(old);
  return str([...parts.slice(0, limit), rest].join(by));
}

function padded(value: string, given: Given<"width, fill?">, side: "left" | "right" | "both"): Value | undefined {
  const width = numberOf(given.width);
  const fill = given.fill === undefined ? " " : stringOf(given.fill);
  if (width === undefined || fill?.length !== 1 || width > LONGEST_TEXT) return undefined;
  const room = Math.max(0, width - value.length);
  const left = side === "left" ? room : side === "right" ? 0 : Math.floor(room / 2) + (room & width & 1);
  return str(fill.repeat(left) + value + fill.repeat(room - left));
}

function zeroFilled(value: string, width: number | undefined): Value | undefined {
  if (width === undefined || width > LONGEST_TEXT) return undefined;
  const sign = /^[+-]/.exec(value)?.[0] ?? "";
  return str(sign + value.slice(sign.length).padStart(width - sign.length, "0"));
}

function partitioned(value: string, given: Value, last: boolean): Value | undefined {
  const sep = stringOf(given);
  if (sep === undefined || sep === "") return undefined;
  const at = last ? value.lastIndexOf(sep) : value.indexOf(sep);
  const parts =
    at >= 0 ? [value.slice(0, at), sep, value.slice(at + sep.length)] : last ? ["", "", value] : [value, "", ""];
  return tuple(parts.map(str));
}

/** Upper and lower case as Python has it, for ASCII. */
const cased = (change: (value: string) => string) => (value: string) =>
  isAscii(value) ? str(change(value)) : undefined;
const capitalised = (value: string): string => value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase();
const titled = (value: string): string => value.replace(/[A-Za-z]+/g, capitalised);
const swapped = (value: string): string =>
  value.replace(/[A-Za-z]/g, (it) => (it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase()));

const tested = (test: (value: string) => boolean) => (value: string) =>
  isAscii(value) ? bool(test(value)) : undefined;
const only = (pattern: RegExp) => tested((value) => pattern.test(value));

const BREAK = "\\r\\n|[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]";
function lines(value: string, keep: boolean): string[] {
  const parts = value.split(new RegExp(`(?<=${BREAK})(?<!\\r(?=\\n))`));
  const full = parts.filter((part) => part !== "");
  return keep ? full : full.map((part) => part.replace(new RegExp(`(?:${BREAK})$`), ""));
}

const METHODS: readonly NativeValue[] = [
  method(
    "lower",
    "self",
    cased((it) => it.toLowerCase()),
  ),
  method(
    "upper",
    "self",
    cased((it) => it.toUpperCase()),
  ),
  method(
    "casefold",
    "self",
    cased((it) => it.toLowerCase()),
  ),
  method("title", "self", cased(titled)),
  method("capitalize", "self", cased(capitalised)),
  method("swapcase", "self", cased(swapped)),
  method("strip", "self, chars?, /", (it, { chars }) => stripped(it, chars, "both")),
  method("lstrip", "self, chars?, /", (it, { chars }) => stripped(it, chars, "left")),
  method("rstrip", "self, chars?, /", (it, { chars }) => stripped(it, chars, "right")),
  method("split", "self, sep?, maxsplit?", (it, { sep, maxsplit }, m) => split(m, it, sep, limitOf(maxsplit))),
  method("rsplit", "self, sep?, maxsplit?", (it, { sep, maxsplit }, m) => rsplit(m, it, sep, limitOf(maxsplit))),
  method("splitlines", "self, keepends?", (it, { keepends }, m) =>
    keepends === undefined || keepends.kind === "bool"
      ? makeList(m, lines(it, keepends?.value === true).map(str))
      : undefined,
  ),
  method("join", "self, iterable, /", (it, { iterable }, m) => joined(m, it, iterable)),
  method("replace", "self, old, new, count?", replaced),
  method("startswith", "self, affix, start?, end?, /", (it, given) => affix(it, given, "start")),
  method("endswith", "self, affix, start?, end?, /", (it, given) => affix(it, given, "end")),
  method("find", "self, sub, start?, end?, /", (it, given) => place(found(it, given, false))),
  method("rfind", "self, sub, start?, end?, /", (it, given) => place(found(it, given, true))),
  method("index", "self, sub, start?, end?, /", (it, given) => certainPlace(found(it, given, false))),
  method("rindex", "self, sub, start?, end?, /", (it, given) => certainPlace(found(it, given, true))),
  method("count", "self, sub, start?, end?, /", (it, { sub, start, end }) => {
    const [wanted, bounds] = [stringOf(sub), window(it, start, end)];
    if (wanted === undefined || bounds === undefined || wanted === "") return undefined;
    return int(it.slice(...bounds).split(wanted).length - 1);
  }),
  method("zfill", "self, width, /", (it, { width }) => zeroFilled(it, numberOf(width))),
  method("ljust", "self, width, fill?, /", (it, given) => padded(it, given, "right")),
  method("rjust", "self, width, fill?, /", (it, given) => padded(it, given, "left")),
  method("center", "self, width, fill?, /", (it, given) => padded(it, given, "both")),
  method("partition", "self, sep, /", (it, { sep }) => partitioned(it, sep, false)),
  method("rpartition", "self, sep, /", (it, { sep }) => partitioned(it, sep, true)),
  method("removeprefix", "self, prefix, /", (it, { prefix }) => {
    const affix = stringOf(prefix);
    return affix === undefined ? undefined : str(it.startsWith(affix) ? it.slice(affix.length) : it);
  }),
  method("removesuffix", "self, suffix, /", (it, { suffix }) => {
    const affix = stringOf(suffix);
    if (affix === undefined) return undefined;
    return str(affix !== "" && it.endsWith(affix) ? it.slice(0, -affix.length) : it);
  }),
  method("isdigit", "self", only(/^[0-9]+$/)),
  method("isdecimal", "self", only(/^[0-9]+$/)),
  method("isnumeric", "self", only(/^[0-9]+$/)),
  method("isalpha", "self", only(/^[A-Za-z]+$/)),
  method("isalnum", "self", only(/^[A-Za-z0-9]+$/)),
  method("isspace", "self", only(new RegExp(`^[${SPACES}]+$`))),
  method("isidentifier", "self", only(/^[A-Za-z_][A-Za-z0-9_]*$/)),
  method(
    "isupper",
    "self",
    tested((it) => /[A-Z]/.test(it) && !/[a-z]/.test(it)),
  ),
  method(
    "islower",
    "self",
    tested((it) => /[a-z]/.test(it) && !/[A-Z]/.test(it)),
  ),
  method(
    "istitle",
    "self",
    tested((it) => /[A-Za-z]/.test(it) && titled(it) === it),
  ),
  method("isascii", "self", (it) => bool(isAscii(it))),
  method("isprintable", "self", only(/^[ -~]*$/)),
  method("encode", "self, encoding?, errors?", (it) => (isAscii(it) ? { kind: "bytes", value: it } : undefined)),
  method("format", "self, *values, **named", (it, { values, named }, m) => formatText(m, it, values, named)),
  method("format_map", "self, mapping, /", (it, { mapping }, m) => formatText(m, it, [], mapping)),
  method("expandtabs", "self, tabsize?", () => undefined),
  method("translate", "self, table, /", () => undefined),
];

export const STRING_METHODS: Readonly<Record<string, NativeValue>> = Object.fromEntries(
  METHODS.map((it) => [it.name.slice("str.".length), it]),
);

export const BYTES_METHODS: Readonly<Record<string, NativeValue>> = {
  decode: defineMethod("bytes.decode", "self, encoding?, errors?", (m, { self }) => {
    const plain = plainOf(m, self);
    return plain.kind === "bytes" && isAscii(plain.value)
      ? str(plain.value)
      : doubtful([plain], "the text of bytes", "str");
  }),
};
