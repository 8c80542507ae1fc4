import type { BinaryOp } from "../python/syntax.ts";
import * as dims from "../tensor/dim.ts";
import { hasRank } from "../tensor/shape.ts";
import { callMethod } from "./calls.ts";
import { dictOf, listOf, makeDict, makeList, mergedEntries } from "./containers.ts";
import { pow } from "./elementary.ts";
import type { ListObject, Rest } from "./heap.ts";
import { iterate } from "./iterate.ts";
import type { Machine } from "./machine.ts";
import { plainOf } from "./methods/receiver.ts";
import { setOperation } from "./methods/sets.ts";
import { noneSize } from "./noneSize.ts";
import { formatPercent } from "./percent.ts";
import { raised } from "./raising.ts";
import { computedFrom, needsNumber } from "./reading.ts";
import {
  bool,
  float,
  int,
  numberOf,
  onlyValue,
  positional,
  reasonOf,
  sizeOf,
  str,
  tuple,
  unknown,
  type Value,
} from "./values.ts";

/** Python's truth of a value, as far as it is certain. */
export function truth(m: Machine, value: Value): boolean | undefined {
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
      return value.value;
    case "int":
      if (typeof value.size === "number") return value.size !== 0;
      return dims.provablyPositive(value.size) || dims.provablyNegative(value.size) ? true : undefined;
    case "float":
      return value.value !== 0;
    case "str":
    case "bytes":
      return value.value !== "";
    case "tuple":
      return value.items.length > 0;
    case "list": {
      const { items, rest } = listOf(m, value);
      return items.length > 0 ? true : rest === undefined ? false : undefined;
    }
    case "dict":
    case "set": {
      const { entries, open } = dictOf(m, value);
      if (open === undefined) return entries.size > 0;
      return [...entries.values()].some((entry) => entry.maybe !== true) ? true : undefined;
    }
    case "range":
      return iterate(m, value).rest === undefined ? iterate(m, value).items.length > 0 : undefined;
    case "tensor": {
      const only = onlyValue(value);
      return only === undefined ? undefined : only !== 0;
    }
    case "unknown":
      return undefined;
    case "instance": {
      const answer = callMethod(m, value, "__bool__", positional()) ?? callMethod(m, value, "__len__", positional());
      if (answer !== undefined) return truth(m, answer);
      return value.class.mro.some((it) => it.open !== undefined) ? undefined : true;
    }
    default:
      return true;
  }
}

/** The operators' methods, without their underscores. */
export const DUNDERS: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
};

export function binary(m: Machine, op: BinaryOp, left: Value, right: Value): Value {
  if (left.kind === "tensor") return left.family.operator(m, op, left, right);
  if (right.kind === "tensor") return right.family.operator(m, op, left, right);
  if (left.kind === "instance" || right.kind === "instance") {
    const own = callMethod(m, left, `__${DUNDERS[op]}__`, positional(right));
    const made = own ?? callMethod(m, right, `__r${DUNDERS[op]}__`, positional(left));
    if (made !== undefined) return made;
    // Of a class derived from a built-in type: what the plain values give.
    const [a, b] = [plainOf(m, left), plainOf(m, right)];
    return a === left && b === right ? unsupported(op, left, right) : binary(m, op, a, b);
  }
  if (op === "%" && left.kind === "str") return formatPercent(m, left.value, right);
  const joined = op === "+" ? concatenated(m, left, right) : op === "*" ? repeated(m, left, right) : undefined;
  if (joined !== undefined) return joined;
  if (op === "|" && left.kind === "dict" && right.kind === "dict") {
    const { entries, open } = mergedEntries(dictOf(m, left), dictOf(m, right));
    return makeDict(m, entries, open);
  }
  if (op === "|" && isType(left) && isType(right))
    return tuple([left, right].flatMap((it) => (it.kind === "tuple" ? it.items : [it])));
  const isNumber = (it: Value) => it.kind === "int" || it.kind === "float";
  if ((left.kind === "none" && isNumber(right)) || (right.kind === "none" && isNumber(left))) {
    return noneSize(m, left.kind === "none" ? `None ${op} a number` : `a number ${op} None`);
  }
  if (isDivision(op) && numberOf(left) !== undefined && numberOf(right) === 0) {
    return raised(m, "ZeroDivisionError", "division by zero");
  }
  const made = setOperation(m, op, left, right) ?? computedFrom(m, arithmetic(m, op, left, right), [left, right]);
  const isRefused = made.kind === "unknown" && PLAIN.has(left.kind) && PLAIN.has(right.kind) && mixes(left, right);
  return isRefused ? raised(m, "TypeError", made.reason) : made;
}
const isDivision = (op: BinaryOp): boolean => op === "/" || op === "//" || op === "%";
/** No operator but a repetition takes two of different families of these. */
const PLAIN: ReadonlySet<string> = new Set(["int", "float", "str", "list", "tuple", "dict", "none"]);
const mixes = (left: Value, right: Value): boolean =>
  left.kind !== right.kind &&
  !(isNumeric(left) && isNumeric(right)) &&
  (reasonOf(left) ?? reasonOf(right)) === undefined;
