import type { Framework } from "../../interpreter/framework.ts";
import { unknown, type Value } from "../../interpreter/values.ts";
import { DATA_FRAME, describeFrame } from "./frame.ts";
import { FUNCTIONS } from "./functions.ts";

/** pandas: tables and columns, as far as their names and sizes are known. */
export function createPandas(): Framework {
  const values = new Map<string, Value>([["pandas.DataFrame", DATA_FRAME], ...FUNCTIONS]);
  return {
    name: "pandas",
    roots: ["pandas"],
    describe: describeFrame,
    resolve: (_, name) =>
      values.get(name) ??
      (name === "pandas" || MODULES.has(name)
        ? { kind: "module", name }
        : unknown(`what ${name} yields is not followed`)),
    names: (module) => (module === "pandas" ? [...values.keys()].map((it) => it.slice("pandas.".length)) : []),
  };
}
const MODULES = new Set(["api", "plotting", "io", "core", "tseries", "errors"].map((it) => `pandas.${it}`));
