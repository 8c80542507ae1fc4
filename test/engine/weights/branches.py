import keras
from keras import layers

a = keras.Input((6,), name="a")
b = keras.Input((4,), name="b")
right = layers.Dense(5, name="right")(b)
left = layers.Dense(5, name="left", activation="tanh")(a)
both = layers.Concatenate()([left, right])
gate = layers.Dense(10, activation="sigmoid")(both)
mixed = layers.Multiply()([both, gate]) + 1.0
model = keras.Model([a, b], [layers.Dense(2, name="one")(mixed), layers.Dense(1, name="two")(mixed)])
