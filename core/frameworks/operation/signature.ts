import type { Arg, Place } from "../../interpreter/values.ts";
import { type Args, bool, float, int, NONE_VALUE, str, tuple, unknown, type Value } from "../../interpreter/values.ts";

/** One parameter of a library's function. */
export interface Parameter {
  readonly name: string;
  readonly kind: "positionalOnly" | "positional" | "varArgs" | "keywordOnly" | "varKeywords";
  /** Absent where the caller must give the argument. */
  readonly initial?: Value;
}

/** Splits at the commas that stand outside brackets. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const character = text[i] ?? ",";
    if (character === "(" || character === "[") depth++;
    if (character === ")" || character === "]") depth--;
    if (character !== "," || depth > 0) continue;
    parts.push(text.slice(start, i).trim());
    start = i + 1;
  }
  return parts.filter((part) => part !== "");
}

/** A default as Python writes it; what is no plain literal is unknown. */
export function literal(text: string): Value {
  if (text === "None") return NONE_VALUE;
  if (text === "True" || text === "False") return bool(text === "True");
  if (/^-?\d+$/.test(text)) return int(Number(text));
  if (/^-?[\d.]+(e[+-]?\d+)?$/.test(text)) return float(Number(text));
  if (/^(['"]).*\1$/.test(text)) return str(text.slice(1, -1));
  if (text.startsWith("(") && text.endsWith(")")) return tuple(split(text.slice(1, -1)).map(literal));
  return unknown(`the default ${text} is not followed`);
}

/** A signature as Python writes it: `x, axis=None, *, keepdims=False`. */
export function parameters(text: string): readonly Parameter[] {
  const parts = split(text);
  const slash = parts.indexOf("/");
  const star = parts.findIndex((part) => /^\*(?!\*)/.test(part));
  return parts.flatMap((part, i): Parameter[] => {
    if (part === "/" || part === "*") return [];
    if (part.startsWith("**")) return [{ name: part.slice(2), kind: "varKeywords" }];
    if (part.startsWith("*")) return [{ name: part.slice(1), kind: "varArgs" }];
    const kind = i < slash ? "positionalOnly" : star >= 0 && i > star ? "keywordOnly" : "positional";
    const equals = part.indexOf("=");
    if (equals < 0) return [{ name: part, kind }];
    return [{ name: part.slice(0, equals), kind, initial: literal(part.slice(equals + 1)) }];
  });
}

/** One bound argument. */
export interface Given {
  readonly value: Value;
  readonly place: Place | undefined;
  /** The caller gave it. */
  readonly given: boolean;
}
/** What Python refuses before the function runs. */
export interface BindingFault {
  readonly code: "unknown-argument" | "missing-argument" | "bad-argument";
  readonly message: string;
  readonly place: Place | undefined;
}
export interface Binding {
  readonly arguments: ReadonlyMap<string, Given>;
  /** What `**kwargs` takes. */
  readonly more: ReadonlyMap<string, Value>;
  readonly fault: BindingFault | undefined;
}

/** The same arguments by the names that the function has now, where `old` knows what it called them. */
export function withNewNames(
  old: Readonly<Record<string, string>> | undefined,
  params: readonly Parameter[],
  args: Args,
): Args {
  const has = (name: string) => params.some((it) => it.name === name);
  const newName = (name = "") => (old !== undefined && Object.hasOwn(old, name) && !has(name) ? old[name] : undefined);
  if (!args.list.some(({ name }) => newName(name) !== undefined)) return args;
  const renamed = (arg: Arg): readonly Arg[] => {
    const name = newName(arg.name);
    // Under its old name nothing was said: that takes nothing back of what the new one says.
    if (name === "" || (name !== undefined && arg.value.kind === "none")) return [];
    return [name !== undefined && has(name) ? { ...arg, name } : arg];
  };
  return { ...args, list: args.list.flatMap(renamed) };
}

/**
 * Binds arguments as Python does. With unknown `*` or `**` arguments what is not given is unknown, and nothing is
 * a fault.
 */
export function bind(name: string, params: readonly Parameter[], args: Args): Binding {
  const bound = new Map<string, Given>();
  const places = params.filter(({ kind }) => kind === "positional" || kind === "positionalOnly");
  const loose = args.list.filter((arg) => arg.name === undefined);
  for (const [i, arg] of loose.slice(0, places.length).entries())
    bound.set(places[i]?.name ?? "", { value: arg.value, place: arg.place, given: true });
  let fault = tooMany(name, params, places.length, loose.length);
  const keywords = params.filter(({ kind }) => kind === "positional" || kind === "keywordOnly").map((it) => it.name);
  const swallows = params.some(({ kind }) => kind === "varKeywords");
  const more = new Map<string, Value>();
  for (const arg of args.list) {
    if (arg.name === undefined) continue;
    if (keywords.includes(arg.name)) bound.set(arg.name, { value: arg.value, place: arg.place, given: true });
    else if (swallows) more.set(arg.name, arg.value);
    else {
      const message = `${name}() has no argument ${arg.name}: it takes ${keywords.join(", ")}.`;
      fault ??= { code: "unknown-argument", message, place: arg.place };
    }
  }
  for (const param of params) {
    if (param.kind === "varArgs") {
      const value = tuple(loose.slice(places.length).map((arg) => arg.value));
      bound.set(param.name, {
        value: args.open === undefined ? value : unknown(args.open),
        place: undefined,
        given: true,
      });
    } else if (!bound.has(param.name) && param.kind !== "varKeywords") {
      const missing = args.open ?? (param.initial === undefined ? `no value is given for ${param.name}` : undefined);
      if (missing !== undefined && args.open === undefined)
        fault ??= { code: "missing-argument", message: `${name}() needs a value for ${param.name}.`, place: undefined };
      const value = missing === undefined ? (param.initial ?? NONE_VALUE) : unknown(missing);
      bound.set(param.name, { value, place: undefined, given: false });
    }
  }
  return { arguments: bound, more, fault: args.open === undefined ? fault : undefined };
}

function tooMany(name: string, params: readonly Parameter[], most: number, given: number): BindingFault | undefined {
  if (given <= most || params.some(({ kind }) => kind === "varArgs")) return undefined;
  const message = `${name}() takes at most ${most} positional arguments; ${given} are given.`;
  return { code: "bad-argument", message, place: undefined };
}
