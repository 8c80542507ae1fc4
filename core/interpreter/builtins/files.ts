import { callMethod } from "../calls.ts";
import { makeIterator, makeList } from "../containers.ts";
import type { Machine } from "../machine.ts";
import {
  type ClassValue,
  type NativeValue,
  NONE_VALUE,
  positional,
  reasonOf,
  str,
  stringOf,
  TRUE,
  unknown,
  type Value,
} from "../values.ts";
import { define, defineMethod, doubtful } from "./define.ts";
import { lazyClass, OBJECT } from "./lazyClass.ts";

/** Files of text that a program opens: what those of the workspace hold, until the program writes any. */

/** Under this name a file keeps what is left to be read of it. */
const TEXT = "%text";
/** Of longer texts nobody makes a shape. */
const MOST = 200_000;

const WRITTEN = "a file that was written";
const pathOf = (m: Machine, value: Value): string | undefined =>
  stringOf(callMethod(m, value, "__fspath__", positional()) ?? value);

/** What a file holds when it is opened, or why that is not known. */
function textOf(m: Machine, path: string | undefined, given: Value): Value {
  if (path === undefined) return doubtful([given], "which file is opened is not known", "str");
  if (m.read(m.named(WRITTEN)) !== undefined) return unknown("the program writes files: what they hold is not known");
  const file = m.dataFile(path);
  if (file === undefined) return unknown(`${path} is not in the workspace: what it holds is known when it runs`, "str");
  if (file === "pending") return unknown(`${path} is not read yet`, "str");
  const isWhole = file.whole && file.text.length <= MOST;
  return isWhole ? str(file.text.replace(/\r\n?/g, "\n")) : unknown(`${path} is too long to be followed`, "str");
}

/** `open(path, mode)`, under whatever name. */
export const opening = (name: string): NativeValue =>
  define(name, "file, mode?, *values, **named", (m, { file, mode }) => {
    const way = mode === undefined ? "r" : stringOf(mode);
    if (way === undefined || /[wax+]/.test(way)) m.write(m.named(WRITTEN), TRUE);
    const isText = way === "r" || way === "rt";
    const text = isText ? textOf(m, pathOf(m, file), file) : unknown("what a file holds is not known");
    const entries = new Map([[TEXT, text]]);
    return { kind: "instance", id: m.allocate({ kind: "attributes", entries }), class: FILE };
  });

/** All that is left of a file; what is read is not there a second time. */
export function readFile(m: Machine, file: Value): Value {
  const own = file.kind === "instance" && file.class.id === FILE.id ? m.read(file.id) : undefined;
  if (file.kind !== "instance" || own?.kind !== "attributes") return doubtful([file], "what a file holds is not known");
  const text = own.entries.get(TEXT) ?? unknown("what a file holds is not known");
  m.write(file.id, { ...own, entries: new Map([[TEXT, unknown("it was read before", "str")]]) });
  return text;
}

/** A text's lines with their ends, as Python reads them. */
function linesOf(m: Machine, self: Value): readonly Value[] | string {
  const text = readFile(m, self);
  const known = stringOf(text);
  return known === undefined ? (reasonOf(text) ?? "its text is not known") : (known.match(/.*\n|.+$/g) ?? []).map(str);
}
const listed = (m: Machine, self: Value): Value => {
  const lines = linesOf(m, self);
  return typeof lines === "string" ? unknown(lines, "list") : makeList(m, lines);
};

const nothing = (name: string): NativeValue => defineMethod(name, "self, *values, **named", () => NONE_VALUE);
const FILE: ClassValue = lazyClass("io.TextIOWrapper", [OBJECT], () => ({
  __enter__: defineMethod("__enter__", "self", (_, { self }) => self),
  __iter__: defineMethod("__iter__", "self", (m, { self }) => {
    const lines = linesOf(m, self);
    return typeof lines === "string" ? unknown(lines) : makeIterator(m, lines);
  }),
  read: defineMethod("read", "self, size?", (m, { self, size }) => {
    const text = readFile(m, self);
    return size === undefined ? text : unknown("a part of a file", "str");
  }),
  readlines: defineMethod("readlines", "self", (m, { self }) => listed(m, self)),
  readline: defineMethod("readline", "self, size?", (m, { self }) => {
    readFile(m, self);
    return unknown("a line of a file", "str");
  }),
  seek: defineMethod("seek", "self, *values", (m, { self }) => {
    readFile(m, self);
    return unknown("a place in a file");
  }),
  ...Object.fromEntries(
    ["__exit__", "close", "flush", "write", "writelines", "truncate"].map((name) => [name, nothing(name)]),
  ),
}));
