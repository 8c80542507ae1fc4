import keras
from keras import layers
import numpy as np

cell = layers.LSTMCell(32)
rnn = layers.RNN(cell, return_sequences=True, return_state=True)
inputs = keras.Input((12, 4))
seq, h, c = rnn(inputs)
stack = layers.RNN([layers.GRUCell(16), layers.GRUCell(8)])
y = stack(seq)
z = layers.Dense(2)(y)
model = keras.Model(inputs, [z, h])
out = model.predict(np.zeros((3, 12, 4)), verbose=0)


class MinimalRNNCell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="uniform", name="kernel")
        self.recurrent_kernel = self.add_weight(
            shape=(self.units, self.units), initializer="uniform", name="recurrent_kernel"
        )

    def call(self, inputs, states):
        prev_output = states[0]
        h = keras.ops.matmul(inputs, self.kernel)
        output = h + keras.ops.matmul(prev_output, self.recurrent_kernel)
        return output, [output]


x = keras.Input((None, 5))
layer = layers.RNN(MinimalRNNCell(7))
yy = layer(x)
m2 = keras.Model(x, yy)
