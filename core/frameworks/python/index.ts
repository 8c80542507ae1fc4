import { builtin } from "../../interpreter/builtins.ts";
import type { Framework } from "../../interpreter/framework.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { unknown, type Value } from "../../interpreter/values.ts";
import { ABSL_APP, ABSL_FLAGS, ARGPARSE } from "./argparse.ts";
import { COLLECTIONS } from "./collections.ts";
import { DATACLASSES } from "./dataclasses.ts";
import { ENUM_LIBRARY } from "./enums.ts";
import { FUNCTOOLS } from "./functools.ts";
import { GIN } from "./gin.ts";
import { IMPORTLIB } from "./importing.ts";
import { INSPECT } from "./inspecting.ts";
import { ITERTOOLS } from "./itertools.ts";
import { JSON_LIBRARY } from "./json.ts";
import type { Library } from "./library.ts";
import { MATH } from "./math.ts";
import { MISCELLANEOUS } from "./misc.ts";
import { REGULAR } from "./regular.ts";
import { SIX, SIX_MOVES } from "./six.ts";
import { OS, OS_PATH, SYS } from "./system.ts";
import { ABSTRACT_COLLECTIONS, NUMBERS, TYPING, TYPING_EXTENSIONS } from "./typing.ts";
import { VERSIONS } from "./versions.ts";

const FOLLOWED: readonly Library[] = [
  MATH,
  OS,
  OS_PATH,
  SYS,
  FUNCTOOLS,
  ITERTOOLS,
  COLLECTIONS,
  ABSTRACT_COLLECTIONS,
  DATACLASSES,
  ENUM_LIBRARY,
  TYPING,
  TYPING_EXTENSIONS,
  NUMBERS,
  ARGPARSE,
  ABSL_FLAGS,
  ABSL_APP,
  IMPORTLIB,
  INSPECT,
  GIN,
  JSON_LIBRARY,
  REGULAR,
  SIX,
  SIX_MOVES,
  ...VERSIONS,
  ...MISCELLANEOUS,
];
/** Modules of which nothing is known but that they are there. */
const OTHERS = `datetime pathlib glob shutil pickle csv io tempfile subprocess threading multiprocessing
uuid hashlib absl platform traceback unittest builtins queue concurrent asyncio signal socket struct
statistics fractions decimal heapq bisect weakref textwrap pprint zipfile tarfile gzip urllib http getpass locale
configparser atexit secrets calendar codecs base64 binascii ctypes select errno stat fnmatch linecache keyword token
tokenize ast dis sysconfig site pkgutil cProfile profile timeit resource array cmath zlib bz2 lzma sqlite3
xml html email ssl optparse getopt readline code doctest`.split(/\s+/);

const libraries = new Map(FOLLOWED.map((it) => [it.name, it]));
const roots = [...new Set([...FOLLOWED.map((it) => it.name.split(".")[0] ?? it.name), ...OTHERS])];
/** `os.path`, `absl.flags`, `concurrent.futures`: names that are modules themselves. */
const submodules = new Set([...libraries.keys(), "importlib.util", "unittest.mock", "concurrent.futures"]);

function resolve(m: Machine, qualifiedName: string): Value | undefined {
  if (submodules.has(qualifiedName)) return { kind: "module", name: qualifiedName };
  const cut = qualifiedName.lastIndexOf(".");
  const [module, name] = [qualifiedName.slice(0, cut), qualifiedName.slice(cut + 1)];
  if (module === "builtins") return builtin(name);
  const library = libraries.get(module);
  const found = library === undefined || !Object.hasOwn(library.members, name) ? undefined : library.members[name];
  return found ?? library?.other?.(m, name) ?? unknown(`what ${qualifiedName} gives is not followed`);
}

/** The standard library, as far as model code leans on it; with absl and tqdm, which scripts use beside it. */
export const createPython = (): Framework => ({
  name: "python",
  roots,
  resolve,
  names: (module) => Object.keys(libraries.get(module)?.members ?? {}).filter((name) => !name.startsWith("_")),
});
