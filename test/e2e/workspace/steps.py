import keras
from keras import layers

steps = keras.Input((10, 5))
each = layers.Dense(16, activation="relu")(steps)
model = keras.Model(steps, each)
