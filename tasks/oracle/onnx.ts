/**
 * npm run oracle -- --onnx: writes the models of test/engine/weights and of test/parity as ONNX, and lets the `onnx`
 * checker and Python's onnxruntime have their say: the numbers are Keras's own, or those of a run layer by layer.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { LoweredWeight, Lowering } from "../../core/index.ts";
import { exported } from "../../server/engine/exported.ts";
import { initialised } from "../../server/engine/initialisers.ts";
import { madeInput } from "../../server/engine/inputs.ts";
import { matchedWeights } from "../../server/engine/matchedWeights.ts";
import { type Numbers, numbersOf } from "../../server/engine/tensors.ts";
import { readWeights } from "../../server/engine/weightsFile.ts";
import { type Exported, exportedGraph } from "../../server/features/export.ts";
import { openCore, projectOf } from "../../test/core/open.ts";
import { allCases } from "../../test/parity/cases.ts";
import { run } from "../../test/parity/engine.ts";

/** Another number of samples than those that the graph was found by. */
const SAMPLES = 5;
const folder = mkdtempSync(join(tmpdir(), "inlayer-onnx-"));
const core = await openCore();
const saved = new URL("../../test/engine/weights/", import.meta.url);

interface Array {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
interface Asked {
  readonly name: string;
  readonly inputs: readonly Array[];
  readonly outputs: readonly Array[];
}
const told: { readonly name: string; readonly problem: string }[] = [];
const asked: Asked[] = [];

function opened(
  name: string,
  program: string,
): { made: Exported; lower: (batch: number) => Lowering | undefined } | undefined {
  const { path } = projectOf("").file;
  const { models } = core.analyse(projectOf(`${program}\n`)).analysis;
  const last = models.findLastIndex((it) => it.name === "model");
  const at = last < 0 ? models.length - 1 : last;
  const made = exportedGraph((how) => core.lower(path, at, how), {});
  if (made === undefined || "problem" in made) told.push({ name, problem: made?.problem ?? "no model" });
  else if (made.graph.fixed !== undefined)
    told.push({ name, problem: `for one number of samples: ${made.graph.fixed}` });
  if (made === undefined || "problem" in made) return undefined;
  return { made, lower: (batch) => core.lower(path, at, { batch }) };
}
function write(at: number, { graph }: Exported, numbers: (weight: LoweredWeight) => Numbers): void {
  // Every other model has its weights beside it.
  const { model, data } = exported(graph, { numbers, beside: `${at}.onnx.data`, inside: at % 2 === 0 ? 0 : 1e9 });
  writeFileSync(join(folder, `${at}.onnx`), model);
  if (data !== undefined) writeFileSync(join(folder, data.name), Buffer.concat([...data.chunks]));
}
const listed = (shape: readonly number[], numbers: Numbers): Array => ({
  shape,
  values: globalThis.Array.from(numbers, Number),
});

/** Keras's weights, and what Keras gave. */
async function fromKeras(): Promise<void> {
  const recorded = JSON.parse(readFileSync(new URL("recorded.json", saved), "utf8")) as Record<string, Asked>;
  for (const file of readdirSync(saved).filter((it) => it.endsWith(".py"))) {
    const name = file.replace(/\.py$/, "");
    const model = opened(name, readFileSync(new URL(file, saved), "utf8"));
    const weights = await readWeights(gunzipSync(readFileSync(new URL(`${name}.weights.h5.gz`, saved))));
    const answer = recorded[name];
    if (model === undefined || "problem" in weights || answer === undefined) continue;
    const { numbers } = matchedWeights(model.made.lowering, weights);
    write(asked.length, model.made, (it) => numbers.get(it.name) ?? initialised(it, 0));
    asked.push({ ...answer, name });
  }
}

/** Drawn weights, and what a run layer by layer gives. */
async function fromRuns(): Promise<void> {
  for (const { text, program } of allCases()) {
    await fromRun(text, program).catch((error: unknown) => told.push({ name: text, problem: String(error) }));
  }
}
async function fromRun(text: string, program: string): Promise<void> {
  const model = opened(text, program);
  const lowering = model?.lower(model.made.graph.fixed === undefined ? SAMPLES : model.made.lowering.batch);
  if (model === undefined || lowering === undefined) return;
  const inputs = lowering.inputs.map((it) => [it, madeInput(it, 1)] as const);
  const weights = (it: LoweredWeight): Numbers =>
    it.dtype === "float32" ? initialised({ ...it, initializer: DRAWN }, 1) : numbersOf(it.dtype, [], 0);
  const given = await run(lowering, new Map(inputs.map(([it, numbers]) => [it.name, numbers])), weights);
  const held = new Map(
    lowering.rows.flatMap((row, i) => row.outputs.map((it, j) => [it.name, given[i]?.[j]] as const)),
  );
  const outputs = lowering.outputs.flatMap(({ name }) => held.get(name) ?? []);
  write(asked.length, model.made, weights);
  asked.push({
    name: text,
    inputs: inputs.map(([it, numbers]) => listed(it.shape, numbers)),
    outputs: outputs.map((it) => listed(it.shape, it.numbers)),
  });
}
const DRAWN = { name: "random_uniform", args: { minval: 0.1, maxval: 0.9 } };

mkdirSync(folder, { recursive: true });
await fromKeras();
if (!process.argv.includes("--saved")) await fromRuns();
writeFileSync(join(folder, "asked.json"), JSON.stringify(asked));
for (const { name, problem } of told) console.log(`${name}: ${problem}`);
const script = fileURLToPath(new URL("onnx_check.py", import.meta.url));
const { status } = spawnSync(process.env["ORACLE_PYTHON"] ?? "python3", ["-W", "ignore", script, folder], {
  stdio: "inherit",
});
rmSync(folder, { recursive: true });
process.exit(status ?? 1);
