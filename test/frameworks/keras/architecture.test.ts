import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { missingKey, printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

/** Texts that `to_json` of Keras 3.15.1 (`f`, `m`) and of tf-keras 2.21 (`f2`, `m2`) wrote. */
const textOf = (name: string): string => readFileSync(new URL(`models/${name}.json`, import.meta.url), "utf8");
const core = await testCore();

function load(name: string, text: string | null) {
  const from = `${name}.py`;
  const file = { path: from, text: `import keras\nmodel = keras.models.load_model("${name}.keras")\n` };
  const key = missingKey({ kind: "model", from, name: `${name}.keras` });
  const settings = { keras: 3, fixes: false } as const;
  assert.deepEqual(core.analyse({ file, answers: new Map(), settings }).missing, [
    { kind: "model", from, name: `${name}.keras` },
  ]);
  const answers = new Map([[key, text === null ? null : { path: `${name}.keras`, text }]]);
  return core.analyse({ file, answers, settings }).analysis;
}
const told = (name: string) => {
  const [model] = load(name, textOf(name)).models;
  return [
    model?.kerasName,
    model?.params,
    model?.outputs?.map(printShape).join(" "),
    model?.layers.map((it) => it.name).join(" "),
  ];
};

test("a saved Sequential is what Keras 3 or 2 wrote of it", () => {
  assert.deepEqual(told("m"), ["net", 58, "(None, 2)", "h dense"]);
  assert.deepEqual(told("m2"), ["net", 58, "(None, 2)", "h dense"]);
});

test("a saved graph has its layers, operations, several outputs and wrappers", () => {
  const layers = "img conv2d re_lu add multiply reshape flatten bidirectional";
  assert.deepEqual(told("f"), ["func", 784, "(None, 144) (None, 6)", layers]);
  assert.deepEqual(told("f2").slice(0, 3), ["func", 122, "(None, 144) (None, 6, 6, 2)"]);
});

test("what is no model's text, or not there, is unknown and no fault", () => {
  for (const [i, text] of [null, "no JSON", "{}", '{"class_name": "Own", "config": {}}'].entries()) {
    const { models, diagnostics } = load(`other${i}`, text);
    assert.deepEqual([models.length, diagnostics], [0, []]);
  }
});
