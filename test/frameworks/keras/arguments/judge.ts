import { readFileSync } from "node:fs";
import { analysed } from "../../ops/program.ts";

/** Recorded calls with one argument changed, as one program: what is reported of each beside what Keras does. */

/** tasks/oracle/arguments.py says what is what. */
export interface Recorded {
  readonly values: readonly string[];
  readonly classes: Readonly<Record<string, Tried>>;
}
interface Tried {
  readonly args: Readonly<Record<string, string>>;
  readonly then?: string;
  readonly of: Readonly<Record<string, readonly [places: readonly number[], letters: string]>>;
  readonly unknown: Readonly<Record<string, string>>;
  readonly missing: Readonly<Record<string, string>>;
}
export interface Asked {
  readonly call: string;
  /** `.` it runs, `i` the constructor refuses, `c` the call does, `?` where the backends differ. */
  readonly letter: string;
  /** Where in the call the changed argument stands; undefined where one is left out. */
  readonly argument?: readonly [start: number, end: number];
}
export type Verdict = "exact" | "missed" | "wrong" | "elsewhere" | "open";

const PRELUDE = readFileSync("tasks/oracle/opstables/prelude.txt", "utf8");
/** Calls that are analysed together. */
const TOGETHER = 250;

export function asked(area: string, { values, classes }: Recorded): readonly Asked[] {
  return Object.entries(classes).flatMap(([name, it]) => {
    const written = (args: Readonly<Record<string, string>>, changed?: string, letter = "."): Asked => {
      const parts = Object.entries(args).map(([key, value]) => `${key}=${value}`);
      const head = `keras.${area}.${name}(`;
      const place = changed === undefined ? -1 : parts.findIndex((part) => part.startsWith(`${changed}=`));
      const start = head.length + parts.slice(0, place).join(", ").length + (place > 0 ? 2 : 0);
      const call = `${head}${parts.join(", ")})${it.then ?? ""}`;
      if (place < 0) return { call, letter };
      return { call, letter, argument: [start, start + (parts[place]?.length ?? 0)] };
    };
    const without = (left: string) => Object.fromEntries(Object.entries(it.args).filter(([key]) => key !== left));
    return [
      written(it.args),
      ...Object.entries(it.of).flatMap(([key, [places, letters]]) =>
        places.map((place, i) => written({ ...it.args, [key]: values[place] ?? "" }, key, letters[i])),
      ),
      ...Object.entries(it.unknown).map(([key, letter]) => written({ ...it.args, [key]: "1" }, key, letter)),
      ...Object.entries(it.missing).map(([key, letter]) => written(without(key), undefined, letter)),
    ];
  });
}

/** The verdict on each call, in words where it is not exact. */
export async function judgeAll(cases: readonly Asked[]): Promise<readonly (readonly [Verdict, string])[]> {
  const verdicts: (readonly [Verdict, string])[] = [];
  for (let at = 0; at < cases.length; at += TOGETHER) {
    verdicts.push(...(await judgeSome(cases.slice(at, at + TOGETHER))));
  }
  return verdicts;
}

async function judgeSome(cases: readonly Asked[]): Promise<readonly (readonly [Verdict, string])[]> {
  const head = `${PRELUDE}\nimport keras\n`;
  const { faults } = await analysed(`${head}${cases.map(({ call }, i) => `r${i} = ${call}\n`).join("")}`);
  const first = head.split("\n").length - 1;
  return cases.map((it, i) => {
    const found = faults.find(({ line, fault }) => line - first === i && fault.severity === "error");
    const start = `r${i} = `.length;
    const [from, to] = it.argument ?? [0, Infinity];
    const isThere = found !== undefined && found.column >= from + start && found.column < to + start;
    const verdict = judge(it, found !== undefined, isThere);
    return [verdict, `${it.call}: ${it.letter} ${found === undefined ? "" : found.fault.message}`];
  });
}

function judge({ letter, argument }: Asked, reported: boolean, isThere: boolean): Verdict {
  if (letter === "?") return reported ? "wrong" : "exact";
  if (letter === ".") return reported ? "wrong" : "exact";
  if (!reported) return "missed";
  return isThere || argument === undefined || letter === "c" ? "exact" : "elsewhere";
}
