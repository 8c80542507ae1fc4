import type { Framework } from "../../interpreter/framework.ts";
import { unknown, type Value } from "../../interpreter/values.ts";
import { DATASETS } from "./datasets.ts";
import { LABELS } from "./labels.ts";
import { MODELS } from "./models.ts";
import { SELECTION } from "./split.ts";
import { TRANSFORMERS } from "./transformers.ts";

/** scikit-learn, as scripts use it around a model: tables in, tables out. */
export function createSklearn(): Framework {
  const values = new Map<string, Value>([...DATASETS, ...SELECTION, ...TRANSFORMERS, ...LABELS, ...MODELS]);
  const modules = new Set([...values.keys()].flatMap(modulesOf));
  return {
    name: "sklearn",
    roots: ["sklearn"],
    resolve: (_, name) =>
      values.get(name) ??
      (modules.has(name) || OTHER.test(name)
        ? { kind: "module", name }
        : unknown(`what ${name} yields is not followed`)),
    names: (module) =>
      [...values.keys()].filter((it) => parentOf(it) === module).map((it) => it.slice(module.length + 1)),
  };
}
const parentOf = (name: string): string => name.slice(0, name.lastIndexOf("."));
const modulesOf = (name: string): readonly string[] => {
  const parts = name.split(".");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("."));
};
/** Modules of which nothing is followed. */
const OTHER = /^sklearn\.[a-z_]+$/;
