import keras
from keras import layers

x = keras.Input((4, 6))
y = layers.TimeDistributed(layers.Dense(6))(x)
y = layers.TimeDistributed(keras.Sequential([layers.Dense(4), layers.BatchNormalization(), layers.Dense(8)]))(y)
z = layers.TimeDistributed(layers.LSTM(3))(layers.Reshape((4, 4, 2))(y))
z = layers.SpectralNormalization(layers.Conv1D(3, 2))(z)
model = keras.Model(x, layers.Dense(2)(z))
