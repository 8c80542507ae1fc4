# 12 confirmed
# recorded: fit
import keras
import numpy as np
from keras import layers, ops


class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.inner = layers.Dense(units)
        self.norm = layers.LayerNormalization()

    def call(self, x):
        return self.norm(x + self.inner(x))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(6) for _ in range(3)]
        self.head = layers.Dense(2)

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(ops.mean(x, axis=1))


net = Net()
net.compile(loss="mse")
net.fit(np.zeros((8, 5, 6)), np.zeros((8, 2)))
