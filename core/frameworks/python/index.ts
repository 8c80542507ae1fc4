import type { Framework } from "../../interpreter/framework.ts";
import { unknown } from "../../interpreter/values.ts";

/** The standard library, as far as model code leans on it. */
export const createPython = (): Framework => ({
  name: "python",
  roots: ["math", "os", "sys"],
  resolve: (_, name) => unknown(`${name} is not followed`),
});
