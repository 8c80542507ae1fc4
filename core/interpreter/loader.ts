import type { Module } from "../python/syntax.ts";

/** What the machine knows of a project: the text of its modules and what has not been found yet. */
export interface Loader {
  /** The module that `name` (leading dots as written) means in the file at `path` while `program` runs. */
  find(path: string, name: string, program: string): Found;
  /** The file of data, or of a model's architecture, that `name` means to the program in the file at `path`. */
  data(path: string, name: string, kind?: "data" | "model"): FoundData;
  /** The paths of the programs that import the file at `path`, as far as the host has said. */
  importers(path: string): readonly string[];
  /** The file at a path that `importers` gave. */
  file(path: string): Found;
}
export type FoundData =
  | { readonly kind: "data"; readonly token: object; readonly text: string; readonly whole: boolean }
  | NotFound;
/** There is none, or the host has not said yet. */
export interface NotFound {
  readonly kind: "absent" | "pending";
  readonly token: object;
}

/** `token` is the same object as long as the answer is. */
export type Found =
  | { readonly kind: "module"; readonly token: object; readonly path: string; readonly module: Module }
  | NotFound;
