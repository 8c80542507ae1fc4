# 11 confirmed, 1 not reached
# recorded: os.makedirs, write log.txt, fit, evaluate, predict, save, save_weights, write x.npy
import os

import keras
import numpy as np
from keras import layers

os.makedirs("somewhere")
with open("log.txt", "w") as log:
    log.write("begun")

x = np.zeros((40, 6))
y = np.zeros((40, 1))
model = keras.Sequential()
model.add(layers.Dense(5, activation="relu"))
model.add(layers.Dense(1))
model.compile(loss="mse", metrics=["mae"])
history = model.fit(x, y, validation_split=0.1, epochs=500)
print(min(history.history["val_loss"]))
loss, error = model.evaluate(x, y)
predicted = model.predict(x)
print(predicted[:, 0].mean())
model.save("model.keras")
model.save_weights("model.weights.h5")
np.save("x.npy", x)

inputs = keras.Input((8, 3))
outputs = layers.Bidirectional(layers.LSTM(4))(inputs)
total = keras.ops.sum(outputs * 2.0, axis=-1)
