/**
 * How long a forward run takes from the command to the filled table, for a small CNN: the first one, which starts the
 * engine, and those after it; and how long it takes to cancel one.
 */
import { nodeEngine } from "../../server/engine/nodeEngine.ts";
import { openCore, projectOf } from "../core/open.ts";

const CNN = `
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(64, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
`;
/** Seconds of work in each layer. */
const LARGE = `
import keras
from keras import layers

model = keras.Sequential([keras.Input((256, 256, 64)), *[layers.Conv2D(64, 5) for _ in range(20)]])
`;

const core = await openCore();
function lowered(text: string) {
  const project = projectOf(text);
  core.analyse(project);
  return () => core.lower(project.file.path, 0, { batch: 2 }) ?? process.exit(1);
}
const median = (values: readonly number[], share = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
const shown = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;

const engine = nodeEngine();
const lower = lowered(CNN);
async function forward(): Promise<number> {
  const start = performance.now();
  const { problem, rows } = await engine.run(lower(), { seed: 0 }, () => undefined, new AbortController().signal);
  if (problem !== undefined || rows.length !== 7) throw new Error(problem ?? "rows are missing");
  return performance.now() - start;
}

const first = await forward();
const warm: number[] = [];
for (let i = 0; i < 20; i++) warm.push(await forward());
console.log(`small CNN, ▶ to the filled table: first ${shown(first)}`);
console.log(`  warm: median ${shown(median(warm))}, p95 ${shown(median(warm, 0.95))} (at most 1000 ms)`);

const large = lowered(LARGE);
const cancelled: number[] = [];
for (let i = 0; i < 5; i++) {
  const cancel = new AbortController();
  const running = engine.run(large(), { seed: 0 }, () => undefined, cancel.signal);
  // In the midst of a layer, not between two.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const start = performance.now();
  cancel.abort();
  await running;
  cancelled.push(performance.now() - start);
}
console.log(`cancel in the midst of a layer: median ${shown(median(cancelled))} (at most 100 ms)`);
engine.dispose();
