import keras
import numpy as np
from keras import layers


def block(x, filters):
    x = layers.Conv2D(filters, 3, activation="relu")(x)
    return layers.MaxPooling2D()(x)


inputs = keras.Input((28, 28, 1))
x = block(inputs, 32)
x = block(x, 64)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)

images = np.zeros((64, 28, 28, 1))
labels = np.zeros((64,), dtype="int32")
model.compile(loss="sparse_categorical_crossentropy")
model.fit(images, labels)
