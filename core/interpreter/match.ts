import type { Match, Pattern } from "../python/syntax.ts";
import { findAttribute } from "./attributes.ts";
import { dictOf, equalValues, hashOf, listOf, makeDict, makeList } from "./containers.ts";
import { evaluate, uncertain } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { type Exits, joinExits } from "./exits.ts";
import { isInstance } from "./instances.ts";
import type { Machine } from "./machine.ts";
import { bindName } from "./names.ts";
import { truth } from "./operators.ts";
import { tuple, unknown, type Value } from "./values.ts";

/** The first case that certainly matches ends the search; one that may match is joined with what follows. */
export function matchStatement(m: Machine, node: Match): Exits | undefined {
  const subject = evaluate(m, node.subject);
  const possible: Exits[] = [];
  for (const { pattern, guard, body } of node.cases) {
    const before = m.state;
    let fits = matches(m, pattern, subject);
    if (fits !== false && guard !== undefined) fits = both(fits, truth(m, evaluate(m, guard)));
    if (fits === false) {
      m.state = before;
      continue;
    }
    const certain = fits === true && possible.length === 0;
    const exits = (certain ? execute(m, body) : uncertain(m, () => execute(m, body))) ?? { normal: m.state };
    if (certain) return exits;
    possible.push(exits);
    if (fits === true) return settle(m, possible);
    m.state = before;
  }
  return possible.length === 0 ? undefined : settle(m, [...possible, { normal: m.state }]);
}

function settle(m: Machine, possible: readonly Exits[]): Exits {
  const joined = possible.reduce(joinExits);
  if (joined.normal !== undefined) m.state = joined.normal;
  return joined;
}

const both = (a: boolean | undefined, b: boolean | undefined): boolean | undefined =>
  a === false || b === false ? false : a === true && b === true ? true : undefined;
const all = (answers: Iterable<boolean | undefined>): boolean | undefined =>
  [...answers].reduce<boolean | undefined>(both, true);

/** Whether the pattern matches, as far as that is certain; binds its names on the way. */
function matches(m: Machine, pattern: Pattern, value: Value): boolean | undefined {
  switch (pattern.kind) {
    case "value":
      return equalValues(m, evaluate(m, pattern.value), value);
    case "capture":
      if (pattern.name !== undefined) bindName(m, pattern.name, value);
      return true;
    case "as": {
      const fits = matches(m, pattern.pattern, value);
      if (fits !== false) bindName(m, pattern.name, value);
      return fits;
    }
    case "or": {
      const answers = pattern.patterns.map((it) => matches(m, it, value));
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    }
    case "sequence":
      return sequence(m, pattern.patterns, value);
    case "mapping":
      return mapping(m, pattern, value);
    case "class":
      return instance(m, pattern, value);
    case "star":
      return undefined;
  }
}

function sequence(m: Machine, patterns: readonly Pattern[], value: Value): boolean | undefined {
  const items = value.kind === "tuple" ? value.items : value.kind === "list" ? listOf(m, value).items : undefined;
  if (items === undefined) return value.kind === "unknown" ? undefined : false;
  const star = patterns.findIndex((it) => it.kind === "star");
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
  const extra = items.length - patterns.length;
  return all(
    patterns.map((pattern, i) => {
      if (pattern.kind !== "star") {
        return matches(m, pattern, items[star >= 0 && i > star ? i + extra : i] ?? unknown("no such item"));
      }
      if (pattern.name !== undefined) bindName(m, pattern.name, makeList(m, items.slice(i, i + extra + 1)));
      return true;
    }),
  );
}

function mapping(m: Machine, pattern: Extract<Pattern, { kind: "mapping" }>, value: Value): boolean | undefined {
  if (value.kind !== "dict") return value.kind === "unknown" ? undefined : false;
  const { entries, open } = dictOf(m, value);
  const left = new Map(entries);
  const fits = all(
    pattern.entries.map(({ key, pattern: inner }) => {
      const hash = hashOf(evaluate(m, key));
      const entry = hash === undefined ? undefined : entries.get(hash);
      if (hash !== undefined) left.delete(hash);
      if (entry === undefined) return hash === undefined || open !== undefined ? undefined : false;
      return matches(m, inner, entry.value);
    }),
  );
  if (pattern.rest !== undefined) bindName(m, pattern.rest, makeDict(m, left, open));
  return fits;
}

function instance(m: Machine, pattern: Extract<Pattern, { kind: "class" }>, value: Value): boolean | undefined {
  const type = evaluate(m, pattern.type);
  const is = isInstance(m, value, type);
  if (is === false) return false;
  const fields = pattern.keywords.map(({ name, pattern: inner }) =>
    matches(m, inner, findAttribute(m, value, name) ?? unknown(`no attribute ${name}`)),
  );
  const order = type.kind === "class" ? findAttribute(m, type, "__match_args__") : undefined;
  const names = order?.kind === "tuple" ? order.items : tuple([]).items;
  const places = pattern.positional.map((inner, i) => {
    const name = names[i];
    if (pattern.positional.length === 1 && name === undefined) return matches(m, inner, value);
    if (name?.kind !== "str") return undefined;
    return matches(m, inner, findAttribute(m, value, name.value) ?? unknown(`no attribute ${name.value}`));
  });
  return all([is, ...fields, ...places]);
}
