import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cardAt, told } from "./pointing.ts";

const ways = async (shape: string, call = "Dense(10)") => {
  const card = await cardAt(`y = layers.¦${call}(keras.Input(${shape}))`);
  return card.ways?.map((it) => [it.title, told(it.outputs), it.params]);
};

/** Shapes and counts are those of Keras 3 for the same layers. */
describe("ways to a Dense on steps", () => {
  it("are itself, the same at each step, the steps flattened or averaged, a recurrent layer", async () => {
    assert.deepEqual(await ways("(20, 5)"), [
      ["Dense(10)", "(None, 20, 10) float32", 60],
      ["TimeDistributed(Dense(10))", "(None, 20, 10) float32", 60],
      ["Flatten() → Dense(10)", "(None, 10) float32", 1010],
      ["GlobalAveragePooling1D() → Dense(10)", "(None, 10) float32", 60],
      ["LSTM(10)", "(None, 10) float32", 640],
    ]);
  });
  it("keep the Dense's other arguments", async () => {
    assert.deepEqual(await ways("(20, 5)", "Dense(units=7, use_bias=False)"), [
      ["Dense(7)", "(None, 20, 7) float32", 35],
      ["TimeDistributed(Dense(7))", "(None, 20, 7) float32", 35],
      ["Flatten() → Dense(7)", "(None, 7) float32", 700],
      ["GlobalAveragePooling1D() → Dense(7)", "(None, 7) float32", 35],
      ["LSTM(7)", "(None, 7) float32", 364],
    ]);
  });
  it("have no recurrent layer on places", async () => {
    assert.deepEqual(await ways("(4, 4, 3)", "Dense(2)"), [
      ["Dense(2)", "(None, 4, 4, 2) float32", 8],
      ["Flatten() → Dense(2)", "(None, 2) float32", 98],
      ["GlobalAveragePooling2D() → Dense(2)", "(None, 2) float32", 8],
    ]);
  });
  it("say what each mixes, and what cannot be", async () => {
    const card = await cardAt("y = layers.¦Dense(3)(keras.Input((None, 5)))");
    const [own, , flat, , recurrent] = card.ways ?? [];
    assert.match(own?.mixes ?? "", /^nothing: each step by itself/);
    assert.equal(flat?.outputs, undefined);
    assert.match(flat?.mixes ?? "", /^not possible here: a weight needs a size for every axis/);
    assert.equal(told(recurrent?.outputs), "(None, 3) float32");
    assert.equal(recurrent?.params, 4 * ((5 + 3) * 3 + 3));
  });
  it("are none where there are no steps, and none for another layer", async () => {
    assert.equal(await ways("(20,)"), undefined);
    assert.equal(await ways("(20, 5)", "Conv1D(10, 1)"), undefined);
  });
});
