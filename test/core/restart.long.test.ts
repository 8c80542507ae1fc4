import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../core/index.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { edited } from "./edited.ts";
import { MODEL_FILE } from "./modelFile.ts";
import { analyse, openCore, projectOf } from "./open.ts";

const SEED = chosenSeed();

test(`an analysis after edits is the one of the text alone (SEED=${SEED})`, async () => {
  const next = randomSource(SEED);
  const core = await openCore();
  let text = MODEL_FILE;
  for (let i = 0; i < 50; i++) {
    text = next() < 0.2 ? MODEL_FILE : edited(text, next);
    const cold = await openCore();
    assert.deepEqual(analyse(core, text), analyse(cold, text), `after edit ${i}:\n${text}`);
  }
});

test("an analysis that is paused after every statement ends with the same", async () => {
  const [sliced, whole] = [await openCore(), await openCore()];
  const run = sliced.analyseInSlices(projectOf(MODEL_FILE), () => true);
  let slices = 0;
  for (;;) {
    const { done, value } = run.next();
    if (done === true) {
      assert.deepEqual(value.analysis, analyse(whole, MODEL_FILE));
      break;
    }
    slices++;
  }
  assert.ok(slices > 50, `${slices} slices`);
});

test("what nobody calls is read on after a pause, and not all of it once more", async () => {
  const slicesOf = async (count: number): Promise<number> => {
    const functions = Array.from({ length: count }, (_, i) => `def f${i}(x):\n    return layers.Dense(${i + 1})(x)\n`);
    const run = (await openCore()).analyseInSlices(
      projectOf(`from keras import layers\n${functions.join("")}`),
      () => true,
    );
    for (let slices = 0; ; slices++) if (run.next().done === true) return slices;
  };
  const [few, more] = [await slicesOf(10), await slicesOf(40)];
  assert.ok(more <= 4 * few, `${few} slices for 10 functions, ${more} for 40`);
});

test("a run that is dropped half way leaves nothing behind", async () => {
  const core = await openCore();
  const run = core.analyseInSlices(projectOf(MODEL_FILE), () => true);
  for (let i = 0; i < 40; i++) run.next();
  const other = MODEL_FILE.replace("16", "17");
  assert.deepEqual(analyse(core, other), analyse(await openCore(), other));
});

test("a round of a comprehension is another one where its item is", async () => {
  const core = await openCore();
  const program = (sizes: string) =>
    `import keras\nsizes = ${sizes}\ninputs = [keras.Input((n,)) for n in sizes]\n` +
    "rest = {n: keras.Input((n, n)) for n in sizes[1:]}\n";
  analyse(core, program("[1, 2]"));
  assert.deepEqual(analyse(core, program("[3, 4]")), analyse(await openCore(), program("[3, 4]")));
});

test("who asked for all variables sees the one that a later text adds", async () => {
  const text = (more: string): string => `
import keras
def shape(size):
    ${more}
    return len(dict(**locals()))
x = keras.Input((shape(3),))
`;
  const core = await openCore();
  const shown = (more: string): string => {
    const [hint] = core.analyse(projectOf(text(more))).analysis.hints;
    const outputs = hint?.contexts[0]?.outputs;
    return outputs !== undefined && "shape" in outputs ? printShape(outputs.shape) : "?";
  };
  assert.equal(shown("pass"), "(None, 1)");
  assert.equal(shown("other = 1"), "(None, 2)");
  assert.equal(shown("pass"), "(None, 1)");
  assert.equal(shown("other = 2; another = 3"), "(None, 3)");
});
