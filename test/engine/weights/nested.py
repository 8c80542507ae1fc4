import keras
from keras import layers

shared = layers.Dense(4, name="shared")
i = keras.Input((4,))
inner = keras.Model(i, layers.BatchNormalization()(shared(i)), name="inner")
head = keras.Sequential([layers.Dense(3), layers.BatchNormalization(), layers.Dense(2)], name="head")

j = keras.Input((4,))
x = inner(layers.Dense(4)(inner(j)))
x = layers.Concatenate()([x, shared(j)])
model = keras.Model(j, head(layers.Dense(5, activation="relu")(x)))
inner.trainable = False