const isNumeric = (value: Value): boolean => value.kind === "int" || value.kind === "float";

/** `int | None` where a type is meant: what `isinstance` takes. */
const isType = (value: Value): boolean =>
  value.kind === "class" ||
  value.kind === "none" ||
  (value.kind === "tuple" && value.items.length > 0 && value.items.every(isType));

const unsupported = (op: string, left: Value, right: Value): Value =>
  unknown(reasonOf(left) ?? reasonOf(right) ?? `${left.kind} ${op} ${right.kind} is not followed`);

const LONGEST_TEXT = 10_000_000;
/** More items than this are not kept one by one. */
const MOST_ITEMS = 200_000;
const tooMany = (): Rest => ({ element: unknown("a very long sequence"), reason: "a very long sequence" });

function concatenated(m: Machine, left: Value, right: Value): Value | undefined {
  if (left.kind === "str" && right.kind === "str") {
    const isLong = left.value.length + right.value.length > LONGEST_TEXT;
    return isLong ? unknown("a very long string", "str") : str(left.value + right.value);
  }
  if (left.kind === "tuple" && right.kind === "tuple") {
    const isLong = left.items.length + right.items.length > MOST_ITEMS;
    return isLong ? unknown("a very long sequence") : tuple([...left.items, ...right.items]);
  }
  if (left.kind !== "list" || right.kind !== "list") return undefined;
  const [a, b] = [listOf(m, left), listOf(m, right)];
  if (a.rest !== undefined) return makeList(m, a.items, longer(a.rest, b));
  if (a.items.length + b.items.length > MOST_ITEMS) return makeList(m, [], tooMany());
  m.steps += (a.items.length + b.items.length) >> 4;
  return makeList(m, [...a.items, ...b.items], b.rest);
}

/** More follow what follows: numbers among numbers are like them. */
function longer(rest: Rest, { items, rest: others }: ListObject): Rest {
  const { element, count } = rest;
  const isAlike = others === undefined && isScalar(element) && items.every((it) => NUMBERS.has(it.kind));
  const both = others === undefined ? count : count && others.count && dims.plus(count, others.count);
  return {
    reason: rest.reason,
    element: isAlike ? element : unknown(rest.reason),
    count: both && dims.plus(both, items.length),
  };
}
const NUMBERS: ReadonlySet<Value["kind"]> = new Set(["int", "float", "bool"]);
const isScalar = (it: Value): boolean =>
  it.kind === "float" || (it.kind === "tensor" && it.dtype === "float64" && hasRank(it.shape) && it.shape.rank === 0);

function repeated(m: Machine, left: Value, right: Value): Value | undefined {
  const [items, times] = left.kind === "int" ? [right, left] : [left, right];
  if (items.kind !== "str" && items.kind !== "tuple" && items.kind !== "list") return undefined;
  const count = numberOf(times);
  if (count === undefined || !Number.isInteger(count)) {
    if (times.kind === "int") needsNumber(m, times.size);
    return unknown(reasonOf(times) ?? "how often it repeats is not known");
  }
  const often = Math.max(0, count);
  if (items.kind === "str")
    return items.value.length * often > 1e6 ? unknown("a very long string", "str") : str(items.value.repeat(often));
  const all = items.kind === "tuple" ? { items: items.items } : listOf(m, items);
  if (all.items.length * often > 100_000) {
    return items.kind === "list" ? makeList(m, [], tooMany()) : unknown("a very long sequence");
  }
  m.steps += (all.items.length * often) >> 4;
  const many = Array.from({ length: often }, () => all.items).flat();
  return items.kind === "tuple" ? tuple(many) : makeList(m, many, listOf(m, items).rest);
}

