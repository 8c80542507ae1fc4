import type { LayerDeclaration } from "../../core/frameworks/keras/define.ts";
import { ruleOf } from "../../core/frameworks/keras/forward/operations/index.ts";
import { LAYERS } from "../../core/frameworks/keras/layers/index.ts";
import { canonicalNames, lookup } from "../../core/frameworks/keras/signatures.ts";
import { Shape } from "../../core/tensor/shape.ts";
import { filled, innerMacs } from "../../test/frameworks/keras/grid/judge.ts";
import { type Area, areas, CALLS, casesOf, layerCalls, recordedCalls } from "./facts.ts";
import { HEADER, paragraph } from "./layerPages.ts";

/** docs/status.md: what Inlayer answers of each name, and on how many recorded calls of Keras it is held. */

export function statusPage(): ReadonlyMap<string, string> {
  const recorded = recordedCalls();
  const parts = [
    HEADER,
    "# What is followed",
    paragraph(
      "A row for each layer of Keras and each function on tensors that Inlayer knows. " +
        "*Cases* are recorded calls of the " +
        "real library that a test compares with; *calls* are counted in " +
        `${CALLS.files.toLocaleString("en")} public files that define models.`,
    ),
    "## Layers",
    paragraph(
      "*Params*: it may have weights, and they are named with their shapes. *MACs*: multiply–accumulates, a " +
        "multiplication and the addition behind it counted as one; taps on padding count, the bias and what an " +
        "activation computes do not, and a layer that only adds or compares has none. " +
        "*Runs*: a forward run computes it.",
    ),
    table(["layer", "shape", "params", "MACs", "runs", "cases", "calls"], layers()),
    "## Functions",
    ...areas().flatMap((area) => [
      `### ${area.title}`,
      table(["function", "runs", "cases", "calls"], rows(area, recorded)),
    ]),
  ];
  return new Map([["docs/status.md", `${parts.join("\n\n")}\n`]]);
}

const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
const number = (n: number): string => (n === 0 ? "" : n.toLocaleString("en"));

/** What is no declaration, and how it is followed. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  InputLayer: "as Input",
  Lambda: "by its function",
  Layer: "by its methods",
  Wrapper: "by its methods",
};

function layers(): readonly (readonly string[])[] {
  const names = canonicalNames().flatMap((name) => /^keras\.layers\.([A-Z]\w*)$/.exec(name)?.[1] ?? []);
  const classes = names.filter((name) => lookup(`keras.layers.${name}`)?.kind === "class");
  return [...new Set([...classes, "InputLayer", "Layer"])]
    .filter(
      (name) =>
        LAYERS.has(name) ||
        ELSEWHERE[name] !== undefined ||
        layerCalls(name) > 0 ||
        lookup(`keras.layers.${name}`) !== undefined,
    )
    .sort()
    .map((name) => {
      const it = LAYERS.get(name);
      const calls = number(layerCalls(name));
      if (it === undefined) return [name, ELSEWHERE[name] ?? "not followed", "", "", "", "", calls];
      const runs = it.lower === undefined ? "" : "yes";
      const weighted = casesOf(name).some(({ weights = [] }) => weights.length > 0);
      return [name, "yes", weighted ? "yes" : "none", macs(it), runs, number(casesOf(name).length), calls];
    });
}

/** Of the first recorded call that says something, on one sample. */
function macs(it: LayerDeclaration): string {
  for (const { args, in: inputs, out, run } of casesOf(it.name)) {
    const [y] = (run !== false && run?.out) || out || [];
    if (y === undefined) continue;
    const typed = (sizes: readonly (number | null)[]) =>
      ({ shape: new Shape(sizes.map((n) => n ?? 1)), dtype: "float32" }) as const;
    const count = it.macs(filled(it.name, args), inputs.map(typed), typed(y), innerMacs);
    if (count === undefined) return "";
    if (count !== 0) return "yes";
  }
  return "0";
}

const rows = ({ module, prefix, names }: Area, recorded: ReadonlyMap<string, number>): readonly (readonly string[])[] =>
  names.map((name) => {
    const spelled = prefix.replace(/^keras\.backend/, "K") + name;
    const cases = recorded.get(prefix + name) ?? recorded.get(`keras.${prefix}${name}`) ?? 0;
    return [
      `${spelled}`,
      ruleOf(`${module}.${name}`) !== undefined ? "yes" : "",
      number(cases),
      number(CALLS.functions[spelled] ?? 0),
    ];
  });
