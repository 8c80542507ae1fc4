import numpy as np
import keras
from keras import layers

model = keras.Sequential([keras.Input((10,)), layers.Dense(4), layers.Dense(1)])
model.compile("sgd", "mse")
X = np.random.rand(50, 12)
model.predict(X)
