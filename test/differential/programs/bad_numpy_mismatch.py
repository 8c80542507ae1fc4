import numpy as np
import keras

X = np.random.rand(100, 8)
W = np.random.rand(10, 4)
H = X @ W
model = keras.Sequential([keras.layers.Dense(2)])
out = model(H)
