import keras
from keras import layers


class Head(layers.Layer):
    def __init__(self, classes):
        super().__init__()
        self.pool = layers.GlobalAveragePooling2D()
        self.scores = layers.Dense(classes, activation="softmax")

    def call(self, x):
        return self.scores(self.pool(x))


def block(x, filters, stride=1):
    shortcut = x
    if stride > 1:
        shortcut = layers.Conv2D(filters, 1, strides=stride)(x)
    y = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    return layers.ReLU()(layers.Add()([shortcut, y]))


inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same", name="stem")(inputs)
for filters in [32, 64, 128]:
    x = block(x, filters, stride=2)
    for _ in range(3):
        x = block(x, filters)
residual = keras.Model(inputs, Head(10)(x))
