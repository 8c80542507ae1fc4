import type { TextEdit } from "../../../interpreter/framework.ts";
import type { Module } from "../../../python/syntax.ts";

/** The file that an edit is to change, as it stands. */
export interface Source {
  readonly text: string;
  readonly module: Module;
}

export const inserted = (at: number, newText: string): readonly TextEdit[] => [
  { span: { start: at, end: at }, newText },
];

/** The blanks that a line begins with, if nothing else stands before `at`. */
export function indentBefore(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^[ \t]*$/.test(line) ? line : undefined;
}
