import { createHash } from "node:crypto";
import type { Block } from "./parse.ts";
import { programOf } from "./program.ts";

/** What the real Keras said of a Markdown file's blocks; kept as test/oracle/….json. */
export interface OracleRecord {
  readonly versions: Readonly<Record<string, string>>;
  readonly blocks: readonly BlockRecord[];
}

export interface BlockRecord {
  readonly title: string;
  /** Of the program and its claims: a record of another text is stale. */
  readonly hash: string;
  readonly tensorflow: Answer;
  /** Only what was raised: Keras computes symbolic shapes on its own, the same on every backend. */
  readonly jax: Pick<Answer, "raised">;
}

export interface Answer {
  /** Line of the block → what was seen there. */
  readonly lines: Readonly<Record<string, Seen>>;
  /** In order of discovery; the program was run again without each statement that raised. */
  readonly raised: readonly Raised[];
}

export type Seen = Facts | "never ran" | "no value" | "after error";
export interface Facts {
  readonly shapes: readonly string[] | null;
  readonly dtypes: readonly string[] | null;
  readonly params: number | null;
}

export interface Raised {
  /** First and last line of the statement of each frame of the program, outermost first. */
  readonly in: readonly (readonly [number, number])[];
  readonly type: string;
  readonly message: string;
}

export function hashOf(block: Block): string {
  const parts = [programOf(block).text, JSON.stringify(block.environment)];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);
}

/**
 * test/shapes/dense.md → test/oracle/shapes/dense.json, docs/rules/a.md → test/oracle/docs/rules/a.json; folders
 * likewise.
 */
export function recordPath(markdownPath: string): string {
  return `test/oracle/${markdownPath.replace(/^test\//, "").replace(/\.md$/, ".json")}`;
}

/** One fact a line, so that a difference reads well. */
export function printRecord(record: OracleRecord): string {
  const answer = (a: Answer): string => {
    const lines = Object.entries(a.lines).map(([line, seen]) => `      "${line}": ${spaced(seen)}`);
    return `{"lines": {${lines.length > 0 ? `\n${lines.join(",\n")}\n    ` : ""}}, "raised": ${raised(a.raised)}}`;
  };
  const raised = (list: readonly Raised[]): string =>
    list.length === 0 ? "[]" : `[\n${list.map((each) => `      ${spaced(each)}`).join(",\n")}\n    ]`;
  const blocks = record.blocks.map((block) =>
    [
      `  {"title": ${JSON.stringify(block.title)}, "hash": "${block.hash}",`,
      `    "tensorflow": ${answer(block.tensorflow)},`,
      `    "jax": {"raised": ${raised(block.jax.raised)}}}`,
    ].join("\n"),
  );
  return `{"versions": ${spaced(record.versions)}, "blocks": [\n${blocks.join(",\n")}\n]}\n`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`);
  return `{${entries.join(", ")}}`;
}
