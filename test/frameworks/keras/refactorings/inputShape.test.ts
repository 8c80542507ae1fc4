import test from "node:test";
import { becomes, isNotOffered } from "./refactor.ts";

const KIND = "rewrite.input";

test("in a list, a line for each layer", () =>
  becomes(
    KIND,
    `import tensorflow as tf
model = tf.keras.Sequential([‸
    tf.keras.layers.Flatten(input_shape=(28, 28)),  # pixels
    tf.keras.layers.Dense(10),
])
`,
    `import tensorflow as tf
model = tf.keras.Sequential([
    tf.keras.Input(shape=(28, 28)),
    tf.keras.layers.Flatten(),  # pixels
    tf.keras.layers.Dense(10),
])
`,
  ));

test("in a list on one line, and the name is imported beside its neighbour", () =>
  becomes(
    KIND,
    `from keras.models import Sequential
from keras.layers import Dense
net = Sequential([‸Dense(4, input_dim=8, activation="relu"), Dense(1)])
`,
    `from keras.models import Sequential
from keras.layers import Dense, Input
net = Sequential([Input(shape=(8,)), Dense(4, activation="relu"), Dense(1)])
`,
  ));

test("as the first add, in a function, with the size as it is written", () =>
  becomes(
    KIND,
    `from tensorflow.keras import Sequential, Input, layers
def build(features):
\tmodel = Sequential()
\tmodel.add(layers.Dense(4, batch_input_shape=(None, features)))‸
\tmodel.add(layers.Dense(1))
\treturn model
build(5)
`,
    `from tensorflow.keras import Sequential, Input, layers
def build(features):
\tmodel = Sequential()
\tmodel.add(Input(batch_shape=(None, features)))
\tmodel.add(layers.Dense(4))
\tmodel.add(layers.Dense(1))
\treturn model
build(5)
`,
  ));

test("an Embedding's input_dim is the size of its vocabulary", () =>
  isNotOffered(
    KIND,
    `from keras import Sequential, layers
model = Sequential([layers.Embedding(input_dim=9, output_dim=4), layers.LSTM(3)])‸
`,
  ));

test("not where the input is said already", () =>
  isNotOffered(
    KIND,
    `import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])‸
`,
  ));
