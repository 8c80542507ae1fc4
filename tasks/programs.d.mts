import type { BuildOptions, Plugin } from "esbuild";

export function bundlePrograms(folder: string, names?: readonly string[]): Promise<readonly string[]>;
export function nodeModule(): object;
export function coreScript(): BuildOptions;
export const coreApart: Plugin;
