import test from "node:test";
import { becomes, isNotOffered } from "./refactor.ts";

const KIND = "rewrite.names";

test("each layer gets the name that it has, on a line of its own where the arguments have theirs", () =>
  becomes(
    KIND,
    `import keras
from keras import layers
inputs = keras.Input((28, 28, 1), name="image")
x = layers.Conv2D(8, 3)(inputs)
x = layers.Dense(
    units=3,
    activation="relu",
)(layers.Flatten()(x))
model = keras.Model(inputs, layers.Dense(2)(x))‸
`,
    `import keras
from keras import layers
inputs = keras.Input((28, 28, 1), name="image")
x = layers.Conv2D(8, 3, name="conv2d")(inputs)
x = layers.Dense(
    units=3,
    activation="relu",
    name="dense",
)(layers.Flatten(name="flatten")(x))
model = keras.Model(inputs, layers.Dense(2, name="dense_1")(x))
`,
  ));

test("a line that makes several layers names none", () =>
  becomes(
    KIND,
    `import keras
model = keras.Sequential([keras.Input((4,))])
for _ in range(3):
    model.add(keras.layers.Dense(4))
model.add(keras.layers.Dense(1))‸
`,
    `import keras
model = keras.Sequential([keras.Input((4,))])
for _ in range(3):
    model.add(keras.layers.Dense(4))
model.add(keras.layers.Dense(1, name="dense_3"))
`,
  ));

test("not where all have names", () =>
  isNotOffered(KIND, 'import keras\nmodel = keras.Sequential([keras.layers.Dense(3, name="one")])‸\n'));
