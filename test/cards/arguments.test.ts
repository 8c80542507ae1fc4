import assert from "node:assert/strict";
import { test } from "node:test";
import { cardAt } from "./pointing.ts";

const given = async (program: string) => {
  const { contexts } = await cardAt(program);
  return contexts.map((it) => (it.given ?? []).map(({ name, value, code }) => `${name} = ${value} from ${code}`));
};

test("an argument says what it is and what code gives it, a literal does not", async () => {
  const program = `config = {"units": 64, "activation": "relu"}
y = layers.¦Dense(config["units"], activation=config["activation"], use_bias=False)(keras.Input((4,)))
`;
  assert.deepEqual(await given(program), [
    ['units = 64 from config["units"]', 'activation = "relu" from config["activation"]'],
  ]);
});
test("a computed one too, and a name with the place where it is bound", async () => {
  const card = await cardAt("SIZE = 3\ny = layers.¦Conv2D(2 * 8, (SIZE, SIZE))(keras.Input((8, 8, 1)))\n");
  const [filters, size] = card.contexts[0]?.given ?? [];
  assert.deepEqual([filters?.value, filters?.code, filters?.binding], ["16", "2 * 8", undefined]);
  assert.deepEqual([size?.value, size?.code], ["(3, 3)", "(SIZE, SIZE)"]);
  const named = await cardAt("SIZE = 3\ny = layers.¦Dense(SIZE)(keras.Input((8,)))\n");
  assert.deepEqual(named.contexts[0]?.given?.[0]?.binding?.path, "main.py");
});
test("in each context its own", async () => {
  const program = `def block(x, n):
    return layers.¦Dense(n)(x)

y = block(block(keras.Input((4,)), 2), 3)
`;
  assert.deepEqual(await given(program), [["units = 2 from n"], ["units = 3 from n"]]);
});
test("of literals, signs and tuples of them there is nothing to say", async () =>
  assert.deepEqual(await given("y = layers.¦Permute((2, 1))(keras.Input((4, 5)))\n"), [[]]));
