import { dirname, relative, resolve } from "node:path";
import type { Files } from "../workspace/fileSystem.ts";
import { reasonOf } from "../workspace/fileSystem.ts";
import { isRecord } from "../workspace/plainData.ts";
import { slashed } from "./slashed.ts";

/** A diagnostic that is known and not told again: docs/ci.md. No line number, so that it survives edits. */
export interface Known {
  readonly code: string;
  /** The line that it stands in, as `lineKey` has it. */
  readonly line: string;
  /** How many there are of it. */
  readonly count: number;
}
interface Entry extends Known {
  /** From the folder of the baseline, with `/`. */
  readonly path: string;
}

/** What is left of a line: how it is indented, and where its spaces are, may change. */
export const lineKey = (line: string): string => line.trim().replace(/\s+/g, " ");

export interface Compared<T> {
  readonly fresh: readonly T[];
  /** How many were known. */
  readonly known: number;
  /** What is not found any more, as often as it is not. */
  readonly stale: readonly Known[];
}
/** Sets apart what a file's baseline knows; of several that look alike the first ones. */
export function compare<T extends { readonly code: string }>(
  found: readonly T[],
  lineOf: (it: T) => string,
  known: readonly Known[],
): Compared<T> {
  const left = new Map(known.map((it) => [keyOf(it), it]));
  const fresh = found.filter((it) => {
    const key = keyOf({ code: it.code, line: lineOf(it) });
    const entry = left.get(key);
    if (entry === undefined || entry.count === 0) return true;
    left.set(key, { ...entry, count: entry.count - 1 });
    return false;
  });
  return { fresh, known: found.length - fresh.length, stale: [...left.values()].filter(({ count }) => count > 0) };
}
const keyOf = ({ code, line }: Pick<Known, "code" | "line">): string => `${code} ${lineKey(line)}`;

/** The file of a baseline: read once, and written anew where that is asked for. */
export class Baseline {
  /** Absolute. */
  readonly path: string;
  private readonly entries: readonly Entry[];
  constructor(path: string, entries: readonly Entry[] = []) {
    this.path = path;
    this.entries = entries;
  }

  static async read(files: Files, path: string): Promise<Baseline | { readonly problem: string }> {
    let text: string;
    try {
      text = new TextDecoder().decode(await files.read(path));
    } catch (error) {
      return { problem: reasonOf(error) };
    }
    const entries = entriesIn(text);
    return entries === undefined ? { problem: "it is not a baseline of Inlayer" } : new Baseline(path, entries);
  }

  knownOf(file: string): readonly Known[] {
    const path = this.nameOf(file);
    return this.entries.filter((it) => it.path === path);
  }
  /** Files that the baseline speaks of, absolute. */
  get files(): readonly string[] {
    return [...new Set(this.entries.map(({ path }) => path))].map((path) => resolve(dirname(this.path), path));
  }
  /** The text of one that knows this of these files, and of all others what this one does, but of those `gone`. */
  with(found: ReadonlyMap<string, readonly Known[]>, gone: ReadonlySet<string>): string {
    const read = new Set([...found.keys(), ...gone].map((file) => this.nameOf(file)));
    const kept = this.entries.filter(({ path }) => !read.has(path));
    const fresh = [...found].flatMap(([file, all]) => counted(all).map((it) => ({ path: this.nameOf(file), ...it })));
    return print([...kept, ...fresh].toSorted(byPath));
  }
  private nameOf(file: string): string {
    return slashed(relative(dirname(this.path), file));
  }
}

function counted(all: readonly Known[]): readonly Known[] {
  const counts = new Map<string, Known>();
  for (const { code, line, count } of all) {
    const key = keyOf({ code, line });
    counts.set(key, { code, line: lineKey(line), count: (counts.get(key)?.count ?? 0) + count });
  }
  return [...counts.values()];
}
const byPath = (a: Entry, b: Entry): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** An entry a line, so that a change is read easily. */
function print(entries: readonly Entry[]): string {
  const lines = entries.map(({ path, code, line, count }) =>
    JSON.stringify({ path, code, line, ...(count === 1 ? {} : { count }) }),
  );
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  return `{\n  "version": 1,\n  "known": ${list}\n}\n`;
}

function entriesIn(text: string): readonly Entry[] | undefined {
  try {
    const file: unknown = JSON.parse(text);
    if (!isRecord(file) || file["version"] !== 1 || !Array.isArray(file["known"])) return undefined;
    const entries = file["known"].map(entryOf);
    return entries.every((it) => it !== undefined) ? entries : undefined;
  } catch {
    return undefined;
  }
}
function entryOf(it: unknown): Entry | undefined {
  if (!isRecord(it)) return undefined;
  const { path, code, line, count = 1 } = it as Readonly<Record<keyof Entry, unknown>>;
  if (typeof path !== "string" || typeof code !== "string" || typeof line !== "string") return undefined;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1) return undefined;
  return { path, code, line: lineKey(line), count };
}
