import { storeAttribute } from "../../interpreter/attributes.ts";
import { define, defineMethod, doubtful } from "../../interpreter/builtins/define.ts";
import { lazyClass, OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { callValue } from "../../interpreter/calls.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { listOf } from "../../interpreter/containers.ts";
import { heldBy } from "../../interpreter/held.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type ClassValue,
  FALSE,
  type Instance,
  NONE_VALUE,
  nativeClass,
  positional,
  reasonOf,
  stringOf,
  TRUE,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Library, silent, table } from "./library.ts";

/** `argparse`: an option has its default as its value, which is what who runs the program as it stands gets. */

const GIVEN = "an argument of the command line";
/** Under these names a parser keeps the defaults, in the order of the options. */
const OPTION = "%option ";

/** What an option is when nobody gives it; undefined where the option has no value at all. */
function initialValue(m: Machine, names: readonly string[], named: ReadonlyMap<string, Value>): Value | undefined {
  const action = stringOf(named.get("action")) ?? "store";
  if (["help", "version"].includes(action)) return undefined;
  const given = named.get("default");
  if (given !== undefined) return converted(m, given, named.get("type"));
  if (action === "store_true") return FALSE;
  if (action === "store_false") return TRUE;
  const isOption = names.some((name) => name.startsWith("-"));
  if (isOption)
    return named.get("required") === undefined || truthy(named.get("required")) === false ? NONE_VALUE : unknown(GIVEN);
  const count = stringOf(named.get("nargs"));
  return count === "?" ? NONE_VALUE : unknown(GIVEN);
}
const truthy = (value: Value | undefined): boolean | undefined => (value?.kind === "bool" ? value.value : undefined);

/** A default that is text is read as one that is typed in. */
const converted = (m: Machine, value: Value, type: Value | undefined): Value =>
  value.kind === "str" && type !== undefined && type.kind !== "none" ? callValue(m, type, positional(value)) : value;

function destination(names: readonly string[], named: ReadonlyMap<string, Value>): string | undefined {
  const given = named.get("dest");
  if (given !== undefined) return stringOf(given);
  const long = names.find((name) => name.startsWith("--")) ?? names[0];
  const plain = long?.replace(/^-+/, "");
  return long?.startsWith("-") ? plain?.replaceAll("-", "_") : plain;
}

function open(m: Machine, self: Instance, reason: string): void {
  const own = m.read(self.id);
  if (own?.kind === "attributes") m.write(self.id, { ...own, open: reason });
}

function addArgument(m: Machine, self: Value, given: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  if (self.kind !== "instance") return NONE_VALUE;
  const names = given.map(stringOf);
  const known = names.filter((it) => it !== undefined);
  const name = known.length === names.length ? destination(known, named) : undefined;
  if (name === undefined) {
    open(m, self, doubtful(given, "an option whose name is not known").reason);
    return unknown("an option whose name is not known");
  }
  const value = initialValue(m, known, named);
  if (value !== undefined) storeAttribute(m, self, OPTION + name, value);
  return unknown("an option of the command line");
}

/** The namespace with every default in it. */
function parsed(m: Machine, self: Value, args: Value | undefined, given: Value | undefined): Value {
  const own = self.kind === "instance" ? m.read(self.id) : undefined;
  const typed = args !== undefined && args.kind !== "none" && !(args.kind === "list" && isEmpty(m, args));
  const reason = typed ? (reasonOf(args) ?? "arguments that the program gives itself") : undefined;
  const made = given?.kind === "instance" ? given : emptyInstance(m, NAMESPACE);
  if (own?.kind !== "attributes") {
    open(m, made, GIVEN);
    return made;
  }
  for (const [name, value] of own.entries) {
    if (!name.startsWith(OPTION)) continue;
    storeAttribute(m, made, name.slice(OPTION.length), reason === undefined ? value : unknown(reason));
  }
  if (own.open !== undefined || reason !== undefined) open(m, made, own.open ?? reason ?? GIVEN);
  return made;
}
const isEmpty = (m: Machine, list: Extract<Value, { kind: "list" }>): boolean => {
  const { items, rest } = listOf(m, list);
  return items.length === 0 && rest === undefined;
};

const NAMESPACE: ClassValue = lazyClass("argparse.Namespace", [OBJECT], () => ({
  __init__: defineMethod("argparse.Namespace", "self, **named", (m, { self, named }) => {
    if (self.kind === "instance") for (const [name, value] of named) storeAttribute(m, self, name, value);
    return NONE_VALUE;
  }),
}));

/** Options of a subcommand are there only if it is given. */
const SUBPARSERS: ClassValue = nativeClass("argparse.SubParsers", [OBJECT], {
  add_parser: defineMethod("argparse.add_parser", "self, *names, **named", (m) => emptyInstance(m, PARSER)),
});

