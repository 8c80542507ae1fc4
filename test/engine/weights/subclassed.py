import keras
import numpy as np
from keras import layers


class Block(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.parts = [layers.Dense(units), layers.Dense(units), [layers.Dense(units), layers.BatchNormalization()]]
        self._hidden = layers.Dense(units)
        self.act = layers.PReLU()
        self.by_name = {"b": layers.Dense(4), "a": (layers.Dense(5),)}

    def build(self, shape):
        self.offset = self.add_weight(shape=(5,), trainable=False, name="offset")
        self.scale = self.add_weight(shape=(5,), name="scale", initializer="ones")
        super().build(shape)

    def call(self, x):
        for part in self.parts[:2]:
            x = part(x)
        x = self.act(self._hidden(x))
        for part in self.parts[2]:
            x = part(x)
        return self.by_name["a"][0](self.by_name["b"](x)) * self.scale + self.offset


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.zed = layers.Dense(3)
        self.first = Block(3)
        self.alpha = layers.Dense(2)
        self.second = Block(3)
        self._private = layers.Dense(4)
        self.stack = keras.Sequential([layers.Dense(2), layers.Dense(1)])
        self.Up = layers.Dense(7)
        self.drop = layers.Dropout(0.3)
        self.alias = self.zed

    def call(self, x):
        x = self.second(self.alpha(self.first(self.zed(x))))
        return self.stack(self.Up(self._private(self.drop(x))))


model = Net()
model(np.zeros((2, 4), "float32"))
