import tf_keras as keras
from tf_keras import layers

inputs = keras.Input((5, 4))
x = layers.Conv1D(6, 2)(inputs)
x = layers.BatchNormalization()(x)
x = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
inner = keras.Sequential([layers.Dense(4), layers.BatchNormalization(), layers.Dense(3)], name="inner")
x = layers.TimeDistributed(inner)(x)
x = layers.GRU(4)(x)
model = keras.Model(inputs, layers.Dense(2, activation="softmax")(x))
