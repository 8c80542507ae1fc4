import { storeAttribute } from "../../interpreter/attributes.ts";
import { CLASS_METHOD, TYPE } from "../../interpreter/builtins/classes.ts";
import { define, defineMethod, doubtful } from "../../interpreter/builtins/define.ts";
import { unknownInt } from "../../interpreter/builtins/items.ts";
import { OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { callValue } from "../../interpreter/calls.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { makeList } from "../../interpreter/containers.ts";
import { drawnBetween } from "../../interpreter/drawn.ts";
import { heldBy } from "../../interpreter/held.ts";
import { iterate, next } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { spoil } from "../../interpreter/methods/receiver.ts";
import {
  type Args,
  bool,
  type ClassValue,
  int,
  isSubclass,
  type NativeValue,
  NONE_VALUE,
  nativeClass,
  str,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { SWALLOWS } from "../../interpreter/withStatement.ts";
import { minus } from "../../tensor/dim.ts";
import { copied } from "./copying.ts";
import { BISECT, HEAPQ } from "./heaps.ts";
import { atRunTime, keeps, type Library, silent, table } from "./library.ts";
import { OPERATOR } from "./operator.ts";

/** Small modules, and those of which only the running program knows anything. */

// ---- abc, types -----------------------------------------------------------------------------------------------------

/** A function that says that it is abstract, also behind a property. */
const marked = (made: Value): Value =>
  made.kind === "function"
    ? { ...made, isAbstract: true }
    : made.kind === "property"
      ? { ...made, get: marked(made.get) }
      : made.kind === "static" || made.kind === "classmethod"
        ? { ...made, function: marked(made.function) }
        : made;

const ABC: Library = {
  name: "abc",
  members: {
    ABC: nativeClass("abc.ABC", [OBJECT], {}),
    ABCMeta: nativeClass("abc.ABCMeta", [TYPE], {}),
    abstractproperty: unknown("abstractproperty is not followed"),
    abstractclassmethod: CLASS_METHOD,
    ...table(
      define("abc.abstractmethod", "made", (_, { made }) => marked(made)),
      keeps("abc.update_abstractmethods"),
    ),
  },
};

const NAMESPACE: ClassValue = nativeClass("types.SimpleNamespace", [OBJECT], {
  __init__: defineMethod("types.SimpleNamespace", "self, **named", (m, { self, named }) => {
    if (self.kind === "instance") for (const [name, value] of named) storeAttribute(m, self, name, value);
    return NONE_VALUE;
  }),
});
const KINDS = [
  "FunctionType",
  "LambdaType",
  "MethodType",
  "ModuleType",
  "GeneratorType",
  "BuiltinFunctionType",
  "NoneType",
];
const TYPES: Library = {
  name: "types",
  members: {
    SimpleNamespace: NAMESPACE,
    ...Object.fromEntries(KINDS.map((name) => [name, nativeClass(`types.${name}`, [OBJECT], {})])),
    ...table(define("types.MappingProxyType", "mapping", (_, { mapping }) => mapping)),
  },
};

// ---- contextlib -----------------------------------------------------------------------------------------------------

/** What a generator's context manager enters with is the first value that it yields. */
const MANAGER: ClassValue = nativeClass("contextlib.GeneratorContextManager", [OBJECT], {
  __enter__: defineMethod("contextlib.__enter__", "self", (m, { self }) => {
    const made = heldBy(m, self, "%yields");
    return (made === undefined ? undefined : next(m, made)) ?? doubtful([made], "what the context manager yields");
  }),
  __exit__: defineMethod("contextlib.__exit__", "self, *values", (m, { self }) => {
    const made = heldBy(m, self, "%yields");
    if (made !== undefined) next(m, made);
    return NONE_VALUE;
  }),
});
/** `suppress(KeyError)`: swallows what it names. */
const SUPPRESS: ClassValue = nativeClass("contextlib.suppress", [OBJECT], {
  __init__: defineMethod("contextlib.suppress", "self, *types", (m, { self, types }) => {
    if (self.kind === "instance") storeAttribute(m, self, SWALLOWS, tuple(types));
    return NONE_VALUE;
  }),
  __enter__: defineMethod("contextlib.suppress.__enter__", "self", () => NONE_VALUE),
  __exit__: defineMethod("contextlib.suppress.__exit__", "self, type, value, traceback", (m, { self, type }) => {
    const types = heldBy(m, self, SWALLOWS);
    if (types?.kind !== "tuple" || type.kind !== "class") return bool(false);
    return bool(types.items.some((it) => it.kind === "class" && isSubclass(type, it)));
  }),
});
const ENTERED: NativeValue = {
  kind: "native",
  name: "contextlib.entered",
  call: (m, { list, open }: Args) => {
    const [made, ...given] = list;
    if (made === undefined) return unknown("a context manager that is not known");
    const yields = callValue(m, made.value, open === undefined ? { list: given } : { list: given, open });
    const manager = emptyInstance(m, MANAGER);
    storeAttribute(m, manager, "%yields", yields);
    return manager;
  },
};
const NULL_CONTEXT: ClassValue = nativeClass("contextlib.nullcontext", [OBJECT], {
  __init__: defineMethod("contextlib.nullcontext", "self, value?", (m, { self, value }) => {
    if (self.kind === "instance") storeAttribute(m, self, "%value", value ?? NONE_VALUE);
    return NONE_VALUE;
  }),
  __enter__: defineMethod("contextlib.nullcontext.__enter__", "self", (m, { self }) => {
    return heldBy(m, self, "%value") ?? NONE_VALUE;
  }),
});
const CONTEXTLIB: Library = {
  name: "contextlib",
  members: {
    nullcontext: NULL_CONTEXT,
    suppress: SUPPRESS,
    AbstractContextManager: nativeClass("contextlib.AbstractContextManager", [OBJECT], {}),
    ContextDecorator: nativeClass("contextlib.ContextDecorator", [OBJECT], {}),
    ...table(
      define("contextlib.contextmanager", "made", (_, { made }) => ({ kind: "method", self: made, function: ENTERED })),
      define("contextlib.closing", "thing", (_, { thing }) => thing),
      ...["redirect_stdout", "redirect_stderr"].map((name) => atRunTime(`contextlib.${name}`, "a context")),
      atRunTime("contextlib.ExitStack", "an ExitStack is not followed"),
    ),
  },
};

// ---- what is called for its effect ----------------------------------------------------------------------------------

const nothing = silent("logging.nothing", NONE_VALUE);
/** Whatever is called on a logger gives None. */
const LOGGER: ClassValue = nativeClass("logging.Logger", [OBJECT], {
  __getattr__: defineMethod("logging.Logger.__getattr__", "self, name", () => nothing),
});
const logger = define("logging.getLogger", "*values, **named", (m) => emptyInstance(m, LOGGER));
const levels = Object.fromEntries(
  ["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL"].map((name) => [
    name,
    unknown("a level of logging"),
  ]),
);
const logged = ["debug", "info", "warning", "warn", "error", "critical", "exception", "fatal", "log", "vlog"];
const LOGGING: Library = {
  name: "logging",
  members: {
    ...levels,
    Logger: LOGGER,
    ...table(
      logger,
      ...[...logged, "basicConfig", "disable", "captureWarnings"].map((name) => silent(`logging.${name}`, NONE_VALUE)),
      ...["StreamHandler", "FileHandler", "Formatter", "NullHandler"].map((name) => ({
        ...logger,
        name: `logging.${name}`,
      })),
    ),
  },
};
const ABSL_LOGGING: Library = {
  name: "absl.logging",
  members: {
    ...levels,
    ...table(
      ...[...logged, "set_verbosity", "set_stderrthreshold", "log_first_n", "log_every_n"].map((name) =>
        silent(`absl.logging.${name}`, NONE_VALUE),
      ),
    ),
  },
};
const WARNINGS: Library = {
  name: "warnings",
  members: table(
    ...["warn", "filterwarnings", "simplefilter", "resetwarnings", "warn_explicit"].map((name) =>
      silent(`warnings.${name}`, NONE_VALUE),
    ),
    define("warnings.catch_warnings", "**named", (m) => makeList(m, [])),
  ),
};
const GC: Library = {
  name: "gc",
  members: table(...["collect", "enable", "disable"].map((name) => silent(`gc.${name}`, NONE_VALUE))),
};

// ---- what only a run tells ------------------------------------------------------------------------------------------

const CHANCE = "a random number";
const RANDOM: Library = {
  name: "random",
  members: table(
    silent("random.seed", NONE_VALUE),
    define("random.shuffle", "items, *more", (m, { items }) => {
      if (items.kind === "list") shuffle(m, items);
      else spoil(m, items, "it was shuffled");
      return NONE_VALUE;
    }),
    define("random.randint", "a, b", (m, { a, b }) => anyBetween(m, a, b, 0)),
    define("random.randrange", "start, stop?", (m, { start, stop }) =>
      stop === undefined ? anyBetween(m, int(0), start, 1) : anyBetween(m, start, stop, 1),
    ),
    define("random.getrandbits", "*values", () => unknownInt(CHANCE)),
    ...["random", "uniform", "gauss", "normalvariate", "betavariate", "expovariate", "triangular"].map((name) =>
      atRunTime(`random.${name}`, CHANCE, "float"),
    ),
    ...["choice", "choices", "sample", "getstate", "setstate", "Random"].map((name) =>
      atRunTime(`random.${name}`, "a random choice"),
    ),
  ),
};
/** Any whole number from the one to the other, or so many below that. */
function anyBetween(m: Machine, low: Value, high: Value, below: number): Value {
  const drawn = low.kind === "int" && high.kind === "int" && drawnBetween(m, low.size, minus(high.size, below));
  return drawn ? int(drawn) : unknownInt(CHANCE);
}

/** As many items as before, in any order. */
function shuffle(m: Machine, list: Extract<Value, { kind: "list" }>): void {
  const { items, rest } = iterate(m, list);
  const any = unknown("the list was shuffled");
  m.write(list.id, {
    kind: "listObject",
    items: items.length < 2 ? items : items.map(() => any),
    rest: rest && { ...rest, element: any },
  });
}

const TIME: Library = {
  name: "time",
  members: table(
    ...["time", "perf_counter", "process_time", "monotonic"].map((name) =>
      atRunTime(`time.${name}`, "the time", "float"),
    ),
    ...["strftime", "ctime", "asctime"].map((name) => atRunTime(`time.${name}`, "the time", "str")),
    define("time.time_ns", "", () => unknownInt("the time")),
    silent("time.sleep", NONE_VALUE),
  ),
};

const STRING: Library = {
  name: "string",
  members: {
    ascii_lowercase: str("abcdefghijklmnopqrstuvwxyz"),
    ascii_uppercase: str("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ascii_letters: str("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    digits: str("0123456789"),
    hexdigits: str("0123456789abcdefABCDEF"),
    octdigits: str("01234567"),
    punctuation: str("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    whitespace: str(" \t\n\r\v\f"),
    printable: str(
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\v\f",
    ),
  },
};

const COPY: Library = {
  name: "copy",
  members: table(
    define("copy.copy", "value", (m, { value }) => copied(m, value, false)),
    define("copy.deepcopy", "value, memo?", (m, { value }) => copied(m, value, true)),
  ),
};

/** `tqdm(x)` goes through x. */
const progress = define(
  "tqdm.tqdm",
  "iterable?, *values, **named",
  (_, { iterable }) => iterable ?? unknown("a progress bar"),
);
const TQDM: Library = {
  name: "tqdm",
  members: {
    ...table(progress, { ...progress, name: "tqdm.tqdm_notebook" }),
    trange: define("tqdm.trange", "*values, **named", (_, { values }) => {
      const [a, b] = values;
      return a?.kind === "int" && b === undefined
        ? { kind: "range", start: 0, stop: a.size, step: 1 }
        : doubtful(values, "a progress bar");
    }),
  },
};
const FUTURE: Library = {
  name: "__future__",
  members: Object.fromEntries(
    [
      "annotations",
      "division",
      "print_function",
      "absolute_import",
      "unicode_literals",
      "generators",
      "with_statement",
    ].map((name) => [name, { kind: "module", name: `__future__.${name}` } as const]),
  ),
};

export const MISCELLANEOUS: readonly Library[] = [
  ABC,
  TYPES,
  CONTEXTLIB,
  LOGGING,
  ABSL_LOGGING,
  WARNINGS,
  GC,
  RANDOM,
  TIME,
  STRING,
  COPY,
  TQDM,
  { ...TQDM, name: "tqdm.auto" },
  { ...TQDM, name: "tqdm.notebook" },
  OPERATOR,
  FUTURE,
  HEAPQ,
  BISECT,
];
