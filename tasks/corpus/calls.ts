import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { cache, packages } from "./folders.ts";

/** A program that binds `model`, as tasks/corpus/calls.txt has it. */
export interface Call {
  readonly package: string;
  readonly keras: 2 | 3;
  readonly expression: string;
  readonly text: string;
}
/** A layer as the real Keras has it: name, type, shape or shapes of its output, parameters. */
export type Row = readonly [name: string, type: string, output: Shapes | null, params: number];
export type Shapes = string | readonly Shapes[];
/** A model of the real Keras. */
export interface Built {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly params: number;
  readonly trainable: number;
  readonly layers: readonly Row[];
}
export type Answer = Built | { readonly error: string };

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export function readCalls(): readonly Call[] {
  const sections = readFileSync(here("calls.txt"), "utf8").split(/^= /m).slice(1);
  return sections.flatMap((section) => {
    const [, name = "", version, rest = ""] = /^(.+), Keras ([23])\n([\s\S]*)$/.exec(section) ?? [];
    const lines = rest.split("\n").filter((line) => line !== "");
    const prelude = lines.filter((line) => !line.startsWith("> ")).join("\n");
    const expressions = lines.filter((line) => line.startsWith("> ")).map((line) => line.slice(2));
    return expressions.map((expression): Call => {
      return { package: name, keras: version === "2" ? 2 : 3, expression, text: `${prelude}\nmodel = ${expression}\n` };
    });
  });
}

const store = join(cache, "answers.json");
const keyOf = (call: Call): string => createHash("sha256").update(`${call.keras}\n${call.text}`).digest("hex");

/** What the real Keras says of each call; asked once, and remembered in the cache. */
export async function answersOf(calls: readonly Call[], python: () => string): Promise<ReadonlyMap<Call, Answer>> {
  const known: Record<string, Answer> = existsSync(store) ? JSON.parse(readFileSync(store, "utf8")) : {};
  for (const version of [2, 3] as const) {
    const open = calls.filter((call) => call.keras === version && known[keyOf(call)] === undefined);
    if (open.length === 0) continue;
    await ask(python(), version, open, (call, answer) => {
      known[keyOf(call)] = answer;
      writeFileSync(store, JSON.stringify(known));
    });
  }
  return new Map(
    calls.flatMap((call) => (known[keyOf(call)] === undefined ? [] : [[call, known[keyOf(call)] as Answer]])),
  );
}

/** Runs the programs on the real Keras, in order; `told` hears of each as it is done. */
async function ask(
  python: string,
  version: 2 | 3,
  calls: readonly Call[],
  told: (call: Call, answer: Answer) => void,
): Promise<void> {
  console.error(`Building ${calls.length} models with Keras ${version} …`);
  const script = spawn(python, ["-W", "ignore", here("build_models.py"), String(version), packages], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  script.stdin.end(JSON.stringify(calls.map((call) => call.text)));
  for await (const line of createInterface({ input: script.stdout })) {
    const [number, answer] = JSON.parse(line) as [number, Answer];
    const call = calls[number];
    if (call === undefined) continue;
    console.error("error" in answer ? `  ${call.expression}: ${answer.error}` : `  ${call.expression}`);
    told(call, answer);
  }
}
