import { sep } from "node:path";

/** A path as reports for other programs have it, on Windows too: with `/`. Elsewhere a `\` is a part of a name. */
export const slashed = (path: string, separator: string = sep): string =>
  separator === "\\" ? path.replaceAll("\\", "/") : path;
