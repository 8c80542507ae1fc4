// Python's comparisons: of values, of identities, of what is in what; undecided where a size or a text is not known.
import type { CompareOp } from "../python/syntax.ts";
import * as dims from "../tensor/dim.ts";
import { callMethod } from "./calls.ts";
import { dictOf, equalValues, hashOf, listOf } from "./containers.ts";
import { iterate } from "./iterate.ts";
import type { Machine } from "./machine.ts";
import { plainOf } from "./methods/receiver.ts";
import { setOrder } from "./methods/sets.ts";
import { truth } from "./operators.ts";
import { needsNumber } from "./reading.ts";
import { bool, numberOf, positional, reasonOf, sizeOf, type Unknown, unknown, type Value } from "./values.ts";

const COMPARISONS: Readonly<Record<string, string>> = {
  "==": "eq",
  "!=": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};

const REFLECTED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

export function compare(m: Machine, op: CompareOp, left: Value, right: Value): Value {
  if (op === "is" || op === "is not") return identity(op, left, right);
  if (op === "in" || op === "not in") return membership(m, op, left, right);
  if (left.kind === "tensor") return left.family.operator(m, op, left, right);
  if (right.kind === "tensor") return right.family.operator(m, op, left, right);
  const own =
    callMethod(m, left, `__${COMPARISONS[op]}__`, positional(right)) ??
    callMethod(m, right, `__${COMPARISONS[REFLECTED[op]]}__`, positional(left));
  if (own !== undefined) return own;
  const [a, b] = [plainOf(m, left), plainOf(m, right)];
  if (a !== left || b !== right) return compare(m, op, a, b);
  if (op === "==" || op === "!=") {
    const equal = equalValues(m, left, right);
    return equal === undefined ? undecidedSize(m, left, right) : bool(equal === (op === "=="));
  }
  return order(m, op, left, right);
}

/** A size against a number: which it is decides what happens. */
function undecidedSize(m: Machine, left: Value, right: Value): Value {
  const a = sizeOf(left);
  const b = sizeOf(right);
  if (typeof b === "number" && a !== undefined && dims.isSymbol(a)) needsNumber(m, a);
  if (typeof a === "number" && b !== undefined && dims.isSymbol(b)) needsNumber(m, b);
  // What is not known at all may be an array, which is compared element by element.
  return isPlain(left) && isPlain(right) ? undecided(left, right) : { ...undecided(left, right), type: undefined };
}
const isPlain = (it: Value): boolean => it.kind !== "unknown" || it.type !== undefined;
const undecided = (left: Value, right: Value): Unknown =>
  unknown(reasonOf(left) ?? reasonOf(right) ?? "the comparison is not decided", "bool");

function order(m: Machine, op: "<" | "<=" | ">" | ">=", left: Value, right: Value): Value {
  if (op === ">" || op === ">=") return order(m, op === ">" ? "<" : "<=", right, left);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return bool(op === "<" ? a < b : a <= b);
  if (left.kind === "str" && right.kind === "str")
    return bool(op === "<" ? left.value < right.value : left.value <= right.value);
  const known = orderOfSizes(op, sizeOf(left), sizeOf(right)) ?? orderOfSets(m, op, left, right);
  if (known !== undefined) return bool(known);
  const items = (it: Value) =>
    it.kind === "tuple" ? it.items : it.kind === "list" && !listOf(m, it).rest ? listOf(m, it).items : undefined;
  const [p, q] = [items(left), items(right)];
  if (p === undefined || q === undefined || left.kind !== right.kind) return undecidedSize(m, left, right);
  const at = p.findIndex((item, i) => q[i] === undefined || equalValues(m, item, q[i] ?? item) !== true);
  const [a1, b1] = [p[at], q[at]];
  if (a1 === undefined || b1 === undefined) return bool(op === "<" ? p.length < q.length : p.length <= q.length);
  return equalValues(m, a1, b1) === undefined ? undecided(a1, b1) : order(m, op, a1, b1);
}

function orderOfSizes(op: "<" | "<=", x: dims.Dim | undefined, y: dims.Dim | undefined): boolean | undefined {
  if (x === undefined || y === undefined) return undefined;
  const beyond = op === "<" ? y : dims.plus(y, 1);
  if (dims.provablyLess(x, beyond)) return true;
  return dims.provablyLess(dims.minus(beyond, 1), x) ? false : undefined;
}
const orderOfSets = (m: Machine, op: "<" | "<=", left: Value, right: Value): boolean | undefined =>
  left.kind === "set" && right.kind === "set" ? setOrder(m, op, left, right) : undefined;

function identity(op: "is" | "is not", left: Value, right: Value): Value {
  if (left.kind === "unknown" || right.kind === "unknown") {
    const [it, other] = left.kind === "unknown" ? [left, right] : [right, left];
    const isNot = other.kind === "none" && it.kind === "unknown" && it.type !== undefined;
    return isNot ? bool(op === "is not") : undecided(left, right);
  }
  const plain = (it: Value) => ["none", "bool", "ellipsis"].includes(it.kind);
  const [a, b] = [hashOf(left), hashOf(right)];
  let equal: boolean | undefined;
  if (plain(left) || plain(right) || left.kind !== right.kind) equal = left.kind === right.kind && a === b;
  // Whether two equal texts, numbers or tuples are one object is the running Python's own affair.
  else if (left.kind === "tuple" || left.kind === "float")
    equal = a !== undefined && b !== undefined && a !== b ? false : undefined;
  else if (a !== undefined && b !== undefined) equal = a === b;
  return equal === undefined ? undecided(left, right) : bool(equal === (op === "is"));
}

function membership(m: Machine, op: "in" | "not in", item: Value, container: Value): Value {
  const found = contains(m, item, container);
  return found === undefined ? undecided(container, item) : bool(found === (op === "in"));
}

function contains(m: Machine, item: Value, container: Value): boolean | undefined {
  if (container.kind === "str") return item.kind === "str" ? container.value.includes(item.value) : undefined;
  if (container.kind === "instance") {
    const own = callMethod(m, container, "__contains__", positional(item));
    if (own !== undefined) return truth(m, own);
    const { items, rest } = iterate(m, container);
    return rest === undefined ? containsItem(m, items, undefined, item) : undefined;
  }
  if (container.kind === "dict" || container.kind === "set") {
    const { entries, open } = dictOf(m, container);
    const hash = hashOf(item);
    const entry = hash === undefined ? undefined : entries.get(hash);
    if (hash === undefined || entry?.maybe === true) return undefined;
    return entry !== undefined ? true : open === undefined ? false : undefined;
  }
  if (!["tuple", "list", "range"].includes(container.kind)) return undefined;
  const { items, rest } = iterate(m, container);
  return containsItem(m, items, rest, item);
}

function containsItem(m: Machine, items: readonly Value[], rest: object | undefined, item: Value): boolean | undefined {
  const each = items.map((it) => equalValues(m, it, item));
  return each.includes(true) ? true : rest !== undefined || each.includes(undefined) ? undefined : false;
}
