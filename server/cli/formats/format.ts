import type { Severity } from "../../../core/index.ts";
import type { Checked, CheckedFile } from "../checkFile.ts";
import type { Host } from "../host.ts";
import type { DiagnosticReport } from "../json.ts";
import type { FileTarget } from "../targets.ts";

/** A check that is done, for a format that tells all of it at its end. */
export interface Finished {
  readonly all: readonly Checked[];
  readonly code: number;
  /** The lowest severity that fails, for a file. */
  readonly failOn: (target: FileTarget) => Severity;
  readonly host: Host;
}

export const isChecked = (it: Checked): it is CheckedFile => !("problem" in it);

/** A report that knows no cells says the place within a notebook in words. */
export const inCell = ({ cell, line, column }: InFile): string =>
  cell === undefined ? "" : `cell ${cell}, line ${line}, column ${column}: `;

/** `a.py:5:20`, of a notebook `a.ipynb:cell 2:5:20`. */
export const placed = (path: string, { cell, line, column }: InFile): string =>
  `${path}:${cell === undefined ? "" : `cell ${cell}:`}${line}:${column}`;

type InFile = Pick<DiagnosticReport, "cell" | "line" | "column">;
