import { safe } from "../displayLine.ts";
import { type Finished, isChecked, placed } from "./format.ts";

/** A line for each diagnostic, as compilers and editors have it: `a.py:5:20: error[bad-reshape]: …`. */
export const conciseReport = ({ all }: Finished): string =>
  all
    .filter(isChecked)
    .flatMap(({ report: { path, diagnostics } }) =>
      diagnostics.map((it) => {
        const words = `${placed(path, it)}: ${it.severity}[${it.code}]: ${it.message}`;
        return `${safe(words).replaceAll("\n", " ")}\n`;
      }),
    )
    .join("");
