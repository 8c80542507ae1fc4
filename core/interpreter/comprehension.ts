import type { Comprehension } from "../python/syntax.ts";
import type { Dim } from "../tensor/dim.ts";
import { assign } from "./assign.ts";
import { hashOf, listOf, makeDict, makeIterator, makeList, makeSet } from "./containers.ts";
import { evaluate, perhaps } from "./evaluate.ts";
import { ranAside, trailOf } from "./generators.ts";
import type { DictEntry, Rest } from "./heap.ts";
import { countOf, rounds, roundsOf, takesPart } from "./iterate.ts";
import { joinStates, joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { truth } from "./operators.ts";
import { childContext } from "./scope.ts";
import { NONE_VALUE, reasonOf, str, stringOf, tuple, unknown, type Value } from "./values.ts";

/** More clauses than this are not followed. */
const DEEPEST = 40;

/** What the rounds so far have made; `doubt` says that there may be more or fewer. */
interface Made {
  readonly keys: Value[];
  readonly values: Value[];
  doubt: string | undefined;
  /** How many rounds there are, where nothing else decides how many items it makes. */
  count?: Dim | undefined;
}

/** A comprehension has a scope of its own, and each round of it is a unit that is found again. */
export function comprehension(m: Machine, node: Comprehension): Value {
  const context = childContext(m.context, `${node.id}:comprehension`, undefined);
  const made: Made = { keys: [], values: [], doubt: undefined };
  const first = node.clauses[0];
  const source = first?.kind === "for" ? evaluate(m, first.iterable) : NONE_VALUE;
  const run = () =>
    m.within(context, m.scopeOf(context, "comprehension", m.scope), m.path, () => loop(m, node, 0, made, source));
  if (node.result === "generator") return generator(m, node, made, run);
  run();
  return collected(m, node, made);
}

/** It is run for what there is to say of it; what it changes happens as its items are read. */
function generator(m: Machine, node: Comprehension, made: Made, run: () => void): Value {
  const start = m.state;
  const ran = ranAside(m, () => {
    run();
    const items = collected(m, { ...node, result: "list" }, made);
    return items.kind === "list" ? listOf(m, items) : { items: [], rest: undefined };
  });
  const { items, rest } = ran.value;
  return makeIterator(m, items, rest, trailOf(start, ran.yields, items.length, ran.end, ran.reads, NONE_VALUE));
}

function clause(m: Machine, node: Comprehension, at: number, made: Made): void {
  const it = node.clauses[at];
  if (at > DEEPEST) made.doubt ??= "loops within loops, very many";
  else if (it === undefined) {
    made.keys.push(evaluate(m, node.element));
    if (node.value !== undefined) made.values.push(evaluate(m, node.value));
    if (node.result === "generator") m.yields();
  } else if (it.kind === "for") {
    loop(m, node, at, made, evaluate(m, it.iterable));
  } else {
    const known = truth(m, evaluate(m, it.test));
    if (known === undefined) made.doubt ??= "which items it keeps is not known";
    if (known === true) clause(m, node, at + 1, made);
    else if (known === undefined) perhaps(m, () => clause(m, node, at + 1, made));
  }
}

function loop(m: Machine, node: Comprehension, at: number, made: Made, source: Value): void {
  const it = node.clauses[at];
  if (it?.kind !== "for") return;
  const { items, rest } = rounds(m, source);
  made.doubt ??= rest?.reason;
  if (rest !== undefined && node.clauses.length === 1) made.count = countOf({ items, rest });
  const round = (item: Value) => {
    // Before the unit begins: so the item is something that it reads, and a round with another one is another.
    assign(m, it.target, item);
    return m.unit(it.target, () => ({ result: packed(oneRound(m, node, at)) }), m.statement);
  };
  for (const [i, item] of items.entries()) {
    if (m.exhausted) return;
    unpack(m.round(node, `${at}.${i}`, () => round(item), items.length).result, made);
  }
  if (rest === undefined || m.exhausted) return;
  // What a round of an unknown number of them makes; again, because the first may have changed what the next one finds.
  const each = roundsOf(rest);
  const another = (i: number) => unpack(m.round(node, `${at}.*`, () => round(each?.(i) ?? rest.element)).result, made);
  const before = m.state;
  if (takesPart(it.iterable)) perhaps(m, () => another(0));
  else another(0);
  m.state = joinStates(before, m.state);
  perhaps(m, () => another(1));
}

function oneRound(m: Machine, node: Comprehension, at: number): Made {
  const own: Made = { keys: [], values: [], doubt: undefined };
  clause(m, node, at + 1, own);
  return own;
}

/** A round's outcome must be a value, so that a remembered round yields it again. */
const packed = (made: Made): Value =>
  tuple([tuple(made.keys), tuple(made.values), made.doubt === undefined ? NONE_VALUE : str(made.doubt)]);

function unpack(value: Value | undefined, into: Made): void {
  if (value?.kind !== "tuple") return;
  const [keys, values, doubt] = value.items;
  if (keys?.kind === "tuple") into.keys.push(...keys.items);
  if (values?.kind === "tuple") into.values.push(...values.items);
  into.doubt ??= stringOf(doubt);
}

function collected(m: Machine, node: Comprehension, { keys, values, doubt, count }: Made): Value {
  const rest: Rest | undefined =
    doubt === undefined
      ? undefined
      : { element: keys.length > 0 ? keys.reduce(joinValues) : unknown(doubt), reason: doubt, count };
  if (node.result === "list" || node.result === "generator") {
    return rest !== undefined && keys.length > 0 ? makeList(m, [], rest) : makeList(m, keys, rest);
  }
  if (node.result === "set") return doubt === undefined ? makeSet(m, keys) : unknown(doubt);
  const entries = new Map<string, DictEntry>();
  let open = doubt;
  for (const [i, key] of keys.entries()) {
    const hash = hashOf(key);
    const value = values[i] ?? NONE_VALUE;
    if (hash === undefined) {
      // It may be any of those before it.
      open ??= reasonOf(key) ?? "a key that is not known";
      for (const [known, entry] of entries) entries.set(known, { ...entry, value: joinValues(entry.value, value) });
    } else if (doubt === undefined) entries.set(hash, { key, value });
    else {
      const before = entries.get(hash);
      entries.set(hash, { key, value: before === undefined ? value : joinValues(before.value, value), maybe: true });
    }
  }
  return makeDict(m, entries, open);
}
