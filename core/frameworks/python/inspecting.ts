import { memberOf, storeAttribute } from "../../interpreter/attributes.ts";
import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { makeList, makeRecord } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  bool,
  type ClassValue,
  type Code,
  type FunctionValue,
  NONE_VALUE,
  nativeClass,
  str,
  tuple,
  type Value,
} from "../../interpreter/values.ts";
import type { Parameter } from "../../python/syntax.ts";
import { atRunTime, type Library, table } from "./library.ts";

/** `inspect`: what a function's own text says of its parameters, and which kind of thing a value is. */

interface Taken {
  readonly name: string;
  readonly kind: Parameter["kind"];
  readonly initial: Value | undefined;
}

/** What a call may give: of a method without its object, of a class its `__init__`'s, of a wrapper the inner's. */
function parametersOf(m: Machine, value: Value): readonly Taken[] | undefined {
  if (value.kind === "method") return parametersOf(m, value.function)?.slice(1);
  if (value.kind === "static" || value.kind === "classmethod") return parametersOf(m, value.function);
  if (value.kind === "class") {
    const init = memberOf(m, value, "__init__")?.value;
    return init?.kind === "function" ? parametersOf(m, init)?.slice(1) : undefined;
  }
  if (value.kind !== "function") return undefined;
  return value.wrapped === undefined ? ownParameters(m, value) : parametersOf(m, value.wrapped);
}
function ownParameters(m: Machine, { code, defaults }: FunctionValue): readonly Taken[] | undefined {
  const params = (m.code(code) as Code | undefined)?.params;
  return params?.map(({ name, kind }, i) => ({ name, kind, initial: defaults[i] }));
}

const EMPTY: ClassValue = nativeClass("inspect.empty", [OBJECT], {});
const PARAMETER: ClassValue = nativeClass("inspect.Parameter", [OBJECT], {
  POSITIONAL_ONLY: str("POSITIONAL_ONLY"),
  POSITIONAL_OR_KEYWORD: str("POSITIONAL_OR_KEYWORD"),
  VAR_POSITIONAL: str("VAR_POSITIONAL"),
  KEYWORD_ONLY: str("KEYWORD_ONLY"),
  VAR_KEYWORD: str("VAR_KEYWORD"),
  empty: EMPTY,
});
const SIGNATURE: ClassValue = nativeClass("inspect.Signature", [OBJECT], {});
const FULL: ClassValue = nativeClass("inspect.FullArgSpec", [OBJECT], {});
const KINDS: Readonly<Record<Parameter["kind"], string>> = {
  positionalOnly: "POSITIONAL_ONLY",
  positional: "POSITIONAL_OR_KEYWORD",
  varArgs: "VAR_POSITIONAL",
  keywordOnly: "KEYWORD_ONLY",
  varKeywords: "VAR_KEYWORD",
};

function object(m: Machine, type: ClassValue, attributes: Readonly<Record<string, Value>>): Value {
  const made = emptyInstance(m, type);
  for (const [name, value] of Object.entries(attributes)) storeAttribute(m, made, name, value);
  return made;
}
function signature(m: Machine, of: Value): Value {
  const taken = parametersOf(m, of);
  if (taken === undefined) return doubtful([of], "the parameters of this are not known");
  const parameters = taken.map(({ name, kind, initial }) => {
    return [
      name,
      object(m, PARAMETER, { name: str(name), kind: str(KINDS[kind]), default: initial ?? EMPTY }),
    ] as const;
  });
  return object(m, SIGNATURE, { parameters: makeRecord(m, Object.fromEntries(parameters)) });
}

function fullArguments(m: Machine, of: Value): Value {
  const bare = of.kind === "method" ? of.function : of;
  const taken = bare.kind === "function" ? ownParameters(m, bare) : parametersOf(m, bare);
  if (taken === undefined) return doubtful([of], "the parameters of this are not known");
  const plain = taken.filter(({ kind }) => kind === "positional" || kind === "positionalOnly");
  const keywords = taken.filter(({ kind }) => kind === "keywordOnly");
  const initial = plain.flatMap((it) => it.initial ?? []);
  const only = (kind: Parameter["kind"]): Value => {
    const found = taken.find((it) => it.kind === kind);
    return found === undefined ? NONE_VALUE : str(found.name);
  };
  const names = (all: readonly Taken[]): Value =>
    makeList(
      m,
      all.map(({ name }) => str(name)),
    );
  const given = keywords.flatMap(({ name, initial: value }) => (value === undefined ? [] : [[name, value] as const]));
  return object(m, FULL, {
    args: names(plain),
    varargs: only("varArgs"),
    varkw: only("varKeywords"),
    keywords: only("varKeywords"),
    defaults: initial.length === 0 ? NONE_VALUE : tuple(initial),
    kwonlyargs: names(keywords),
    kwonlydefaults: given.length === 0 ? NONE_VALUE : makeRecord(m, Object.fromEntries(given)),
  });
}

/** Of what is not known nothing is said. */
const asks = (name: string, is: (value: Value) => boolean) =>
  define(`inspect.${name}`, "object", (_, { object: it }) =>
    it.kind === "unknown" ? doubtful([it], "what kind of thing it is is not known") : bool(is(it)),
  );

export const INSPECT: Library = {
  name: "inspect",
  members: {
    Parameter: PARAMETER,
    Signature: SIGNATURE,
    _empty: EMPTY,
    ...table(
      define("inspect.signature", "callable, **named", (m, { callable }) => signature(m, callable)),
      define("inspect.getfullargspec", "func", (m, { func }) => fullArguments(m, func)),
      define("inspect.getargspec", "func", (m, { func }) => fullArguments(m, func)),
      asks("isclass", (it) => it.kind === "class"),
      asks("isfunction", (it) => it.kind === "function"),
      asks("ismethod", (it) => it.kind === "method" && it.function.kind === "function"),
      asks("isbuiltin", (it) => it.kind === "native" || (it.kind === "method" && it.function.kind === "native")),
      asks("ismodule", (it) => it.kind === "module"),
      atRunTime("inspect.getsource", "the text of the program", "str"),
      atRunTime("inspect.stack", "who calls is not followed"),
    ),
  },
};
