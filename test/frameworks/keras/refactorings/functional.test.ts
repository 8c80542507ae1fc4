import test from "node:test";
import { becomes, isNotOffered } from "./refactor.ts";

const KIND = "rewrite.functional";

test("a list: a line for each layer, with its comments and its own lines", () =>
  becomes(
    KIND,
    `import keras
from keras import layers

model = keras.Sequential(‸[
    layers.Conv2D(32, 3, activation="relu", input_shape=(28, 28, 1)),  # edges
    # half the size
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(
        10,
        activation="softmax",
    ),
], name="digits")
model.compile(loss="sparse_categorical_crossentropy")
`,
    `import keras
from keras import layers

inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu")(inputs)  # edges
# half the size
x = layers.MaxPooling2D()(x)
x = layers.Flatten()(x)
outputs = layers.Dense(
    10,
    activation="softmax",
)(x)
model = keras.Model(inputs, outputs, name="digits")
model.compile(loss="sparse_categorical_crossentropy")
`,
  ));

test("adds, in a function, and no name of the file is taken", () =>
  becomes(
    KIND,
    `from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout

def build(n):
    model = Sequential()
    model.add(Dense(64, input_dim=n))
    model.add(Dropout(0.5))  # often

    # the answer
    model.add(Dense(1, activation="sigmoid"))‸
    model.compile("adam", "binary_crossentropy")
    return model

x = build(8)
`,
    `from tensorflow.keras.models import Sequential, Model
from tensorflow.keras.layers import Dense, Dropout, Input

def build(n):
    inputs = Input(shape=(n,))
    hidden = Dense(64)(inputs)
    hidden = Dropout(0.5)(hidden)  # often
    # the answer
    outputs = Dense(1, activation="sigmoid")(hidden)
    model = Model(inputs, outputs)
    model.compile("adam", "binary_crossentropy")
    return model

x = build(8)
`,
  ));

test("what is returned, a model inside, and the line breaks of the file", () =>
  becomes(
    KIND,
    `import keras\r
def build(base):\r
    return keras.Sequential([keras.Input((8,)), base, keras.layers.Dense(2)])‸\r
build(keras.Sequential([keras.layers.Dense(3)]))\r
`,
    `import keras\r
def build(base):\r
    inputs = keras.Input((8,))\r
    x = base(inputs)\r
    outputs = keras.layers.Dense(2)(x)\r
    return keras.Model(inputs, outputs)\r
build(keras.Sequential([keras.layers.Dense(3)]))\r
`,
  ));

test("not where its input is not said", () =>
  isNotOffered(KIND, "import keras\nmodel = keras.Sequential([keras.layers.Dense(3)])‸\n"));

test("not where more is added later, which only a Sequential takes", () =>
  isNotOffered(
    KIND,
    `import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])‸
for units in (5, 6):
    model.add(keras.layers.Dense(units))
`,
  ));

test("not where a list is unpacked", () =>
  isNotOffered(
    KIND,
    `import keras
more = [keras.layers.Dense(3)]
model = keras.Sequential([keras.Input((4,)), *more])‸
`,
  ));