const PARSER: ClassValue = lazyClass("argparse.ArgumentParser", [OBJECT], () => ({
  __init__: defineMethod("argparse.ArgumentParser", "self, *values, **named", (m, { self, named }) => {
    if (self.kind === "instance" && named.has("parents")) open(m, self, "options of a parent parser");
    return NONE_VALUE;
  }),
  add_argument: defineMethod("argparse.add_argument", "self, *names, **named", (m, { self, names, named }) =>
    addArgument(m, self, names, named),
  ),
  add_argument_group: defineMethod("argparse.add_argument_group", "self, *values, **named", (_, { self }) => self),
  add_mutually_exclusive_group: defineMethod("argparse.add_group", "self, *values, **named", (_, { self }) => self),
  add_subparsers: defineMethod("argparse.add_subparsers", "self, *values, **named", (m, { self, named }) => {
    const name = stringOf(named.get("dest"));
    if (self.kind === "instance" && name !== undefined) storeAttribute(m, self, OPTION + name, unknown(GIVEN));
    if (self.kind === "instance") open(m, self, "an option of a subcommand");
    return emptyInstance(m, SUBPARSERS);
  }),
  set_defaults: defineMethod("argparse.set_defaults", "self, **named", (m, { self, named }) => {
    if (self.kind === "instance") for (const [name, value] of named) storeAttribute(m, self, OPTION + name, value);
    return NONE_VALUE;
  }),
  get_default: defineMethod("argparse.get_default", "self, name", (m, { self, name }) => {
    return heldBy(m, self, OPTION + (stringOf(name) ?? "")) ?? NONE_VALUE;
  }),
  parse_args: defineMethod("argparse.parse_args", "self, args?, namespace?", (m, { self, args, namespace }) =>
    parsed(m, self, args, namespace),
  ),
  parse_known_args: defineMethod("argparse.parse_known_args", "self, args?, namespace?", (m, given) =>
    tuple([parsed(m, given.self, given.args, given.namespace), unknown(GIVEN, "list")]),
  ),
  ...table(
    ...["print_help", "print_usage", "error", "exit"].map((name) => silent(`argparse.${name}`, NONE_VALUE)),
    define("argparse.format_help", "*values", () => unknown("a text of help", "str")),
  ),
}));

export const ARGPARSE: Library = {
  name: "argparse",
  members: {
    ArgumentParser: PARSER,
    Namespace: NAMESPACE,
    ...Object.fromEntries(
      ["ArgumentDefaultsHelpFormatter", "RawTextHelpFormatter", "RawDescriptionHelpFormatter", "HelpFormatter"].map(
        (name) => [name, nativeClass(`argparse.${name}`, [OBJECT], {})],
      ),
    ),
    SUPPRESS: unknown("an option that is left out"),
    REMAINDER: unknown("the rest of the command line"),
    ...table(define("argparse.FileType", "*values, **named", () => unknown("a file"))),
  },
};

// ---- absl -----------------------------------------------------------------------------------------------------------

/** The flags of the whole program are one object. */
const FLAG_VALUES: ClassValue = lazyClass("absl.flags.FlagValues", [OBJECT], () => ({
  __call__: defineMethod("absl.FLAGS", "self, *values", () => unknown(GIVEN, "list")),
  ...table(...["mark_as_parsed", "parse_command_line"].map((name) => silent(`absl.flags.${name}`, NONE_VALUE))),
  flag_values_dict: defineMethod("absl.flag_values_dict", "self", () => unknown("the flags as a dictionary")),
}));
const HOLDER: ClassValue = nativeClass("absl.flags.FlagHolder", [OBJECT], {});

function flags(m: Machine): Instance {
  const id = m.named("absl.flags");
  if (m.read(id) === undefined)
    m.write(id, { kind: "attributes", entries: new Map(), open: "a flag of another module" });
  return { kind: "instance", id, class: FLAG_VALUES };
}

/** `DEFINE_integer("units", 64, "…")`. */
const defined = define("absl.flags.DEFINE", "name, default, *more, **named", (m, given) => {
  const name = stringOf(given.name);
  const value = given.default;
  if (name === undefined) {
    open(m, flags(m), "a flag whose name is not known");
    return unknown("a flag whose name is not known");
  }
  storeAttribute(m, flags(m), name, value);
  const holder = emptyInstance(m, HOLDER);
  storeAttribute(m, holder, "value", value);
  storeAttribute(m, holder, "default", value);
  return holder;
});

export const ABSL_FLAGS: Library = {
  name: "absl.flags",
  members: table(
    ...["mark_flag_as_required", "mark_flags_as_required", "adopt_module_key_flags", "declare_key_flag"].map((name) =>
      silent(`absl.flags.${name}`, NONE_VALUE),
    ),
    ...["register_validator", "validator"].map((name) => silent(`absl.flags.${name}`, NONE_VALUE)),
  ),
  other: (m, name) => (name === "FLAGS" ? flags(m) : name.startsWith("DEFINE_") ? defined : undefined),
};
export const ABSL_APP: Library = {
  name: "absl.app",
  members: table(
    // The program's main function runs.
    define("absl.app.run", "main, *values, **named", (m, { main }) =>
      callValue(m, main, positional(unknown(GIVEN, "list"))),
    ),
  ),
};
