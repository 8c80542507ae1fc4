import type { Framework } from "../../interpreter/framework.ts";
import type { Value } from "../../interpreter/values.ts";
import { numpyDType } from "../operation/dtypeNames.ts";
import { callable } from "../operation.ts";
import { FILES } from "./files.ts";
import { GRIDS } from "./grids.ts";
import { NUMPY } from "./library.ts";
import { CONTRACTION } from "./ops/contraction.ts";
import { CREATION } from "./ops/creation.ts";
import { DATA } from "./ops/data.ts";
import { ELEMENTWISE } from "./ops/elementwise.ts";
import { LINALG } from "./ops/linalg.ts";
import { REDUCTION } from "./ops/reduction.ts";
import { SHAPING } from "./ops/shaping.ts";
import { STATISTICS } from "./ops/statistics.ts";
import { drawing, FUNCTIONS, scalarType } from "./others.ts";
import { RANDOM } from "./random.ts";
import { declared, type Lines } from "./rules.ts";

const pick = (lines: Lines, names: string): Lines =>
  Object.fromEntries(names.split(" ").flatMap((name) => (lines[name] === undefined ? [] : [[name, lines[name]]])));
const MODULES: Readonly<Record<string, Lines>> = {
  "": { ...ELEMENTWISE, ...REDUCTION, ...SHAPING, ...CONTRACTION, ...CREATION, ...DATA, ...STATISTICS },
  "linalg.": { ...pick(REDUCTION, "norm"), ...LINALG },
  "lib.stride_tricks.": pick(DATA, "sliding_window_view"),
  "random.": RANDOM,
};

const DTYPE_NAMES =
  "bool_ int_ intc intp int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 half single double float16 " +
  "float32 float64 " +
  "complex64 complex128 str_ bytes_ byte ubyte short ushort longlong float_";
const SUBMODULES = new Set([
  "numpy.random",
  "numpy.linalg",
  "numpy.fft",
  "numpy.ma",
  "numpy.lib",
  "numpy.lib.stride_tricks",
  "numpy.testing",
  "numpy.typing",
]);

/** NumPy 2. */
export function createNumpy(): Framework {
  const values = new Map<string, Value>([...FUNCTIONS, ...FILES, ...GRIDS]);
  for (const [module, lines] of Object.entries(MODULES)) {
    for (const op of declared(`numpy.${module}`, lines))
      if (!values.has(op.name)) values.set(op.name, module === "random." ? drawing(op) : callable(NUMPY, op));
  }
  for (const name of DTYPE_NAMES.split(" ")) {
    const dtype = name === "float_" ? "float64" : numpyDType(name);
    if (dtype !== undefined) values.set(`numpy.${name}`, scalarType(name, dtype));
  }
  return {
    name: "numpy",
    roots: ["numpy"],
    resolve: (_, qualifiedName) =>
      qualifiedName === "numpy" || SUBMODULES.has(qualifiedName)
        ? { kind: "module", name: qualifiedName }
        : values.get(qualifiedName),
    names: (module) =>
      [...values.keys()]
        .filter((it) => it.startsWith(`${module}.`))
        .map((it) => it.slice(module.length + 1))
        .filter((it) => !it.includes(".")),
  };
}
