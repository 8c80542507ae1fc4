import numpy as np
from keras import layers, Model, Input

x_data = np.random.rand(64, 30, 2)
inp = Input(shape=x_data.shape)
h = layers.LSTM(8)(inp)
model = Model(inp, layers.Dense(1)(h))
