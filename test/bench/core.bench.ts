/**
 * How long core takes for a model file of 1,000 lines: cold, and for keystrokes in the middle of it. Beside it the bare
 * parse of the same file, which is the reference: the machine's own speed shows in both.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createKeras } from "../../core/frameworks/keras/index.ts";
import { createNumpy } from "../../core/frameworks/numpy/index.ts";
import { createPython } from "../../core/frameworks/python/index.ts";
import { createTensorflow } from "../../core/frameworks/tensorflow/index.ts";
import { createParser } from "../../core/python/parser.ts";
import { Session } from "../../core/session.ts";
import { openCore, projectOf } from "../core/open.ts";
import { median, modelFile, shown } from "./modelFile.ts";

function timed(body: () => void): number {
  const start = performance.now();
  body();
  return performance.now() - start;
}

const require = createRequire(import.meta.url);
const parser = await createParser({
  runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
  python: readFileSync(require.resolve("tree-sitter-python/tree-sitter-python.wasm")),
});
const text = modelFile(1000);
const calls = (await openCore())
  .analyse(projectOf(text))
  .analysis.hints.reduce((sum, it) => sum + (it.kind === "layer" ? it.contexts.length : 0), 0);

const parses = Array.from({ length: 10 }, () => timed(() => parser.open(text).close()));
const cold: number[] = [];
for (let i = 0; i < 10; i++) {
  const core = await openCore();
  cold.push(timed(() => core.analyse(projectOf(text))));
}

const core = await openCore();
core.analyse(projectOf(text));
const at = text.indexOf("layers.Dense(64)", text.length / 2) + "layers.Dense(".length;
const keystrokes: number[] = [];
const reparses: number[] = [];
const document = parser.open(text);
for (let i = 0; i < 200; i++) {
  const typed = text.slice(0, at) + ["6", "64", "641", "64"][i % 4] + text.slice(at + 2);
  reparses.push(timed(() => document.update(typed)));
  keystrokes.push(timed(() => core.analyse(projectOf(typed))));
}

// Evaluation alone: a program of five lines that makes and calls 800 layers.
const deep = `import keras
x = keras.Input((32, 32, 3))
for i in range(200):
    x = keras.layers.Conv2D(16 + i % 7, 3, padding="same")(x)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.ReLU()(x)
    x = keras.layers.Dense(32, activation="relu")(x)
`;
const frameworks = [createKeras(), createTensorflow(), createNumpy(), createPython()];
const evaluations = Array.from({ length: 20 }, () => {
  const session = new Session(parser, frameworks);
  return timed(() => session.run(projectOf(deep), () => false).next());
});

console.log(`core, a model file of ${text.split("\n").length} lines, ${calls} layer hints`);
console.log(`  bare parse           ${shown(median(parses))}`);
console.log(
  `  cold                 ${shown(median(cold))}: ${((median(cold) / calls) * 1000).toFixed(0)} µs a layer hint`,
);
console.log(`  bare reparse         ${shown(median(reparses))}, p95 ${shown(median(reparses, 0.95))}`);
console.log(`  keystroke to results ${shown(median(keystrokes))}, p95 ${shown(median(keystrokes, 0.95))}`);
console.log(`  evaluation           ${((median(evaluations) / 800) * 1000).toFixed(0)} µs a layer, made and called`);
