import { define } from "../../interpreter/builtins/define.ts";
import { importModule } from "../../interpreter/modules.ts";
import { cellValue } from "../../interpreter/names.ts";
import { reasonOf, stringOf, unknown } from "../../interpreter/values.ts";
import { type Library, table } from "./library.ts";

export const IMPORTLIB: Library = {
  name: "importlib",
  members: table(
    define("importlib.import_module", "name, package?", (m, { name, package: from }) => {
      const said = stringOf(name);
      if (said === undefined) return unknown(reasonOf(name) ?? "which module is imported is not known", "module");
      if (!said.startsWith(".")) return importModule(m, said);
      const parts = stringOf(from)?.split(".");
      const dots = /^\.+/.exec(said)?.[0].length ?? 1;
      if (parts === undefined || dots > parts.length) return unknown("of which package is not known", "module");
      return importModule(m, [...parts.slice(0, parts.length - dots + 1), said.slice(dots)].join("."));
    }),
    define("importlib.reload", "module", (m, { module }) => {
      // Its text runs again over what it holds by then.
      const cells = module.kind === "module" ? module.scope?.cells.values() : undefined;
      for (const cell of cells ?? []) {
        if (cellValue(m.read(cell)) !== undefined) m.write(cell, unknown("the module was loaded again"));
      }
      return module;
    }),
  ),
};
