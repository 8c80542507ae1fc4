import keras
from keras import layers

encoder = keras.Sequential(
    [
        keras.Input((12,), dtype="int32"),
        layers.Embedding(20, 6),
        layers.Bidirectional(layers.GRU(5)),
        layers.Dense(4, activation="elu"),
        layers.UnitNormalization(),
    ],
    name="encoder",
)
left = keras.Input((12,), dtype="int32", name="left")
right = keras.Input((12,), dtype="int32", name="right")
a, b = encoder(left), encoder(right)
near = layers.Dot(axes=1, normalize=True)([a, b])
far = layers.Subtract()([a, b])
joined = layers.Concatenate()([near, far, layers.Maximum()([a, b]), layers.Average()([a, b])])
model = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(joined))
