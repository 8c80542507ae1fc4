/** A file of classes, helpers and models, as people write them. */
export function modelFile(lines: number): string {
  const parts = ["import keras", "from keras import layers", ""];
  for (let i = 0; parts.join("\n").split("\n").length < lines; i++) {
    parts.push(`
class Block${i}(layers.Layer):
    """Two projections and a residual."""

    def __init__(self, units, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.first = layers.Dense(units, activation="relu")
        self.second = layers.Dense(units)
        self.drop = layers.Dropout(rate)
        self.norm = layers.LayerNormalization()

    def call(self, x):
        h = self.first(x)
        h = self.drop(self.second(h))
        return self.norm(h + x)


def stem_${i}(x, filters):
    # the first layers see the image
    for depth in range(2):
        x = layers.Conv2D(filters * (depth + 1), 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    return layers.MaxPooling2D()(x)


def build_${i}(shape=(32, 32, 3), classes=10):
    inputs = keras.Input(shape)
    x = stem_${i}(inputs, ${8 + i})
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(64)(x)
    x = Block${i}(64)(x)
    outputs = layers.Dense(classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)


model_${i} = build_${i}()
`);
  }
  return parts.join("\n");
}

export const median = (values: readonly number[], share = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
export const shown = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
