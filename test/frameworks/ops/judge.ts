import { readFileSync } from "node:fs";
import { listOf } from "../../../core/interpreter/containers.ts";
import { display } from "../../../core/interpreter/display.ts";
import type { Machine } from "../../../core/interpreter/machine.ts";
import type { Value } from "../../../core/interpreter/values.ts";
import { hasRank, printShape } from "../../../core/tensor/shape.ts";
import { analysed } from "./program.ts";

/** Recorded calls as one program: what the analysis says of each, beside what the real library answered. */

/** "raises TypeError", "(None, 4) float32", several of them, or Python's own text of a value. */
export type Said = string | readonly Said[];
export type Case = readonly [call: string, answer: Said, run?: Said];
export type Verdict = { readonly kind: "exact" | "unknown" | "missed" | "wrong"; readonly why: string };

const PRELUDE = readFileSync("tasks/oracle/opstables/prelude.txt", "utf8");
/** Calls that are analysed together. */
const TOGETHER = 200;
/** What a run puts for a `None`. */
const SIZE = "5";

export async function judgeAll(cases: readonly Case[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let at = 0; at < cases.length; at += TOGETHER)
    verdicts.push(...(await judgeSome(cases.slice(at, at + TOGETHER))));
  return verdicts;
}

async function judgeSome(cases: readonly Case[]): Promise<readonly Verdict[]> {
  const text = `${PRELUDE}\n${cases.map(([call], i) => `r${i} = ${call}\n`).join("")}`;
  const { machine, variable, faults } = await analysed(text);
  const first = text.slice(0, text.indexOf("r0 = ")).split("\n").length - 1;
  const reported = new Map(
    faults
      .filter(({ fault }) => fault.severity === "error")
      .map(({ line, raises, fault }) => [(raises ?? line) - first, `${fault.code}: ${fault.message}`]),
  );
  return cases.map((it, i) => judge(it, reported.get(i), said(machine, variable(`r${i}`))));
}

/** A value in the words of the record; "?" stands for what is not known. */
function said(m: Machine, value: Value): Said {
  switch (value.kind) {
    case "tensor":
      return `${hasRank(value.shape) ? printShape(value.shape) : "?"} ${value.dtype ?? "?"}`;
    case "tuple":
      return value.items.map((item) => said(m, item));
    case "list": {
      const { items, rest } = listOf(m, value);
      return rest === undefined ? items.map((item) => said(m, item)) : "?";
    }
    case "float":
      return "float";
    case "unknown":
      if (value.type === "float") return "float";
      return `? ${value.reason}`;
    default:
      return display(m, value, true) ?? "?";
  }
}

function judge([call, answer, run]: Case, fault: string | undefined, mine: Said): Verdict {
  const raises = typeof answer === "string" && answer.startsWith("raises ");
  const told = `${call}: ${JSON.stringify(answer)}${run === undefined ? "" : `, run ${JSON.stringify(run)}`}; Inlayer `;
  if (fault !== undefined) {
    const either = raises || (typeof run === "string" && run.startsWith("raises "));
    return { kind: raises ? "exact" : either ? "unknown" : "wrong", why: `${told}reports ${fault}` };
  }
  const why = `${told}says ${JSON.stringify(mine)}`;
  if (raises) return { kind: hasDoubt(mine) ? "unknown" : "missed", why };
  // Where the run has other axes than the symbolic form, none of its sizes is told from a `None`.
  const real = run === undefined ? answer : decided(answer, run);
  const kind = compare(real, mine);
  return { kind: kind === "wrong" && real === run && isRunOf(mine, run) ? "exact" : kind, why };
}
const isRunOf = (mine: Said, run: Said): boolean =>
  typeof mine === "string" &&
  typeof run === "string" &&
  new RegExp(`^${mine.replace(/[()]/g, "\\$&").replaceAll("None", "\\d+")}$`).test(run);
/** What the run yields decides; only a size that the symbolic form leaves open is `None`. */
function decided(symbolic: Said, run: Said): Said {
  if (typeof symbolic !== "string" && typeof run !== "string")
    return run.map((it, i) => decided(symbolic[i] ?? it, it));
  if (typeof symbolic !== "string" || typeof run !== "string" || run.startsWith("raises ")) return symbolic;
  const [a, b] = [symbolic.split(/(?<=\)) /), run.split(/(?<=\)) /)];
  const open = (a[0] ?? "").replace(/[()]/g, "\\$&").replaceAll("None", "\\d+");
  return new RegExp(`^${open}$`).test(b[0] ?? "") ? `${a[0]} ${b[1]}` : run;
}
const hasDoubt = (it: Said): boolean => (typeof it === "string" ? it.includes("?") : it.some(hasDoubt));

function compare(real: Said, mine: Said): "exact" | "unknown" | "wrong" {
  if (typeof mine === "string" && (mine === "?" || mine.startsWith("? "))) return "unknown";
  if (typeof real !== "string" || typeof mine !== "string") {
    if (typeof real === "string" || typeof mine === "string" || real.length !== mine.length) return "wrong";
    const each = real.map((it, i) => compare(it, mine[i] ?? "?"));
    return each.includes("wrong") ? "wrong" : each.includes("unknown") ? "unknown" : "exact";
  }
  // A lone NumPy integer that is known is an integer to Inlayer.
  if (real === mine || real === mine.replaceAll("None", SIZE) || (real === "() int64" && /^\d+$/.test(mine)))
    return "exact";
  const [a, b] = [parts(real), parts(mine)];
  const fits = a.length === b.length && a.every((part, i) => part === b[i] || b[i] === "?");
  return fits ? "unknown" : "wrong";
}
const parts = (text: string): readonly string[] => text.split(/[ ,()]+/);
