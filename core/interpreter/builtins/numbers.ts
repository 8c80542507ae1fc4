import { maximum, minimum, negate, provablyNegative, provablyPositive } from "../../tensor/dim.ts";
import { callMethod } from "../calls.ts";
import type { Machine } from "../machine.ts";
import { binary } from "../operators.ts";
import {
  float,
  int,
  type NativeValue,
  numberOf,
  positional,
  sizeOf,
  str,
  stringOf,
  tuple,
  type Unknown,
  unknown,
  type Value,
} from "../values.ts";
import { define, doubtful } from "./define.ts";
import { allItems, allMembers, isUnknownItems } from "./items.ts";
import { isLess, keyOf } from "./order.ts";
import { rounded } from "./round.ts";

/** Functions of numbers. A size keeps its formula where there is one. */

function absolute(m: Machine, value: Value): Value {
  if (value.kind === "float") return float(Math.abs(value.value));
  if (value.kind === "tensor") return value.family.operator(m, "abs", value, undefined);
  const size = value.kind === "int" || value.kind === "bool" ? sizeOf(value) : undefined;
  if (size === undefined) return callMethod(m, value, "__abs__", positional()) ?? doubtful([value], "abs of this");
  if (provablyPositive(size) || size === 0) return int(size);
  return int(provablyNegative(size) ? negate(size) : maximum(size, negate(size)));
}

const isWhole = (value: Value): boolean => value.kind === "int" || value.kind === "bool";

/** The least or greatest: the first of those that no other is before. */
function extreme(m: Machine, items: readonly Value[], key: Value | undefined, greatest: boolean): Value {
  const [first] = items;
  if (first === undefined) return unknown("the least or greatest of nothing");
  const keys = items.map((item) => keyOf(m, key, item));
  let best = 0;
  for (let i = 1; i < items.length; i++) {
    const [mine, its] = [keys[i], keys[best]];
    if (mine === undefined || its === undefined) continue;
    const better = greatest ? isLess(m, its, mine) : isLess(m, mine, its);
    if (better === undefined) return undecided(items, keys, greatest);
    if (better) best = i;
  }
  return items[best] ?? first;
}

/** Integers of which none is certainly the one still have a formula. */
function undecided(items: readonly Value[], keys: readonly Value[], greatest: boolean): Value {
  const plain = items.every((item, i) => isWhole(item) && keys[i] === item);
  const sizes = plain ? items.map((item) => sizeOf(item) ?? 0) : [];
  if (sizes.length > 0) return int(sizes.reduce(greatest ? maximum : minimum));
  return doubtful(keys, "which is the least or greatest is not known");
}

const extremeOf = (name: "min" | "max"): NativeValue =>
  define(name, "*values, key?, default?", (m, { values, key, default: missing }) => {
    const [only] = values;
    if (only === undefined) return unknown(`${name} of nothing`);
    if (only.kind === "tensor" && values.length === 1) return unknown(`${name} of a tensor's rows`);
    const items = values.length > 1 ? values : allMembers(m, only);
    if (isUnknownItems(items)) return items;
    return items.length === 0 && missing !== undefined ? missing : extreme(m, items, key, name === "max");
  });

function sum(m: Machine, iterable: Value, start: Value): Value {
  const items = iterable.kind === "set" ? wholeMembers(m, iterable) : allItems(m, iterable);
  if (isUnknownItems(items)) return items;
  const total = items.reduce((sofar, item) => binary(m, "+", sofar, item), start);
  if (total.kind !== "float") return total;
  // Since 3.12 Python compensates for what each addition loses: the answer is certain only where both ways agree.
  const numbers = [start, ...items].map((it) => numberOf(it) ?? Number.NaN);
  return compensated(numbers) === total.value ? total : unknown("a sum that depends on the version of Python", "float");
}
/** The order in which a set is added up does not matter for integers. */
function wholeMembers(m: Machine, set: Value): readonly Value[] | Unknown {
  const members = allMembers(m, set);
  return isUnknownItems(members) || members.every(isWhole) ? members : allItems(m, set);
}
/** Neumaier's sum. */
function compensated(numbers: readonly number[]): number {
  let [total, lost] = [0, 0];
  for (const number of numbers) {
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return total + lost;
}

const inBase = (name: string, radix: number, prefix: string): NativeValue =>
  define(name, "number, /", (_, { number }) => {
    const value = isWhole(number) ? numberOf(number) : undefined;
    if (value === undefined) return doubtful([number], `${name} of what is not known`, "str");
    return str(`${value < 0 ? "-" : ""}${prefix}${Math.abs(value).toString(radix)}`);
  });

function power(m: Machine, base: Value, exponent: Value, modulus: Value | undefined): Value {
  if (modulus === undefined || modulus.kind === "none") return binary(m, "**", base, exponent);
  const [b, e, n] = [base, exponent, modulus].map((it) => (isWhole(it) ? numberOf(it) : undefined));
  if (b === undefined || e === undefined || n === undefined || e < 0 || n <= 0) {
    return doubtful([base, exponent, modulus], "a power that is not followed");
  }
  let [result, square] = [1n, BigInt(b) % BigInt(n)];
  for (let left = BigInt(e); left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % BigInt(n);
    square = (square * square) % BigInt(n);
  }
  return int(Number(((result % BigInt(n)) + BigInt(n)) % BigInt(n)));
}

function character(code: Value): Value {
  const value = isWhole(code) ? numberOf(code) : undefined;
  const isText = value !== undefined && value >= 0 && value < 0x110000 && !(value >= 0xd800 && value < 0xe000);
  return isText ? str(String.fromCodePoint(value)) : doubtful([code], "a character that is not known", "str");
}
function codeOf(text: Value): Value {
  const characters = [...(stringOf(text) ?? "")];
  return characters.length === 1
    ? int(characters[0]?.codePointAt(0) ?? 0)
    : doubtful([text], "ord of what is no character");
}

export const NUMBER_FUNCTIONS: readonly NativeValue[] = [
  define("abs", "number, /", (m, { number }) => absolute(m, number)),
  define("round", "number, ndigits?", (m, { number, ndigits }) => rounded(m, number, ndigits)),
  define("divmod", "a, b, /", (m, { a, b }) => tuple([binary(m, "//", a, b), binary(m, "%", a, b)])),
  define("pow", "base, exp, mod?", (m, { base, exp, mod }) => power(m, base, exp, mod)),
  define("sum", "iterable, /, start?", (m, { iterable, start }) => sum(m, iterable, start ?? int(0))),
  extremeOf("min"),
  extremeOf("max"),
  inBase("hex", 16, "0x"),
  inBase("oct", 8, "0o"),
  inBase("bin", 2, "0b"),
  define("chr", "code, /", (_, { code }) => character(code)),
  define("ord", "text, /", (_, { text }) => codeOf(text)),
];
