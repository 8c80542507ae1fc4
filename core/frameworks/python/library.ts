import { define, doubtful } from "../../interpreter/builtins/define.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { type NativeValue, type Unknown, unknown, type Value } from "../../interpreter/values.ts";

/** One module of the standard library: what its names mean. */
export interface Library {
  /** Dotted: `os.path`. */
  readonly name: string;
  readonly members: Readonly<Record<string, Value>>;
  /** Names whose value depends on what the program did, or that are not in the table. */
  readonly other?: (m: Machine, name: string) => Value | undefined;
}

/** Natives by the last part of their names. */
export const table = (...natives: readonly NativeValue[]): Record<string, Value> =>
  Object.fromEntries(natives.map((it) => [it.name.slice(it.name.lastIndexOf(".") + 1), it]));

/** A function whose answer only a run can tell. */
export const atRunTime = (name: string, reason: string, type?: Unknown["type"]): NativeValue =>
  define(name, "*values, **named", () => unknown(reason, type));

/** A function that is called for its effect outside of the program. */
export const silent = (name: string, result: Value): NativeValue => define(name, "*values, **named", () => result);

/** Gives its argument back: a decorator that keeps the function. */
export const keeps = (name: string): NativeValue =>
  define(name, "value?, *values, **named", (_, { value }) => value ?? doubtful([], "nothing is decorated"));

/** A decorator that keeps what it decorates, with arguments or without. */
export const decorator = (name: string): NativeValue =>
  define(name, "value?, *values, **named", (_, { value }) =>
    value !== undefined && ["function", "class", "method", "native"].includes(value.kind) ? value : KEEPS,
  );
const KEEPS = keeps("library.keeps");
