import type { Machine } from "../../interpreter/machine.ts";
import { truth } from "../../interpreter/operators.ts";
import {
  type Args,
  type NativeValue,
  NONE_VALUE,
  native,
  nativeMethod,
  numberOf,
  type Place,
  reasonOf,
  sizeOf,
  stringOf,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { bind, type Given, type Parameter, parameters } from "./signature.ts";

/** How a function that is no tensor function is declared: its signature as Python writes it, and what it yields. */

/** The arguments of one call by name, defaults where none were given. */
export class Call {
  readonly m: Machine;
  private readonly given: ReadonlyMap<string, Given>;
  /** What `**kwargs` takes. */
  readonly more: ReadonlyMap<string, Value>;
  /** Why there may be more arguments than these. */
  readonly open: string | undefined;
  constructor(m: Machine, given: ReadonlyMap<string, Given>, more: ReadonlyMap<string, Value>, open?: string) {
    this.m = m;
    this.given = given;
    this.more = more;
    this.open = open;
  }
  value(name: string): Value {
    return this.given.get(name)?.value ?? NONE_VALUE;
  }
  /** It is there and is not `None`. */
  has(name: string): boolean {
    return this.value(name).kind !== "none";
  }
  /** The caller gave it. */
  said(name: string): boolean {
    return this.given.get(name)?.given === true;
  }
  place(name: string): Place | undefined {
    return this.given.get(name)?.place;
  }
  text(name: string): string | undefined {
    return stringOf(this.value(name));
  }
  number(name: string): number | undefined {
    return numberOf(this.value(name));
  }
  /** Undefined where it is not known whether it is true. */
  flag(name: string): boolean | undefined {
    return truth(this.m, this.value(name));
  }
  size(name: string): Dim {
    const value = this.value(name);
    return sizeOf(value) ?? unknownDim(reasonOf(value) ?? `${name} is not known`);
  }
}

const calling = (signature: string, rule: (call: Call) => Value) => {
  let read: readonly Parameter[] | undefined;
  return (m: Machine, args: Args, name: string): Value => {
    read ??= parameters(signature);
    const { arguments: given, more } = bind(name, read, args);
    return rule(new Call(m, given, more, args.open));
  };
};

/** A function; what does not fit its signature is passed over. */
export function fn(name: string, signature: string, rule: (call: Call) => Value): NativeValue {
  const call = calling(signature, rule);
  return native(name, (m, args) => call(m, args, name));
}
/** A method: `self` comes first in its signature by itself. */
export function method(name: string, signature: string, rule: (call: Call, self: Value) => Value): NativeValue {
  const call = calling(signature === "" ? "self" : `self, ${signature}`, (it) => rule(it, it.value("self")));
  return nativeMethod(name, (m, args) => call(m, args, name));
}
/** An attribute that is computed. */
export const property = (name: string, answer: (m: Machine, self: Value) => Value): Value => ({
  kind: "property",
  get: nativeMethod(name, (m, { list: [self] }) => answer(m, self?.value ?? unknown(`${name} of nothing`))),
});
