import numpy as np
import keras

model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(np.zeros((30, 6)), np.zeros((20, 1)), verbose=0)
