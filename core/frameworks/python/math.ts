import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { allItems, isUnknownItems, unknownInt } from "../../interpreter/builtins/items.ts";
import { toInt } from "../../interpreter/builtins/types.ts";
import { callMethod } from "../../interpreter/calls.ts";
import * as exact from "../../interpreter/elementary.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { binary } from "../../interpreter/operators.ts";
import {
  bool,
  float,
  int,
  type NativeValue,
  numberOf,
  onlyValue,
  positional,
  reasonOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Library, table } from "./library.ts";

/** `math`, on numbers that are known; what is outside a function's domain raises in Python, and is unknown here. */

type Real = (...numbers: readonly number[]) => number | undefined;

function real(name: string, parameters: "x" | "x, y", rule: Real): NativeValue {
  return define(`math.${name}`, parameters, (_, given) => {
    const values = Object.values(given as Readonly<Record<string, Value>>);
    const numbers = values.map(numberOf);
    if (numbers.includes(undefined)) return doubtful(values, `math.${name} of what is not known`, "float");
    const result = rule(...numbers.map((it) => it ?? 0));
    if (result === undefined) return unknown(`math.${name} is not defined there`, "float");
    const finite = numbers.every((it) => Number.isFinite(it));
    return finite && !Number.isFinite(result) ? unknown(`math.${name} is not defined there`, "float") : float(result);
  });
}

/** The last digit of these is the C library's own, so only that they give a float is told. */
const inexact = (...names: readonly string[]): readonly NativeValue[] =>
  names.map((name) =>
    define(`math.${name}`, "*values", (_, { values }) => doubtful(values, `the value of math.${name}`, "float")),
  );

/** `ceil`, `floor` and `trunc` give integers; an integer is its own. */
function whole(name: "ceil" | "floor" | "trunc"): NativeValue {
  return define(`math.${name}`, "x, /", (m, { x }) => {
    if (x.kind === "int" || x.kind === "bool") return toInt(m, x);
    const own = callMethod(m, x, `__${name}__`, positional());
    if (own !== undefined) return own;
    const number = x.kind === "tensor" ? onlyValue(x) : numberOf(x);
    if (number === undefined) return unknownInt(reasonOf(x) ?? `math.${name} of what is not known`);
    const result = Math[name](number) + 0;
    return Number.isSafeInteger(result) ? int(result) : unknownInt("an integer beyond 2^53");
  });
}

const wholeNumber = (value: Value): number | undefined =>
  value.kind === "int" || value.kind === "bool" ? numberOf(value) : undefined;

/** A function of integers. */
function integral(name: string, rule: (numbers: readonly bigint[]) => bigint | undefined): NativeValue {
  return define(`math.${name}`, "*values", (_, { values }) => {
    const numbers = values.map(wholeNumber);
    if (numbers.includes(undefined)) return unknownInt(doubtful(values, `math.${name} of what is not known`).reason);
    const result = rule(numbers.map((it) => BigInt(it ?? 0)));
    if (result === undefined) return unknown(`math.${name} is not defined there`);
    return Number.isSafeInteger(Number(result)) ? int(Number(result)) : unknownInt("an integer beyond 2^53");
  });
}

const size = (n: bigint): bigint => (n < 0n ? -n : n);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? size(a) : gcd(b, a % b));
const lcm = (a: bigint, b: bigint): bigint => (a === 0n || b === 0n ? 0n : size(a * b) / gcd(a, b));
/** n · (n − 1) · … of k factors; undefined where that is no use to anyone. */
function falling(n: bigint, k: bigint): bigint | undefined {
  if (n < 0n || k < 0n) return undefined;
  if (k > n) return 0n;
  if (k > 200n) return undefined;
  let product = 1n;
  for (let i = 0n; i < k; i++) product *= n - i;
  return product;
}
const factorial = (n: bigint): bigint | undefined => (n < 0n ? undefined : falling(n, n));
function combinations(n: bigint, k: bigint): bigint | undefined {
  const fewer = n - k < k && n >= k ? n - k : k;
  const [product, repeats] = [falling(n, fewer), factorial(fewer)];
  return product === undefined || repeats === undefined ? undefined : product / repeats;
}
function squareRoot(n: bigint): bigint | undefined {
  if (n < 0n) return undefined;
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root--;
  while ((root + 1n) * (root + 1n) <= n) root++;
  return root;
}

function logarithm(_: Machine, { x, base }: { readonly x: Value; readonly base: Value | undefined }): Value {
  const [number, root] = [numberOf(x), base === undefined ? undefined : numberOf(base)];
  if (number === undefined || (base !== undefined && root === undefined)) {
    return doubtful([x, base], "math.log of what is not known", "float");
  }
  if (number <= 0 || (root !== undefined && (root <= 0 || root === 1)))
    return unknown("math.log is not defined there", "float");
  return float(root === undefined ? exact.log(number) : exact.log(number) / exact.log(root));
}

