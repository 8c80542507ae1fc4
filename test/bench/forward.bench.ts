/**
 * How long a forward run takes from the command to the filled table, for a small CNN: the first one, which starts the
 * engine, and those after it; and how long it takes to cancel one. Then ResNet50, recurrent layers and a transformer
 * beside a Python process that imports Keras, builds the same program's model and runs it.
 */
import { nodeEngine } from "../../server/engine/nodeEngine.ts";
import { openCore, projectOf } from "../core/open.ts";
import { kerasRun } from "./keras.ts";
import { median } from "./modelFile.ts";

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

/** Each with what Keras is fed. */
const BESIDE: readonly (readonly [name: string, input: string, program: string])[] = [
  [
    "ResNet50 at 224²",
    "np.random.rand(1, 224, 224, 3)",
    `
import keras

model = keras.applications.ResNet50(weights=None)
`,
  ],
  [
    "2-layer LSTM",
    "np.random.rand(1, 100, 16)",
    `
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((100, 16)),
    layers.LSTM(64, return_sequences=True),
    layers.LSTM(64),
    layers.Dense(1),
])
`,
  ],
  [
    "small transformer",
    "np.random.randint(0, 20000, (1, 128))",
    `
import keras
from keras import layers, ops

tokens = keras.Input((128,), dtype="int32")
x = layers.Embedding(20000, 128)(tokens) + layers.Embedding(128, 128)(ops.arange(128))
for _ in range(4):
    x = layers.LayerNormalization()(x + layers.MultiHeadAttention(4, 32)(x, x))
    h = layers.Dense(128)(layers.Dense(512, activation="gelu")(x))
    x = layers.LayerNormalization()(x + h)
model = keras.Model(tokens, layers.Dense(2, activation="softmax")(layers.GlobalAveragePooling1D()(x)))
`,
  ],
];

const core = await openCore();
function lowered(text: string, batch: number) {
  const project = projectOf(text);
  core.analyse(project);
  return () => core.lower(project.file.path, 0, { batch }) ?? process.exit(1);
}
const shown = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;

const engine = nodeEngine();
async function forward(lower: ReturnType<typeof lowered>): Promise<number> {
  const start = performance.now();
  const { problem, rows } = await engine.run(lower(), { seed: 0 }, () => undefined, new AbortController().signal);
  const refused = problem ?? rows.find((it) => it.problem !== undefined)?.problem;
  if (refused !== undefined || rows.length === 0) throw new Error(refused ?? "there are no rows");
  return performance.now() - start;
}

const cnn = lowered(CNN, 2);
const first = await forward(cnn);
const warm: number[] = [];
for (let i = 0; i < 20; i++) warm.push(await forward(cnn));
console.log(`small CNN, ▶ to the filled table: first ${shown(first)}`);
console.log(`  warm: median ${shown(median(warm))}, p95 ${shown(median(warm, 0.95))} (at most 1000 ms)`);

const large = lowered(LARGE, 2);
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

for (const [name, input, program] of BESIDE) {
  const own = lowered(program, 1);
  const cold = await forward(own);
  const again: number[] = [];
  for (let i = 0; i < 5; i++) again.push(await forward(own));
  const keras = kerasRun(program, input);
  const times = keras === undefined ? "" : `, ${(keras / median(again)).toFixed(1)} times faster (bar 5)`;
  console.log(
    `${name}: first ${shown(cold)}, warm ${shown(median(again))}; Keras in a process of its own ` +
      `${keras === undefined ? "not at hand" : shown(keras)}${times}`,
  );
}
engine.dispose();