function arithmetic(m: Machine, op: BinaryOp, left: Value, right: Value): Value {
  const integral = (it: Value) => it.kind === "int" || it.kind === "bool";
  if (integral(left) && integral(right)) {
    if (op === "**") needsNumber(m, sizeOf(right) ?? 0);
    return integers(op, sizeOf(left) ?? 0, sizeOf(right) ?? 0);
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  const reason = reasonOf(left) ?? reasonOf(right);
  if (a === undefined || b === undefined) {
    const numeric = (it: Value) => integral(it) || it.kind === "float" || it.kind === "unknown";
    if (!numeric(left) || !numeric(right)) return unsupported(op, left, right);
    const other = left.kind === "unknown" ? right : left;
    const open = left.kind === "unknown" ? left : right;
    const isFloat = open.kind === "unknown" && open.type === "float" && op !== "**";
    const mayBeInteger = integral(other) && op !== "/" && open.kind === "unknown" && !isFloat;
    // Of something that nothing is known of the result may be anything, a tensor too.
    const mayBeAnything = [left, right].some((it) => it.kind === "unknown" && it.type === undefined);
    const certain = [left, right].some(isComplex) ? "complex" : mayBeInteger ? undefined : "float";
    return unknown(reason ?? "a number that is not known", mayBeAnything ? undefined : certain);
  }
  const result = floats(op, a, b);
  return result === undefined ? unknown(`${op} of ${a} and ${b}`) : float(result);
}

const isComplex = (it: Value): boolean => it.kind === "unknown" && it.type === "complex";

/** Python's `a % b` of floats: exact, with the sign of `b`. */
const modulo = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest === 0 ? (b < 0 ? -0 : 0) : rest;
};
/** Python's `a // b` of floats: what is left when the remainder is taken away, as a whole number. */
function floorQuotient(a: number, b: number): number {
  const quotient = (a - modulo(a, b)) / b;
  if (quotient === 0) return a / b < 0 ? -0 : 0;
  const whole = Math.floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

function floats(op: BinaryOp, a: number, b: number): number | undefined {
  if (b === 0 && (op === "/" || op === "//" || op === "%")) return undefined;
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "//":
      return floorQuotient(a, b);
    case "%":
      return modulo(a, b);
    case "**": {
      const value = pow(a, b);
      // A negative base gives a complex number, and what is past the largest float raises.
      return Number.isFinite(value) || !Number.isFinite(a) || !Number.isFinite(b) ? value : undefined;
    }
    default:
      return undefined;
  }
}

function integers(op: BinaryOp, a: dims.Dim, b: dims.Dim): Value {
  switch (op) {
    case "+":
      return int(dims.plus(a, b));
    case "-":
      return int(dims.minus(a, b));
    case "*":
      return int(dims.times(a, b));
    case "//":
      return int(dims.floorDivide(a, b));
    case "%":
      return int(dims.modulo(a, b));
    case "/":
      if (typeof a === "number" && typeof b === "number") return b === 0 ? unknown("division by zero") : float(a / b);
      return unknown("a quotient of sizes", "float");
    case "**":
      return power(a, b);
    default:
      return bits(op, a, b);
  }
}

function power(a: dims.Dim, b: dims.Dim): Value {
  if (typeof b !== "number") return unknown(dims.isUnknown(b) ? b.reason : "a power that is not known");
  if (b < 0) return typeof a === "number" && a !== 0 ? float(pow(a, b)) : unknown("a quotient of sizes", "float");
  if (typeof a === "number") return Number.isSafeInteger(a ** b) ? int(a ** b) : unknown("an integer beyond 2^53");
  return b > 8 ? unknown("a high power") : int(dims.product(Array<dims.Dim>(b).fill(a)));
}

function bits(op: BinaryOp, a: dims.Dim, b: dims.Dim): Value {
  if (typeof a !== "number" || typeof b !== "number") return unknown("bits of a size that is not known");
  const [x, y] = [BigInt(a), BigInt(b)];
  if ((op === "<<" || op === ">>") && (b < 0 || b > 60)) return unknown("a very long shift");
  const rules: Partial<Record<BinaryOp, () => bigint>> = {
    "&": () => x & y,
    "|": () => x | y,
    "^": () => x ^ y,
    "<<": () => x << y,
    ">>": () => x >> y,
  };
  const value = rules[op]?.();
  if (value === undefined) return unknown(`${op} of integers`);
  return Number.isSafeInteger(Number(value)) ? int(Number(value)) : unknown("an integer beyond 2^53");
}

export function unary(m: Machine, op: "-" | "+" | "~" | "not", operand: Value): Value {
  if (op === "not") {
    const known = truth(m, operand);
    return known === undefined ? unknown(reasonOf(operand) ?? "whether it is true is not known", "bool") : bool(!known);
  }
  if (operand.kind === "tensor") return operand.family.operator(m, op, operand, undefined);
  if (operand.kind === "float") return op === "-" ? float(-operand.value) : operand;
  if (isComplex(operand)) return operand;
  const size = operand.kind === "int" || operand.kind === "bool" ? sizeOf(operand) : undefined;
  if (size !== undefined) {
    return op === "-" ? int(dims.negate(size)) : op === "~" ? int(dims.minus(dims.negate(size), 1)) : int(size);
  }
  const method = { "-": "__neg__", "+": "__pos__", "~": "__invert__" }[op];
  return callMethod(m, operand, method, positional()) ?? unknown(reasonOf(operand) ?? `${op} of a ${operand.kind}`);
}
