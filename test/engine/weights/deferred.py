import keras
import numpy as np
from keras import layers

model = keras.Sequential()
for units in (7, 5, 3):
    model.add(layers.Dense(units))
    model.add(layers.BatchNormalization(scale=units != 5))
model(np.zeros((2, 4), "float32"))
