import { storeAttribute } from "../../interpreter/attributes.ts";
import { define, defineMethod } from "../../interpreter/builtins/define.ts";
import { unknownInt } from "../../interpreter/builtins/items.ts";
import { OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { callValue } from "../../interpreter/calls.ts";
import { compare } from "../../interpreter/comparison.ts";
import { heldBy } from "../../interpreter/held.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { importModule, moduleAttribute } from "../../interpreter/modules.ts";
import {
  type ClassValue,
  int,
  NONE_VALUE,
  nativeClass,
  positional,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Library, table } from "./library.ts";

/** How programs ask which release of a library there is: by its distribution's name, and by comparing versions. */

/** A module has the name of its distribution, and says its version itself. */
const version = define("importlib.metadata.version", "distribution", (m, { distribution }) => {
  const name = stringOf(distribution)?.replaceAll("-", "_");
  const module = name === undefined ? undefined : importModule(m, name);
  const said = module?.kind === "module" ? moduleAttribute(m, module, "__version__") : undefined;
  return said === undefined || stringOf(said) === undefined
    ? unknown(`which release of ${name ?? "it"} there is is not known`, "str")
    : said;
});
export const METADATA: Library = { name: "importlib.metadata", members: table(version) };

type Comparison = "<" | "<=" | "==" | "!=" | ">" | ">=";
const RELEASE = "%release";
const UNREAD = "a version that is not plain numbers";

/** What is compared: `2.0` is `2.0.0` to `packaging`, and less to `distutils`. Undefined where it is not plain. */
function releaseOf(text: string | undefined, isStripped: boolean): Value | undefined {
  if (text === undefined || !/^v?\d+(?:\.\d+)*$/.test(text)) return undefined;
  const numbers = text.replace(/^v/, "").split(".").map(Number);
  while (isStripped && numbers.length > 1 && numbers.at(-1) === 0) numbers.pop();
  return tuple(numbers.map((it) => int(it)));
}
/** An old Version may be compared with a text. */
function comparing(name: string, op: Comparison, isStripped: boolean): Value {
  return defineMethod(name, "self, other, /", (m, { self, other }) => {
    const given = isStripped ? undefined : releaseOf(stringOf(other), false);
    const [left, right] = [heldBy(m, self, RELEASE), heldBy(m, other, RELEASE) ?? given];
    return left === undefined || right === undefined ? unknown(UNREAD, "bool") : compare(m, op, left, right);
  });
}
const COMPARISONS = { lt: "<", le: "<=", eq: "==", ne: "!=", gt: ">", ge: ">=" } as const;

function versionClass(name: string, isStripped: boolean, shown: (text: string) => string): ClassValue {
  const comparisons = Object.entries(COMPARISONS).map(([short, op]) => {
    const method = `__${short}__`;
    return [method, comparing(`${name}.${method}`, op, isStripped)] as const;
  });
  const textOf = (m: Machine, self: Value) => stringOf(heldBy(m, self, "%text"));
  return nativeClass(name, [OBJECT], {
    __init__: defineMethod(name, "self, version", (m, { self, version: given }) => {
      const text = stringOf(given)?.trim();
      const release = releaseOf(text, isStripped);
      const whole = releaseOf(text, false);
      if (self.kind !== "instance" || text === undefined || release === undefined || whole?.kind !== "tuple")
        return NONE_VALUE;
      storeAttribute(m, self, RELEASE, release);
      storeAttribute(m, self, "%text", str(text.replace(/^v/, "")));
      if (isStripped) storeAttribute(m, self, "release", whole);
      for (const [i, part] of ["major", "minor", "micro"].entries())
        if (isStripped) storeAttribute(m, self, part, whole.items[i] ?? int(0));
      return NONE_VALUE;
    }),
    ...Object.fromEntries(comparisons),
    __hash__: defineMethod(`${name}.__hash__`, "self", () => unknownInt("a hash")),
    __str__: defineMethod(`${name}.__str__`, "self", (m, { self }) => {
      const text = textOf(m, self);
      return text === undefined ? unknown(UNREAD, "str") : str(text);
    }),
    __repr__: defineMethod(`${name}.__repr__`, "self", (m, { self }) => {
      const text = textOf(m, self);
      return text === undefined ? unknown(UNREAD, "str") : str(shown(text));
    }),
  });
}

const VERSION = versionClass("packaging.version.Version", true, (text) => `<Version('${text}')>`);
const LOOSE = versionClass("distutils.version.LooseVersion", false, (text) => `LooseVersion ('${text}')`);
const parse = define("packaging.version.parse", "version", (m, { version: given }) =>
  callValue(m, VERSION, positional(given)),
);

export const VERSIONS: readonly Library[] = [
  METADATA,
  { name: "importlib_metadata", members: METADATA.members },
  { name: "packaging", members: {} },
  { name: "packaging.version", members: { Version: VERSION, ...table(parse) } },
  { name: "pkg_resources", members: { parse_version: parse } },
  { name: "distutils", members: {} },
  { name: "distutils.version", members: { LooseVersion: LOOSE, StrictVersion: LOOSE } },
];
