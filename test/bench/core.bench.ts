/**
 * How long core takes for a model file of 1,000 lines: cold, and for keystrokes in the middle of it. Beside it the bare
 * parse of the same file, and CPython's, which are the reference: the machine's own speed shows in all of them.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { createKeras } from "../../core/frameworks/keras/index.ts";
import { createNumpy } from "../../core/frameworks/numpy/index.ts";
import { createPython } from "../../core/frameworks/python/index.ts";
import { createTensorflow } from "../../core/frameworks/tensorflow/index.ts";
import { createParser } from "../../core/python/parser.ts";
import { Session } from "../../core/session.ts";
import { openCore, projectOf } from "../core/open.ts";
import { astParse } from "./cpython.ts";
import { median, modelFile, shown } from "./modelFile.ts";

// As the launcher of the programs has it (server/launch).
setFlagsFromString("--no-allocation-site-pretenuring");

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

// The first ones are of a parser that V8 has not compiled yet.
const parses = Array.from({ length: 30 }, () => timed(() => parser.open(text).close())).slice(10);
const cold: number[] = [];
for (let i = 0; i < 10; i++) {
  const core = await openCore();
  cold.push(timed(() => core.analyse(projectOf(text))));
}

const core = await openCore();
core.analyse(projectOf(text));
const at = text.indexOf("layers.Dense(64)", text.length / 2) + "layers.Dense(".length;
/** So many keystrokes come first: V8 has not compiled yet what an edit takes. They are told apart. */
const FIRST = 40;
const all: number[] = [];
const allocated: number[] = [];
const reparses: number[] = [];
const document = parser.open(text);
for (let i = 0; i < FIRST + 400; i++) {
  const typed = text.slice(0, at) + ["6", "64", "641", "64"][i % 4] + text.slice(at + 2);
  reparses.push(timed(() => document.update(typed)));
  const before = process.memoryUsage().heapUsed;
  all.push(timed(() => core.analyse(projectOf(typed))));
  const grown = process.memoryUsage().heapUsed - before;
  // Where garbage was collected in between nothing can be said.
  if (grown > 0) allocated.push(grown / 1e6);
}

const [first, keystrokes] = [all.slice(0, FIRST), all.slice(FIRST)];

/** Evaluation alone, in microseconds a step: of short programs, so that parsing hardly counts. */
function evaluated(program: string, countOf: (steps: number) => number): number {
  let steps = 0;
  const session = new Session(parser, frameworks);
  const time = timed(() => {
    const { value } = session.run(projectOf(program), () => false).next();
    steps = value === undefined ? 0 : value.steps;
  });
  session.close();
  return (time / countOf(steps)) * 1000;
}
/** Medians of what is measured again and again, but for the first times: V8 has not compiled it yet. */
function medians(measure: () => readonly number[]): readonly number[] {
  const rounds = Array.from({ length: 80 }, measure).slice(20);
  return (rounds[0] ?? []).map((_, i) => median(rounds.map((it) => it[i] ?? Number.NaN)));
}
const microseconds = (time: number): string => `${time.toFixed(1)} µs`;
const frameworks = [createKeras(), createTensorflow(), createNumpy(), createPython()];
const CALLS = 800;
/** Makes 800 layers, and calls them where it is said. */
const layersOf = (call: string): string => `import keras
x = keras.Input((32, 32, 3))
for i in range(${CALLS / 4}):
    x = keras.layers.Conv2D(16 + i % 7, 3, padding="same")${call}
    x = keras.layers.BatchNormalization()${call}
    x = keras.layers.ReLU()${call}
    x = keras.layers.Dense(32, activation="relu")${call}
`;
/** Plain Python: names, numbers, lists, branches, a function. */
const STEPS = `
names = {"a": 1, "b": 2}

def grown(total, by):
    return total + by if by > 0 else total

total = 0
for i in range(1000):
    total = total + i * 2
    if total > 10:
        total -= names["a"]
    values = [i, total, i + 1]
    total = grown(values[1], len(values))
`;

const cpython = astParse(text);
console.log(`core, a model file of ${text.split("\n").length} lines, ${calls} layer hints`);
console.log(
  `  bare parse           ${shown(median(parses))}; CPython's ast.parse ` +
    `${cpython === undefined ? "not at hand" : `${shown(cpython)} (bar: three times that)`}`,
);
console.log(
  `  cold                 ${shown(median(cold))}: ` +
    `${((median(cold) / calls) * 1000).toFixed(0)} µs a layer hint (bar 200 ms)`,
);
console.log(`  bare reparse         ${shown(median(reparses))}, p95 ${shown(median(reparses, 0.95))}`);
console.log(
  `  keystroke to results ${shown(median(keystrokes))}, p95 ${shown(median(keystrokes, 0.95))} (bar 10 ms); ` +
    `${median(allocated).toFixed(2)} MB allocated`,
);
console.log(`    the first ${FIRST}       ${shown(median(first))}, p95 ${shown(median(first, 0.95))}`);
// In turn, so that what else the machine does falls on both.
const [called = 0, made = 0] = medians(() => {
  const alone = evaluated(layersOf(""), () => CALLS);
  return [evaluated(layersOf("(x)"), () => CALLS) - alone, alone];
});
const [step = 0] = medians(() => [evaluated(STEPS, (steps) => steps)]);
console.log(
  `  evaluation           ${microseconds(called)} a layer call (bar 20 µs), ${microseconds(made)} to make it`,
);
console.log(`                       ${microseconds(step)} a step of plain Python (bar 2 µs)`);
