import type { Document } from "./document.ts";

/** A program that uses Keras names it somewhere, or imports a module of the project that does. */
export const mentionsKeras = (text: string): boolean => /keras|tensorflow/.test(text);

const IMPORT = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^#;\n]*)|import[ \t]+([^#;\n]+))/gm;
const nameOf = (part: string): string => part.trim().split(/\s+as\s+/, 1)[0] ?? "";

/** The dotted names that a text imports; of `from a import b` both `a` and `a.b`, since `b` may be a module. */
export function importsOf(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, from, names = "", modules] of text.matchAll(IMPORT)) {
    for (const module of modules?.split(",") ?? []) found.add(nameOf(module));
    if (from === undefined) continue;
    found.add(from);
    for (const part of names.replace(/[()]|#.*/g, "").split(",")) {
      const name = nameOf(part);
      if (/^\w+$/.test(name)) found.add(from.endsWith(".") ? from + name : `${from}.${name}`);
    }
  }
  found.delete("");
  return [...found];
}

/** Files that are looked at before the search for Keras behind imports is given up. */
const FILES = 100;

interface Verdict {
  readonly imports: string;
  readonly visited: Set<string>;
  readonly concerns: Promise<boolean>;
}

/** Finds the module that a file imports; null where the project has none. */
export type FindModule = (from: string, name: string) => Promise<Document | null>;

/** Tells the files that may be about Keras from all other Python, at the cost of a search for two words. */
export class Relevance {
  private readonly find: FindModule;
  private readonly verdicts = new Map<string, Verdict>();
  constructor(find: FindModule) {
    this.find = find;
  }

  concerns(file: Pick<Document, "path" | "text">): boolean | Promise<boolean> {
    if (mentionsKeras(file.text)) return true;
    const names = importsOf(file.text);
    if (names.length === 0) return false;
    const imports = names.join(" ");
    const known = this.verdicts.get(file.path);
    if (known?.imports === imports) return known.concerns;
    const visited = new Set([file.path]);
    const concerns = this.search(file.path, names, visited);
    this.verdicts.set(file.path, { imports, visited, concerns });
    return concerns;
  }

  /** A file is not what it was: what was decided with it is open again. */
  changed(path: string): void {
    for (const [file, { visited }] of this.verdicts) {
      if (file !== path && visited.has(path)) this.verdicts.delete(file);
    }
  }
  forget(path: string): void {
    this.verdicts.delete(path);
  }
  forgetAll(): void {
    this.verdicts.clear();
  }

  private async search(from: string, names: readonly string[], visited: Set<string>): Promise<boolean> {
    const found = await Promise.all(names.map((name) => this.find(from, name)));
    const fresh = found.filter((it) => it !== null).filter(({ path }) => !visited.has(path) && visited.add(path));
    if (fresh.some(({ text }) => mentionsKeras(text))) return true;
    for (const { path, text } of fresh) {
      if (visited.size < FILES && (await this.search(path, importsOf(text), visited))) return true;
    }
    return false;
  }
}
