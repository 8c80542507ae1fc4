import tensorflow as tf
from tensorflow import keras

inputs = keras.Input(shape=(10, 4))
x = keras.layers.Dense(8)(inputs)
x = tf.reduce_mean(x, axis=1)
outputs = keras.layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
