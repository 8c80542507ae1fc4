import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import {
  type Analysis,
  type Core,
  type Hint,
  LineIndex,
  missingKey,
  type Outputs,
  printShape,
  type Source,
} from "../../core/index.ts";

/** Small programs about data, what the real libraries made of them (record.py), and what Inlayer says of them. */

export interface Recorded {
  readonly hash: string;
  readonly error: { readonly type: string; readonly message: string; readonly line: number | null } | null;
  /** By the place where the hint belongs: tensors as [shape, dtype]. */
  readonly values: Readonly<Record<string, readonly (readonly [string, string])[]>>;
}
export interface Program {
  readonly name: string;
  readonly body: string;
  readonly recorded: Recorded | undefined;
}

const here = (path: string): URL => new URL(path, import.meta.url);

export function programs(): readonly Program[] {
  const record = JSON.parse(readFileSync(here("../oracle/data.json"), "utf8")) as {
    readonly programs: Readonly<Record<string, Recorded>>;
  };
  return readdirSync(here("programs"))
    .filter((file) => file.endsWith(".txt"))
    .sort()
    .flatMap((file) =>
      readFileSync(here(`programs/${file}`), "utf8")
        .split(/^=== /m)
        .slice(1)
        .map((part) => {
          const end = part.indexOf("\n");
          const name = `${file.slice(0, -4)}/${part.slice(0, end).trim()}`;
          return { name, body: part.slice(end + 1), recorded: record.programs[name] };
        }),
    );
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

interface Parts {
  /** The files that a program says it finds, by their paths. */
  readonly files: ReadonlyMap<string, Source>;
  /** The program alone, whose lines keep their numbers. */
  readonly source: string;
}
function partsOf(body: string): Parts {
  const files = new Map<string, Source>();
  const lines = body.split("\n");
  let at = 0;
  for (; lines[at]?.startsWith("#file") === true; at++) {
    const [, kind = "", path = "", ...rest] = (lines[at] ?? "").split(" ");
    if (kind === "text") {
      const end = lines.indexOf("#end", at);
      files.set(path, { path, text: `${lines.slice(at + 1, end).join("\n")}\n` });
      at = end;
    } else if (kind === "npy") files.set(path, { path, text: npyHeader(rest.join(" ")) });
  }
  return { files, source: "\n".repeat(at) + lines.slice(at).join("\n") };
}
/** The head of a file as `numpy.save` writes it, a character for each byte. */
function npyHeader(said: string): string {
  const [, shape = "", dtype = ""] = /^(\(.*\)) (\w+)$/.exec(said) ?? [];
  const code = { float32: "<f4", float64: "<f8", int64: "<i8", uint8: "|u1" }[dtype] ?? "";
  const dict = `{'descr': '${code}', 'fortran_order': False, 'shape': ${shape}, }`;
  return `\u0093NUMPY\u0001\u0000v\u0000${dict.padEnd(117)}\n`;
}

function analysed(core: Core, { files, source }: Parts): Analysis {
  const answers = new Map<string, Source | null>();
  for (let round = 0; ; round++) {
    const { analysis, missing } = core.analyse({
      file: { path: "main.py", text: source },
      answers: new Map(answers),
      settings: { keras: 3, fixes: false },
    });
    if (missing.length === 0 || round > 5) return analysis;
    for (const it of missing) answers.set(missingKey(it), files.get(it.name) ?? null);
  }
}

export type Verdict = "exact" | "loose" | "missing" | "wrong";
export interface Finding {
  readonly verdict: Verdict;
  readonly text: string;
}

/** What Inlayer says of each recorded value, and of the error. */
export function findings(core: Core, { body, recorded }: Program): readonly Finding[] {
  if (recorded === undefined) return [];
  const whole = partsOf(body);
  const analysis = analysed(core, whole);
  const lines = new LineIndex(whole.source);
  const at = (offset: number) => {
    const { line, column } = lines.positionAt(offset);
    return `${line}:${column}`;
  };
  const hints = new Map(analysis.hints.map((it) => [`${at(it.span.start)}-${at(it.span.end)}`, it]));
  const raised = recorded.error?.line ?? Number.POSITIVE_INFINITY;
  const values = Object.entries(recorded.values)
    .filter(([place]) => Number(place.split(":")[0]) < raised)
    .map(([place, truth]) => judged(place, truth, hints.get(place)));
  const errors = analysis.diagnostics.filter((it) => it.severity === "error");
  const said = errors.map((it) => lines.positionAt(it.span.start).line);
  return [
    ...values,
    ...errorFindings(
      recorded,
      said,
      errors.map((it) => it.message),
    ),
  ];
}

function errorFindings({ error }: Recorded, said: readonly number[], messages: readonly string[]): readonly Finding[] {
  if (error === null)
    return said.map((line, i) => ({ verdict: "wrong", text: `${line}: it runs, and Inlayer says: ${messages[i]}` }));
  const hit = said.length > 0;
  return [{ verdict: hit ? "exact" : "missing", text: `${error.line}: it raises: ${error.message}` }];
}

const shapesOf = (outputs: Outputs): readonly { readonly shape: string; readonly dtype: string }[] =>
  ("shape" in outputs ? [outputs] : outputs).map((it) => ({ shape: printShape(it.shape), dtype: it.dtype ?? "?" }));

function judged(place: string, truth: readonly (readonly [string, string])[], hint: Hint | undefined): Finding {
  const real = truth.map(([shape, dtype]) => `${shape} ${dtype}`).join(", ");
  if (hint === undefined) return { verdict: "missing", text: `${place}: ${real}: no hint` };
  const last = hint.contexts.at(-1);
  const seen = last === undefined ? [] : shapesOf(last.outputs);
  const text = `${place}: ${real}: ${seen.map((it) => `${it.shape} ${it.dtype}`).join(", ")}`;
  if (seen.length !== truth.length) return { verdict: hint.contexts.length > 1 ? "loose" : "wrong", text };
  const each = seen.map((it, i) => agree(it, truth[i] ?? ["", ""]));
  const verdict = each.includes("wrong") ? "wrong" : each.includes("loose") ? "loose" : "exact";
  return { verdict, text };
}

const TYPES = /^(bool|u?int\d+|float\d+|bfloat16|complex\d+|string)$/;
function agree({ shape, dtype }: { readonly shape: string; readonly dtype: string }, truth: readonly [string, string]) {
  const real = /^(str|bytes)\d*$/.test(truth[1]) ? "string" : truth[1];
  const types = dtype === "?" ? (TYPES.test(real) ? "loose" : "exact") : dtype === real ? "exact" : "wrong";
  if (types === "wrong") return "wrong";
  if (shape === truth[0]) return types;
  if (shape === "?" || shape === "(?)") return "loose";
  const [a, b] = [parts(shape), parts(truth[0])];
  if (a.length !== b.length) return "wrong";
  return a.every((it, i) => it === b[i] || !/^\d+$/.test(it)) ? "loose" : "wrong";
}
const parts = (shape: string): readonly string[] =>
  shape
    .replace(/[()]/g, "")
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
