import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  int,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  numberOf,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Library, table } from "./library.ts";

/**
 * `re`, as names of layers are taken apart with: on printable ASCII and for the expressions that JavaScript and Python
 * read alike.
 */

const PARTS = [
  /[\w .,:;/<>=!@#%&~-]/,
  /\\[dDwWsS.\-_[\]()/+*?|^$\\]/,
  /\((?:\?:)?/,
  /[)|^$?*+]/,
  /\{\d+(?:,\d*)?\}/,
  /\[\^?(?:[\w .,;:/<>=!@#%&*+()-]|\\[dws.\-_])+\]/,
];
const ALIKE = new RegExp(`^(?:${PARTS.map((it) => it.source).join("|")})*$`);
const PLAIN = /^[ -~]{0,200}$/;
/** Other groups, and where the two differ or take long to fail: lazy quantifiers, and those of groups. */
const ODD = /\(\?(?!:)|[?*+})][?*+{]/;
const MOST_REPEATED = 6;

function expressionOf(pattern: Value): RegExp | undefined {
  const source = stringOf(pattern);
  if (source === undefined || !ALIKE.test(source) || ODD.test(source)) return undefined;
  if ((source.match(/[*+{]/g)?.length ?? 0) > MOST_REPEATED) return undefined;
  try {
    return new RegExp(source, "g");
  } catch {
    return undefined;
  }
}

/** The text to look through, where no flag or count is given beside it. */
function plain(string: Value, others: readonly unknown[], named: ReadonlyMap<string, unknown>): string | undefined {
  const text = stringOf(string);
  return text !== undefined && PLAIN.test(text) && others.length === 0 && named.size === 0 ? text : undefined;
}

const matchesNothing = ({ source }: RegExp): boolean => new RegExp(`^(?:${source})$`).test("");
/** Behind an empty match Python tries the other ways at the same place. */
const goesOnAlike = (expression: RegExp): boolean => !expression.source.includes("|") || !matchesNothing(expression);

const given = (group: string | undefined): Value => (group === undefined ? NONE_VALUE : str(group));
const MATCH = nativeClass("re.Match", [], {
  group: nativeMethod("re.Match.group", (_, { list: [self, ...places] }) => {
    const found = groupsOf(self?.value);
    const numbers = places.length === 0 ? [0] : places.map(({ value }) => numberOf(value));
    const items = numbers.map((it) =>
      it === undefined || found === undefined || !(it in found)
        ? unknown("which group is not known")
        : given(found[it]),
    );
    return items.length === 1 && items[0] !== undefined ? items[0] : tuple(items);
  }),
  groups: nativeMethod("re.Match.groups", (_, { list: [self] }) =>
    tuple((groupsOf(self?.value) ?? []).slice(1).map(given)),
  ),
  start: nativeMethod("re.Match.start", (_, { list: [self, place] }) => edge(self?.value, place?.value, 0)),
  end: nativeMethod("re.Match.end", (_, { list: [self, place] }) => edge(self?.value, place?.value, 1)),
});
const groupsOf = (match: Value | undefined): readonly (string | undefined)[] | undefined =>
  match?.kind === "opaque" ? (match.data as RegExpExecArray) : undefined;
function edge(match: Value | undefined, place: Value | undefined, side: 0 | 1): Value {
  if (match?.kind !== "opaque" || place !== undefined) return unknown("where a group stands");
  const { index, 0: whole } = match.data as RegExpExecArray;
  return int(index + (side === 0 ? 0 : whole.length));
}

type Found = (m: Machine, expression: RegExp, text: string) => Value | undefined;
const search = (name: string, around = (source: string) => source) =>
  asked(name, (_, { source }, text) => {
    const found = new RegExp(around(source)).exec(text);
    return found === null ? NONE_VALUE : { kind: "opaque", type: "re.Match", data: found, class: MATCH };
  });

function asked(name: string, answer: Found) {
  return define(`re.${name}`, "pattern, string, *values, **named", (m, { pattern, string, values, named }) => {
    const [expression, text] = [expressionOf(pattern), plain(string, values, named)];
    const found = expression === undefined || text === undefined ? undefined : answer(m, expression, text);
    return found ?? doubtful([pattern, string], `what re.${name} finds`);
  });
}

const findAll = asked("findall", (m, expression, text) => {
  if (!goesOnAlike(expression)) return undefined;
  const found = [...text.matchAll(expression)].map(([whole, ...groups]) => {
    const [only = ""] = groups;
    if (groups.length > 1) return tuple(groups.map((it) => str(it ?? "")));
    return str(groups.length === 0 ? whole : only);
  });
  return makeList(m, found);
});
const split = asked("split", (m, expression, text) =>
  matchesNothing(expression) ? undefined : makeList(m, text.split(expression).map(given)),
);

const PARAMETERS = "pattern, repl, string, *values, **named";
const substitute = define("re.sub", PARAMETERS, (_, { pattern, repl, string, values, named }) => {
  const [expression, by, text] = [expressionOf(pattern), stringOf(repl), plain(string, values, named)];
  if (expression === undefined || by === undefined || text === undefined || !goesOnAlike(expression))
    return doubtful([pattern, repl, string], "what re.sub leaves", "str");
  const groups = (new RegExp(`${expression.source}|`).exec("")?.length ?? 1) - 1;
  const isKnown = /^(?:[^\\]|\\[1-9](?!\d))*$/.test(by);
  if (!isKnown || [...by.matchAll(/\\(\d)/g)].some(([, group]) => Number(group) > groups))
    return unknown("what re.sub puts there", "str");
  const filled = (found: readonly string[]) => by.replace(/\\(\d)/g, (_, group) => found[Number(group)] ?? "");
  return str(text.replace(expression, (...found) => filled(found)));
});

export const REGULAR: Library = {
  name: "re",
  members: table(
    findAll,
    split,
    substitute,
    search("search"),
    search("match", (source) => `^(?:${source})`),
    search("fullmatch", (source) => `^(?:${source})$`),
  ),
};
