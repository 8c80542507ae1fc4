import test from "node:test";
import { becomes, isNotOffered } from "./refactor.ts";

const KIND = "rewrite.comments";

test("behind the lines of a model; another comment stays alone, one of ours is renewed", () =>
  becomes(
    KIND,
    `import keras
from keras import layers
inputs = keras.Input((28, 28, 1))
x = layers.Conv2D(8, 3)(inputs)  # (None, 24, 24, 8)
x = layers.Flatten()(x)  # one axis
x = layers.Dense(
    3,
)(x)
states = layers.LSTM(4, return_state=True)(layers.Reshape((3, 1))(x))
model = keras.Model(inputs, states)‸
other = layers.Dense(3)(inputs)
`,
    `import keras
from keras import layers
inputs = keras.Input((28, 28, 1))  # (None, 28, 28, 1)
x = layers.Conv2D(8, 3)(inputs)  # (None, 26, 26, 8)
x = layers.Flatten()(x)  # one axis
x = layers.Dense(
    3,
)(x)  # (None, 3)
states = layers.LSTM(4, return_state=True)(layers.Reshape((3, 1))(x))  # [(None, 4), (None, 4), (None, 4)]
model = keras.Model(inputs, states)
other = layers.Dense(3)(inputs)
`,
  ));

test("behind the lines that are selected", () =>
  becomes(
    KIND,
    `import keras
x = keras.Input((4,))
‸y = keras.layers.Dense(3)(x)
z = keras.layers.Dense(2)(y)‸
w = keras.layers.Dense(1)(z)
`,
    `import keras
x = keras.Input((4,))
y = keras.layers.Dense(3)(x)  # (None, 3)
z = keras.layers.Dense(2)(y)  # (None, 2)
w = keras.layers.Dense(1)(z)
`,
  ));

test("not where a line has several shapes", () =>
  isNotOffered(
    KIND,
    `import keras
x = keras.Input((4,))
for n in (3, 5):
    ‸x = keras.layers.Dense(n)(x)
    pass‸
`,
  ));
