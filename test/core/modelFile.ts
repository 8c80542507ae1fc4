/** A model file with a bit of everything: helpers, loops, classes, lists, branches, training. */
export const MODEL_FILE = `import numpy as np
import keras
from keras import layers
from keras.layers import Dense, Dropout

CLASSES = 10
FILTERS = [16, 32, 64]


def conv_block(x, filters, kernel=3, pool=True):
    for i in range(2):
        x = layers.Conv2D(filters, kernel, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    if pool:
        x = layers.MaxPooling2D()(x)
    return x


def build(shape=(32, 32, 3), classes=CLASSES):
    inputs = keras.Input(shape)
    x = inputs
    skips = []
    for filters in FILTERS:
        x = conv_block(x, filters)
        skips.append(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = Dense(64, activation="relu")(x)
    outputs = Dense(classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="classifier")


class Encoder(layers.Layer):
    def __init__(self, units, depth=2, **kwargs):
        super().__init__(**kwargs)
        self.steps = [Dense(units, activation="relu") for _ in range(depth)]
        self.drop = Dropout(0.1)

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return self.drop(x)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder(16)
        self.head = Dense(CLASSES)

    def call(self, x):
        return self.head(self.encoder(x))


model = build()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
small = build((28, 28, 1), 5)

sequence = keras.Sequential()
sequence.add(layers.Embedding(1000, 64))
sequence.add(layers.LSTM(32, return_sequences=True))
sequence.add(layers.TimeDistributed(Dense(8)))
sequence.add(Dense(1))
sequence.build((None, 20))

net = Net()
x = np.zeros((8, 12))
y = net(x)

options = {"units": 24, "activation": "relu"}
extra = keras.Sequential([keras.Input((7,)), Dense(**options), Dense(3)])
total = sum(f * 2 for f in FILTERS)
`;
