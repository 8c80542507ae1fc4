import keras
from keras import layers, mixed_precision

mixed_precision.set_global_policy("mixed_float16")
inputs = keras.Input(shape=(784,), name="digits")
dense1 = layers.Dense(256, activation="relu", name="dense_1")
x = dense1(inputs)
x = layers.Dense(128, activation="relu", name="dense_2")(x)
x = layers.Dense(10, name="dense_logits")(x)
outputs = layers.Activation("softmax", dtype="float32", name="predictions")(x)
model = keras.Model(inputs=inputs, outputs=outputs)
