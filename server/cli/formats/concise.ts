import { safe } from "../displayLine.ts";
import { type Finished, isChecked } from "./format.ts";

/** A line for each diagnostic, as compilers and editors have it: `a.py:5:20: error[bad-reshape]: …`. */
export const conciseReport = ({ all }: Finished): string =>
  all
    .filter(isChecked)
    .flatMap(({ report: { path, diagnostics } }) =>
      diagnostics.map(({ cell, line, column, severity, code, message }) => {
        const place = `${path}:${cell === undefined ? "" : `cell ${cell}:`}${line}:${column}`;
        return `${safe(`${place}: ${severity}[${code}]: ${message}`).replaceAll("\n", " ")}\n`;
      }),
    )
    .join("");
