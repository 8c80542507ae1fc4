import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type Core, LineIndex } from "../../core/index.ts";
import { type FileReport, reportFile } from "../../server/cli/json.ts";
import type { Document } from "../../server/workspace/document.ts";
import { compare, type Finding, type Recorded } from "./compare.ts";

const here = (path: string): URL => new URL(path, import.meta.url);

export const names: readonly string[] = readdirSync(here("programs"))
  .filter((name) => name.endsWith(".py"))
  .map((name) => name.slice(0, -3))
  .sort();
export const textOf = (name: string): string => readFileSync(here(`programs/${name}.py`), "utf8");
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

const oracle = JSON.parse(readFileSync(here("../oracle/differential.json"), "utf8")) as {
  readonly programs: Readonly<Record<string, Recorded>>;
};
export const recordedOf = (name: string): Recorded | undefined => oracle.programs[name];

/** What the command line would say of a program, without fixes. */
export function reportOf(core: Core, name: string): FileReport {
  const file = { path: `${name}.py`, text: textOf(name) };
  const { analysis } = core.analyse({ file, answers: new Map(), settings: { keras: "auto", fixes: false } });
  return reportFile({ analysis, documents: new Map([[file.path, documentOf(file)]]) }, (path) => path);
}

function documentOf({ path, text }: { readonly path: string; readonly text: string }): Document {
  const lines = new LineIndex(text);
  return {
    path,
    text,
    parts: [{ cell: undefined, start: 0, text, lines }],
    positionAt: (offset) => lines.positionAt(offset),
  };
}

export function findingsOf(core: Core, name: string, recorded: Recorded): readonly Finding[] {
  return compare(recorded, reportOf(core, name));
}
