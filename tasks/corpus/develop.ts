import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { versionOf } from "../../core/frameworks/keras/version.ts";
import { type Compared, compareModel, type Names, type RealModel } from "./agreement.ts";
import type { Row, Shapes } from "./calls.ts";
import type { CorpusReader, Reading } from "./reading.ts";
import { Tally } from "./tally.ts";

/**
 * The files of ../shared/develop.txt, in a folder that has each repository as `owner+name`, held to what the real Keras
 * made of them: ../shared/develop_oracle.json.
 */

type Nested = readonly (number | null | Nested)[] | Readonly<Record<string, readonly (number | null)[]>>;
interface Recorded {
  readonly var: string;
  readonly kind: string;
  readonly built?: boolean;
  readonly params: number;
  readonly trainable: number;
  readonly input_shape?: Nested | null;
  readonly output_shape?: Nested | null;
  readonly layers?: readonly (readonly [string, string, Nested | null, number])[] | null;
}
/** By the version of Keras and by how the models were made: by the file alone, or by a driver. */
type Record_ = Readonly<Record<string, { readonly calls: readonly string[]; readonly models: readonly Recorded[] }>>;

/** Recorded on made-up data: not reshaped where the program reshapes them, or fewer than one of its batches. */
const MADE_UP = new Set([
  "chapter02_mathematical-building-blocks.ipynb",
  "examples/vision/masked_image_modeling.py augmentation_model",
]);

const shared = (name: string): string => fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));

export async function compareDevelop(
  reader: CorpusReader,
  parts: readonly string[],
  checkout: string | undefined,
): Promise<boolean> {
  if (checkout === undefined || !existsSync(shared("develop.txt"))) {
    console.log("The files of develop.txt are not at hand: --checkout FOLDER says where.\n");
    return true;
  }
  const oracle = JSON.parse(readFileSync(shared("develop_oracle.json"), "utf8")) as Record<string, Record_>;
  const tally = new Tally("files of develop.txt");
  for (const line of readFileSync(shared("develop.txt"), "utf8").split("\n")) {
    const [repository = "", , path = "", , , driver = "-"] = line.split("\t");
    const key = `${repository}/${path}`;
    const root = join(checkout, repository.replace("/", "+"));
    const file = join(root, path);
    const recorded = oracle[key];
    if (line.startsWith("#") || recorded === undefined || !existsSync(file) || MADE_UP.has(path)) continue;
    if (parts.length > 0 && !parts.some((part) => key.includes(part))) continue;
    const source = readFileSync(file, "utf8");
    const version = versionFor(recorded, source);
    const records = Object.entries(recorded).flatMap(([it, made]) => (it.startsWith(`keras${version}`) ? [made] : []));
    const real = records.flatMap(({ models }) => models);
    const own = Object.entries(recorded).find(([it]) => it === `keras${version}`)?.[1].calls ?? [];
    const calls = [...(driver === "-" ? [] : driver.split(" ; ")), ...own];
    const text = calls.length === 0 ? undefined : driven(source, path, calls);
    const reading = await reader.read(file, root, text, version);
    if ("crash" in reading) tally.add(`Keras ${version}`, key, "crash", reading.crash);
    else
      compareAll(
        reading,
        real.filter((it) => it.kind !== "Layer" && !MADE_UP.has(`${path} ${it.var}`)),
        version,
        key,
        tally,
      );
  }
  return tally.print();
}

/** The Keras that the file is written for, or the one that it was recorded with. */
function versionFor(recorded: Record_, source: string): 2 | 3 {
  const has = (version: 2 | 3): boolean => Object.keys(recorded).some((it) => it.startsWith(`keras${version}`));
  const own = versionOf(source);
  return has(own) ? own : has(3) ? 3 : 2;
}

