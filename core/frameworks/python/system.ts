import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { unknownInt } from "../../interpreter/builtins/items.ts";
import { callMethod } from "../../interpreter/calls.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type DictRef,
  int,
  type NativeValue,
  NONE_VALUE,
  positional,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { atRunTime, type Library, silent, table } from "./library.ts";

/** `os`, `os.path` and `sys`: what is on the machine where the program runs is not known; texts of paths are. */

const VARIABLE = "an environment variable";

/** `os.environ`: what the program sets is known, the rest is not. */
export function environment(m: Machine): DictRef {
  const id = m.named("os.environ");
  if (m.read(id) === undefined) m.write(id, { kind: "dictObject", entries: new Map(), open: VARIABLE });
  return { kind: "dict", id };
}

const getenv = define("os.getenv", "key, missing?", (m, { key }) => {
  const entry = m.read(environment(m).id);
  const name = stringOf(key);
  const known = entry?.kind === "dictObject" && name !== undefined ? entry.entries.get(`s:${name}`) : undefined;
  return known !== undefined && known.maybe !== true ? known.value : unknown(VARIABLE, "str");
});

const pathText = (m: Machine, value: Value): string | undefined => {
  const own = callMethod(m, value, "__fspath__", positional());
  return stringOf(own ?? value);
};

/** `posixpath.join`; what is not known makes the whole unknown. */
const join = define("os.path.join", "first, *more", (m, { first, more }) => {
  const parts = [first, ...more].map((it) => pathText(m, it));
  if (parts.includes(undefined)) return doubtful([first, ...more], "a path that is not known", "str");
  return str(
    parts.reduce<string>((path, part = "") => {
      if (part.startsWith("/")) return part;
      return path === "" || path.endsWith("/") ? path + part : `${path}/${part}`;
    }, ""),
  );
});

/** A function of a path's text. */
const ofPath = (name: string, rule: (path: string) => Value): NativeValue =>
  define(`os.path.${name}`, "path", (m, { path }) => {
    const text = pathText(m, path);
    return text === undefined ? doubtful([path], "a path that is not known", "str") : rule(text);
  });
const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
function directory(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
}
function extension(path: string): Value {
  const name = baseName(path);
  const dot = name.replace(/^\.+/, (it) => "x".repeat(it.length)).lastIndexOf(".");
  const length = dot < 0 ? 0 : name.length - dot;
  return tuple([str(path.slice(0, path.length - length)), str(length === 0 ? "" : path.slice(-length))]);
}

const FILES = "the files there are not known";
export const OS_PATH: Library = {
  name: "os.path",
  members: {
    sep: str("/"),
    ...table(
      join,
      ofPath("basename", (path) => str(baseName(path))),
      ofPath("dirname", (path) => str(directory(path))),
      ofPath("splitext", extension),
      ofPath("split", (path) => tuple([str(directory(path)), str(baseName(path))])),
      ofPath("normpath", () => unknown("a path that is not followed", "str")),
      ...["abspath", "realpath", "expanduser", "expandvars", "relpath", "commonpath"].map((name) =>
        atRunTime(`os.path.${name}`, "where the program runs is not known", "str"),
      ),
      ...["exists", "isfile", "isdir", "islink", "isabs"].map((name) => atRunTime(`os.path.${name}`, FILES, "bool")),
      define("os.path.getsize", "path", () => unknownInt(FILES)),
      atRunTime("os.path.getmtime", FILES, "float"),
    ),
  },
};

export const OS: Library = {
  name: "os",
  members: {
    sep: str("/"),
    linesep: str("\n"),
    name: unknown("the system is not known", "str"),
    ...table(
      getenv,
      ...["listdir", "walk", "scandir", "stat"].map((name) => atRunTime(`os.${name}`, FILES)),
      ...["makedirs", "mkdir", "remove", "unlink", "rename", "rmdir", "chdir", "utime"].map((name) =>
        silent(`os.${name}`, NONE_VALUE),
      ),
      atRunTime("os.getcwd", "where the program runs is not known", "str"),
      define("os.cpu_count", "", () => unknownInt("how many processors there are is not known")),
      define("os.getpid", "", () => unknownInt("a process")),
      define("os.system", "command", () => unknownInt("what a command gives is not known")),
      define("os.putenv", "key, value", (m, { key }) => {
        const { id } = environment(m);
        if (stringOf(key) === undefined) m.write(id, { kind: "dictObject", entries: new Map(), open: VARIABLE });
        return NONE_VALUE;
      }),
      define("os.fspath", "path", (m, { path }) => {
        const text = pathText(m, path);
        return text === undefined ? doubtful([path], "a path that is not known", "str") : str(text);
      }),
    ),
  },
  other: (m, name) => (name === "environ" ? environment(m) : undefined),
};

const VERSION: Value = {
  kind: "tuple",
  items: [int(3), int(12), unknown("which release of Python is not known"), str("final"), int(0)],
  fields: ["major", "minor", "micro", "releaselevel", "serial"],
};
export const SYS: Library = {
  name: "sys",
  members: {
    version_info: VERSION,
    maxsize: unknown("an integer beyond 2^53"),
    platform: unknown("the system is not known", "str"),
    byteorder: unknown("the system is not known", "str"),
    executable: unknown("where Python lies is not known", "str"),
    version: unknown("which release of Python is not known", "str"),
    ...table(
      ...["exit", "setrecursionlimit", "settrace"].map((name) => silent(`sys.${name}`, NONE_VALUE)),
      define("sys.getrecursionlimit", "", () => unknownInt("the limit of recursion")),
      define("sys.getsizeof", "*values", () => unknownInt("the size in memory")),
    ),
  },
  other: (m, name) => {
    if (name !== "argv" && name !== "path") return undefined;
    const reason = name === "argv" ? "an argument of the command line" : "where Python looks for modules";
    const id = m.named(`sys.${name}`);
    const element = unknown(reason, "str");
    if (m.read(id) === undefined) m.write(id, { kind: "listObject", items: [], rest: { element, reason } });
    return { kind: "list", id };
  },
};
