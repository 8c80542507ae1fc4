import type { Module } from "../python/syntax.ts";

/** What the machine knows of a project: the text of its modules and what has not been found yet. */
export interface Loader {
  /** The module that `name` (leading dots as written) means in the file at `path`. */
  find(path: string, name: string): Found;
  /** The file of data, or of a model's architecture, that `name` means to the program in the file at `path`. */
  data(path: string, name: string, kind?: "data" | "model"): FoundData;
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
