import keras
from keras import layers

words = keras.Input((None,), dtype="int32", name="words")
features = keras.Input((None, 4), name="features")
x = layers.Embedding(30, 8, mask_zero=True)(words)
x = layers.Concatenate()([x, layers.Dense(3, activation="tanh")(features)])
x = layers.Bidirectional(layers.LSTM(6, return_sequences=True))(x)
x = layers.Bidirectional(layers.GRU(5, return_sequences=True), merge_mode="sum")(x)
x = layers.LayerNormalization()(x)
tags = layers.TimeDistributed(layers.Dense(7, activation="softmax"))(x)
model = keras.Model([words, features], tags)