/** The file with the calls behind it that the oracle drove it by; of a notebook, with a cell more. */
function driven(text: string, path: string, drivers: readonly string[]): string {
  const calls = drivers.map((call, i) =>
    call.startsWith("[")
      ? `${[...call.matchAll(/\w+\(/g)].map((_, j) => `driver_${i}_${j}`).join(", ")} = ${call}`
      : `driver_${i} = ${call.trim()}`,
  );
  const helper = "def B(model, shape):\n    model(tf_driver.zeros(shape))\n    return model";
  const prelude = ["import tensorflow as tf_driver", "from types import SimpleNamespace as NS", helper];
  const code = `${[...prelude, ...calls].join("\n")}\n`;
  if (!path.endsWith(".ipynb")) return `${text}\n${code}`;
  const notebook = JSON.parse(text);
  const cells = notebook.cells ?? notebook.worksheets[0].cells;
  cells.push({ cell_type: "code", metadata: {}, outputs: [], execution_count: null, source: code });
  return JSON.stringify(notebook);
}

interface Candidate {
  readonly index: number;
  readonly score: number;
  readonly compared: Compared;
}
/** Each model of Keras's is held to the one of ours that it is most likely. */
function compareAll({ analysis }: Reading, real: readonly Recorded[], version: 2 | 3, key: string, tally: Tally): void {
  const taken = new Set<number>();
  for (const it of real) {
    const names: Names = version === 2 ? "none" : "stems";
    const candidates = analysis.models.flatMap((ours, index): Candidate[] => {
      if (taken.has(index)) return [];
      const compared = compareModel(ours, realModel(it), names);
      const exact = Object.values(compared.parts).filter((part) => part === "exact").length;
      if (compared.verdict === "exact") return [{ index, score: 100, compared }];
      // Of another beginning it is another model of the file's that has the same name.
      const [first, other] = [
        firstType(ours.layers.map((layer) => layer.type)),
        firstType(it.layers?.map((row) => row[1])),
      ];
      if (first !== undefined && other !== undefined && first !== other) return [];
      if (isNamed(ours.name, it.var)) return [{ index, score: 10 + exact, compared }];
      return exact >= 4 ? [{ index, score: 5, compared }] : [];
    });
    const best = candidates.sort((a, b) => b.score - a.score || a.index - b.index)[0];
    if (best !== undefined) taken.add(best.index);
    let { verdict, where } = best?.compared ?? { verdict: "unknown" as const, where: "no such model is found" };
    // Behind a statement that raises a record goes on without it, and we with what was meant.
    const raised = analysis.diagnostics.find((found) => found.severity === "error");
    if (verdict === "wrong" && raised !== undefined)
      [verdict, where] = ["unknown", `the program raises before: ${raised.message}`];
    tally.add(`Keras ${version}`, `${key} ${it.var}`, verdict, where);
  }
}
const firstType = (types: readonly string[] | null | undefined): string | undefined =>
  types?.find((type) => type !== "InputLayer");
const isNamed = (ours: string, real: string): boolean =>
  ours === real ||
  real.startsWith(`${ours}(`) ||
  ours === real.split(".").at(-1) ||
  (ours.startsWith("driver") && (real.includes("(") || real.startsWith("driver")));

const realModel = (it: Recorded): RealModel => ({
  inputs: it.input_shape ? shapesOf(it.input_shape) : undefined,
  outputs: it.output_shape ? shapesOf(it.output_shape) : undefined,
  params: it.built === false ? undefined : it.params,
  trainable: it.built === false ? undefined : it.trainable,
  layers: it.layers?.map(
    // Of a nested model the record has its own outputs, and Keras's summary, as we, its call's.
    ([name, type, output, params]): Row => [
      name,
      type,
      output && type !== "Functional" ? shapesOf(output) : null,
      params,
    ],
  ),
  isSequential: it.kind === "Sequential",
});
/** Keras's shapes as JSON has them, in print. */
function shapesOf(shape: Nested): Shapes {
  const items = Array.isArray(shape)
    ? (shape as Exclude<Nested, Readonly<Record<string, unknown>>>)
    : Object.values(shape);
  if (items.some((it) => typeof it === "object" && it !== null)) return items.map((it) => shapesOf(it as Nested));
  const sizes = items.map((it) => (it === null ? "None" : String(it))).join(", ");
  return items.length === 1 ? `(${sizes},)` : `(${sizes})`;
}
