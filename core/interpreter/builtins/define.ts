import type { Machine } from "../machine.ts";
import { type Args, type NativeValue, reasonOf, type Unknown, unknown, type Value } from "../values.ts";

/**
 * Native functions with Python's own signatures. A signature is text such as `iterable, /, *, key?, reverse?`: a `?`
 * marks
 * what may be left out, `*rest` and `**named` take what is left over, `self` comes first in a method. The body receives
 * the arguments by name; a call that does not fit is an unknown that says why, and the body does not run.
 */
type Part<S extends string> = S extends `${infer Head}, ${infer Tail}` ? Head | Part<Tail> : S;
type Required<P> = P extends `${string}?` | `*${string}` | "/" | "" ? never : P;
type Optional<P> = P extends `${infer Name}?` ? Name : never;
type Named<P> = P extends `**${infer Name}` ? Name : never;
type Rest<P> = P extends `**${string}` | "*" ? never : P extends `*${infer Name}` ? Name : never;
export type Given<S extends string> = { readonly [P in Part<S> as Required<P>]: Value } & {
  readonly [P in Part<S> as Optional<P>]: Value | undefined;
} & { readonly [P in Part<S> as Rest<P>]: readonly Value[] } & {
  readonly [P in Part<S> as Named<P>]: ReadonlyMap<string, Value>;
};
export type Body<S extends string> = (machine: Machine, given: Given<S>) => Value;

interface Signature {
  readonly places: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly required: readonly string[];
  readonly rest: string | undefined;
  readonly named: string | undefined;
}

function signatureOf(text: string): Signature {
  const places: string[] = [];
  const names = new Set<string>();
  const required: string[] = [];
  let rest: string | undefined;
  let named: string | undefined;
  let keywordOnly = false;
  for (const part of text === "" ? [] : text.split(", ")) {
    const name = part.replace(/^\*+|\?$/g, "");
    if (part === "/") names.clear();
    else if (part.startsWith("**")) named = name;
    else if (part.startsWith("*")) {
      keywordOnly = true;
      if (name !== "") rest = name;
    } else {
      if (!keywordOnly) places.push(name);
      names.add(name);
      if (!part.endsWith("?")) required.push(name);
    }
  }
  return { places, names, required, rest, named };
}

/** The arguments by name, or why they do not fit. */
function bind(name: string, signature: Signature, args: Args): Readonly<Record<string, unknown>> | string {
  const { places, names, required, rest, named } = signature;
  const bound: Record<string, unknown> = Object.create(null);
  const more: Value[] = [];
  const others = new Map<string, Value>();
  let at = 0;
  for (const arg of args.list) {
    if (arg.name === undefined) {
      const place = places[at++];
      if (place !== undefined) bound[place] = arg.value;
      else if (rest !== undefined) more.push(arg.value);
      else return `${name} takes no more than ${places.length} arguments`;
    } else if (names.has(arg.name)) bound[arg.name] = arg.value;
    else if (named !== undefined) others.set(arg.name, arg.value);
    else return `${name} has no argument ${arg.name}`;
  }
  const missing = required.find((it) => bound[it] === undefined);
  if (missing !== undefined) return args.open ?? `${name}: no value is given for ${missing}`;
  // More arguments may come: whatever was not given may be among them.
  if (args.open !== undefined) return args.open;
  if (rest !== undefined) bound[rest] = more;
  if (named !== undefined) bound[named] = others;
  return bound;
}

/** A native function. `name` is its qualified name, which is also its identity where it serves as a key. */
export function define<const S extends string>(name: string, text: S, body: Body<S>): NativeValue {
  const signature = signatureOf(text);
  const call = (machine: Machine, args: Args): Value => {
    const bound = bind(name, signature, args);
    return typeof bound === "string" ? unknown(bound) : body(machine, bound as Given<S>);
  };
  return { kind: "native", name, call };
}

/**
 * A native method: its first parameter is `self`, to which it is bound when it is found through a class. `spoil` says
 * what
 * becomes of `self` when the call could not be followed, for methods that change it.
 */
export function defineMethod<const S extends string>(
  name: string,
  text: S,
  body: Body<S>,
  spoil?: (machine: Machine, self: Value, reason: string) => void,
): NativeValue {
  const signature = signatureOf(text);
  const call = (machine: Machine, args: Args): Value => {
    const bound = bind(name, signature, args);
    if (typeof bound !== "string") return body(machine, bound as Given<S>);
    const self = args.list[0]?.value;
    if (self !== undefined) spoil?.(machine, self, bound);
    return unknown(bound);
  };
  return { kind: "native", name, call, isMethod: true };
}

/** Unknown for the reason of the first value that is not known. */
export function doubtful(
  values: Iterable<Value | undefined>,
  otherwise: string,
  type?: Unknown["type"] | undefined,
): Unknown {
  for (const value of values) {
    const reason = value === undefined ? undefined : reasonOf(value);
    if (reason !== undefined) return unknown(reason, type);
  }
  return unknown(otherwise, type);
}
