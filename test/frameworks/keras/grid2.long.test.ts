/** The declarations in programs of Keras 2 against tf-keras (tasks/oracle/grid2.py); GRID2 may name other ones. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Core, type Outputs, printShape } from "../../../core/index.ts";
import { openCore } from "../../core/open.ts";

interface Case {
  readonly program: string;
  readonly raises?: readonly [type: string, message: string];
  readonly out?: readonly ((number | null)[] | null)[];
  readonly dtypes?: readonly string[];
  readonly params?: number | null;
}
type Verdict = "exact" | { readonly wrong: string } | { readonly unknown: string };

const DIRECTORY = process.env["GRID2"] ?? "test/oracle/grid2";
const HEADER = "from tensorflow import keras\n";
const totals = { cases: 0, exact: 0, unknown: 0, missed: 0 };

const printed = (sizes: readonly (number | null)[] | null): string =>
  sizes === null ? "?" : `(${sizes.map((n) => n ?? "None").join(", ")}${sizes.length === 1 ? "," : ""})`;
const listed = (outputs: Outputs) => ("shape" in outputs ? [outputs] : outputs);
/** It claims no more than that some of the sizes are not known. */
const isOpen = (said: string, truth: string): boolean => {
  const [a, b] = [said, truth].map((text) => text.slice(1, -1).split(", "));
  return said === "?" || (a?.length === b?.length && a?.every((size, i) => size === "?" || size === b?.[i]) === true);
};

function judge(core: Core, { program, raises, out = [], dtypes, params }: Case): Verdict {
  const text = HEADER + program;
  const settings = { keras: 2, fixes: false } as const;
  const { analysis } = core.analyse({ file: { path: "main.py", text }, answers: new Map(), settings });
  const error = analysis.diagnostics.find((it) => it.severity === "error");
  if (raises !== undefined) return error === undefined ? { unknown: raises.join(": ") } : "exact";
  if (error !== undefined) return { wrong: `does not raise: ${error.message}` };
  const hint = analysis.hints.findLast((it) => text.slice(it.span.start, it.span.end).startsWith("layer("));
  const [context] = hint?.contexts ?? [];
  if (context === undefined) return { unknown: "no hint" };
  const outputs = listed(context.outputs);
  const pairs = [
    ...out.map((sizes, i): [string, string] => [outputs[i] ? printShape(outputs[i].shape) : "nothing", printed(sizes)]),
    ...out.map((_, i): [string, string] => [outputs[i]?.dtype ?? "?", dtypes?.[i] ?? "float32"]),
    [String(context.params ?? "?"), String(params ?? "?")] as const,
  ];
  const other = pairs.filter(([said, truth]) => said !== truth);
  const wrong =
    other.find(([said, truth]) => !isOpen(said, truth)) ?? (outputs.length === out.length ? undefined : ["", ""]);
  if (wrong !== undefined) return { wrong: `${wrong[0]} for ${wrong[1]}` };
  return other[0] === undefined ? "exact" : { unknown: `${other[0][0]} for ${other[0][1]}` };
}

for (const file of readdirSync(DIRECTORY)) {
  test(`${file.slice(0, -".json".length)} answers in Keras 2 as it does`, async (t) => {
    const core = await openCore();
    const cases = JSON.parse(readFileSync(`${DIRECTORY}/${file}`, "utf8")) as readonly Case[];
    const wrong: string[] = [];
    for (const it of cases) {
      const verdict = judge(core, it);
      totals.cases++;
      if (verdict === "exact") totals.exact++;
      else if ("wrong" in verdict) wrong.push(`${it.program}\n${verdict.wrong}`);
      else {
        totals[it.raises === undefined ? "unknown" : "missed"]++;
        t.diagnostic(`not told: ${it.program.replaceAll("\n", "; ")}: ${verdict.unknown}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}

test("at least 99 % of what Keras 2 answers is told exactly", (t) => {
  const { cases, exact, unknown, missed } = totals;
  t.diagnostic(`${exact} of ${cases} exact, ${unknown} not known, ${missed} refusals not told`);
  assert.ok(cases > 0 && exact >= 0.99 * cases);
});
