import keras
from keras import layers

signal = keras.Input((None, 2))
x = layers.Conv1D(6, 2, padding="causal")(signal)
skips = []
for rate in [2**i for i in range(4)]:
    filtered = layers.Conv1D(6, 2, padding="causal", dilation_rate=rate, activation="tanh")(x)
    gated = layers.Conv1D(6, 2, padding="causal", dilation_rate=rate, activation="sigmoid")(x)
    z = layers.Multiply()([filtered, gated])
    skips.append(layers.Conv1D(5, 1)(z))
    x = layers.Add()([x, layers.Conv1D(6, 1)(z)])
y = layers.Activation("relu")(layers.Add()(skips))
model = keras.Model(signal, layers.Conv1D(3, 1, activation="softmax")(y))