function product(m: Machine, iterable: Value, start: Value): Value {
  const items = allItems(m, iterable);
  return isUnknownItems(items) ? items : items.reduce((sofar, item) => binary(m, "*", sofar, item), start);
}

const tested = (name: string, test: (number: number) => boolean): NativeValue =>
  define(`math.${name}`, "x, /", (_, { x }) => {
    const number = numberOf(x);
    return number === undefined ? doubtful([x], `math.${name} of what is not known`, "bool") : bool(test(number));
  });

const isClose = define("math.isclose", "a, b, *, rel_tol?, abs_tol?", (_, { a, b, rel_tol, abs_tol }) => {
  const [x, y] = [numberOf(a), numberOf(b)];
  const relative = rel_tol === undefined ? 1e-9 : numberOf(rel_tol);
  const absolute = abs_tol === undefined ? 0 : numberOf(abs_tol);
  if (x === undefined || y === undefined || relative === undefined || absolute === undefined) {
    return doubtful([a, b, rel_tol, abs_tol], "whether they are close is not known", "bool");
  }
  if (!Number.isFinite(x) || !Number.isFinite(y)) return bool(x === y);
  return bool(Math.abs(x - y) <= Math.max(relative * Math.max(Math.abs(x), Math.abs(y)), absolute));
});

const parts = define("math.modf", "x, /", (_, { x }) => {
  const number = numberOf(x);
  if (number === undefined || !Number.isFinite(number)) return doubtful([x], "math.modf of what is not known");
  return tuple([float(number % 1), float(Math.trunc(number))]);
});

const hypotenuse = define("math.hypot", "*values", (_, { values }) => {
  const squares = values.map((it) => wholeNumber(it));
  const sum = squares.reduce<number>((total, it) => total + (it ?? Number.NaN) ** 2, 0);
  const root = Math.sqrt(sum);
  return Number.isSafeInteger(sum) && Number.isInteger(root)
    ? float(root)
    : doubtful(values, "math.hypot is not followed", "float");
});

export const MATH: Library = {
  name: "math",
  members: {
    pi: float(Math.PI),
    e: float(Math.E),
    tau: float(2 * Math.PI),
    inf: float(Number.POSITIVE_INFINITY),
    nan: float(Number.NaN),
    ...table(
      whole("ceil"),
      whole("floor"),
      whole("trunc"),
      real("sqrt", "x", (x = 0) => (x < 0 ? undefined : Math.sqrt(x))),
      real("exp", "x", (x = 0) => exact.exp(x)),
      real("log2", "x", (x = 0) => (x <= 0 ? undefined : exact.log2(x))),
      real("log10", "x", (x = 0) => (x <= 0 ? undefined : Math.log10(x))),
      real("pow", "x, y", (x = 0, y = 0) => exact.pow(x, y)),
      real("sin", "x", (x = 0) => exact.sin(x)),
      real("cos", "x", (x = 0) => exact.cos(x)),
      real("fabs", "x", (x = 0) => Math.abs(x)),
      real("fmod", "x, y", (x = 0, y = 0) => (y === 0 ? undefined : x % y)),
      real("copysign", "x, y", (x = 0, y = 0) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
      real("radians", "x", (x = 0) => x * (Math.PI / 180)),
      real("degrees", "x", (x = 0) => x * (180 / Math.PI)),
      define("math.log", "x, base?, /", logarithm),
      define("math.prod", "iterable, /, *, start?", (m, { iterable, start }) => product(m, iterable, start ?? int(1))),
      integral("gcd", (it) => it.reduce(gcd, 0n)),
      integral("lcm", (it) => it.reduce(lcm, 1n)),
      integral("factorial", ([n]) => (n === undefined ? undefined : factorial(n))),
      integral("comb", ([n, k]) => (n === undefined || k === undefined ? undefined : combinations(n, k))),
      integral("perm", ([n, k]) => (n === undefined ? undefined : falling(n, k ?? n))),
      integral("isqrt", ([n]) => (n === undefined ? undefined : squareRoot(n))),
      tested("isnan", Number.isNaN),
      tested("isinf", (it) => Math.abs(it) === Number.POSITIVE_INFINITY),
      tested("isfinite", Number.isFinite),
      ...inexact("acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cosh", "dist", "erf", "erfc"),
      ...inexact("exp2", "expm1", "fma", "fsum", "gamma", "ldexp", "lgamma", "log1p", "nextafter", "remainder"),
      ...inexact("sinh", "sumprod", "tan", "tanh", "ulp"),
      isClose,
      parts,
      hypotenuse,
    ),
  },
};
