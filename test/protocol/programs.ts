/** Programs that the tests open, and what is said of them. */
export const MODEL = `import keras
from keras import layers

model = keras.Sequential([
    keras.Input((10, 5)),
    layers.Dense(64),
    layers.Flatten(),
    layers.Dense(10),
])
`;
export const MODEL_LABELS = [
  "5: → (None, 10, 5)",
  "6: → (None, 10, 64) · 384 params",
  "7: → (None, 640)",
  "8: → (None, 10) · 6,410 params",
  "9: Σ 6,794 params · (None, 10, 5) → (None, 10)",
];

/** A wrapper that could go, and a name that is misspelt. */
export const FAULTY = `import keras
from keras import layers

x = keras.Input((50, 10))
a = layers.TimeDistributed(layers.Dense(5))(x)
b = layers.TimeDistributed(layers.Dense(7))(a)
c = layers.Dense(5, activaton="relu")(x)
`;
