import keras
from keras import layers, ops

encoder = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(3, 3), layers.Flatten(), layers.Dense(4)])
left = keras.Input((6, 6, 1))
right = keras.Input((6, 6, 1))
distance = ops.abs(encoder(left) - encoder(right))
model = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(distance))
