import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type HintContext, hasRank, type ModelReport } from "../../core/index.ts";
import { isUnknown } from "../../core/tensor/dim.ts";
import { packages } from "./folders.ts";
import type { CorpusReader, Reading } from "./reading.ts";
import { printTable, share } from "./table.ts";

/** Every file of each package, read by itself as in an editor: what is known of it, and why the rest is not. */

/** Packages by the folders that their sources are in. */
const SOURCES: readonly (readonly [name: string, folder: string])[] = [
  ["keras.applications", "keras/src/applications"],
  ["keras-hub", "keras_hub"],
  ["keras-cv", "keras_cv"],
  ["keras-tcn", "tcn"],
  ["keras-self-attention", "keras_self_attention"],
  ["keras-unet-collection", "keras_unet_collection"],
  ["keras-cv-attention-models", "keras_cv_attention_models"],
  ["segmentation-models", "segmentation_models"],
  ["deepctr", "deepctr"],
  ["tf-models-official", "official"],
];

interface Survey {
  files: number;
  crashes: number;
  calls: number;
  knownCalls: number;
  models: number;
  knownModels: number;
  steps: number;
  milliseconds: number;
  lines: number;
}

export async function surveyFiles(reader: CorpusReader, parts: readonly string[]): Promise<boolean> {
  const reasons = new Map<string, number>();
  const rows: (string | number)[][] = [];
  let crashes = 0;
  for (const [name, folder] of SOURCES) {
    if (parts.length > 0 && !parts.some((part) => name.includes(part))) continue;
    const survey = {
      files: 0,
      crashes: 0,
      calls: 0,
      knownCalls: 0,
      models: 0,
      knownModels: 0,
      steps: 0,
      milliseconds: 0,
      lines: 0,
    };
    for (const file of pythonFiles(join(packages, folder))) {
      const reading = await reader.read(file, packages);
      survey.files++;
      if ("crash" in reading) {
        survey.crashes++;
        console.log(`crash: ${file.slice(packages.length + 1)}: ${reading.crash}`);
      } else {
        count(survey, reading);
        for (const reason of new Set(reading.analysis.unknowns.map((it) => it.reason)))
          reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    const row = rowOf(name, survey);
    rows.push(row);
    crashes += survey.crashes;
    console.error(row.join("  "));
  }
  const head = [
    "files by themselves",
    "files",
    "crashes",
    "layer calls",
    "known",
    "models",
    "known",
    "steps/kline",
    "ms/kline",
  ];
  console.log(`${printTable(head, rows)}\n`);
  const todo = [...reasons].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 40);
  console.log(
    `${printTable(
      ["why not known", "files"],
      todo.map(([reason, n]) => [reason.slice(0, 100), n]),
    )}\n`,
  );
  return crashes === 0;
}

function count(survey: Survey, { analysis, steps, milliseconds, lines }: Reading): void {
  const calls = analysis.hints.filter((it) => it.kind === "layer");
  survey.calls += calls.length;
  survey.knownCalls += calls.filter((it) => it.contexts.every(isKnown)).length;
  survey.models += analysis.models.length;
  survey.knownModels += analysis.models.filter(isWhole).length;
  survey.steps += steps;
  survey.milliseconds += milliseconds;
  survey.lines += lines;
}
function rowOf(name: string, it: Survey): (string | number)[] {
  const perLine = (value: number) => Math.round((1000 * value) / Math.max(1, it.lines));
  const [calls, models] = [share(it.knownCalls, it.calls), share(it.knownModels, it.models)];
  return [name, it.files, it.crashes, it.calls, calls, it.models, models, perLine(it.steps), perLine(it.milliseconds)];
}

const isKnown = ({ outputs, params }: HintContext): boolean =>
  params !== undefined &&
  ("shape" in outputs ? [outputs] : outputs).every(({ shape }) => hasRank(shape) && !shape.dims.some(isUnknown));
const isWhole = ({ params, outputs, layers }: ModelReport): boolean =>
  params !== undefined && outputs !== undefined && layers.every((it) => it.params !== undefined);

/** Tests of the packages are not what people write. */
function pythonFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py") && !/_test\.py$|(^|\/)(test|tests|testing|integration_tests)\//.test(name))
    .sort()
    .map((name) => join(folder, name));
}
