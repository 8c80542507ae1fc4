import numpy as np
from tensorflow import keras

model = keras.Sequential()
model.add(keras.layers.LSTM(16, return_sequences=True, input_shape=(20, 3)))
model.add(keras.layers.Dense(1))
model.compile(optimizer="adam", loss="mse")
X = np.random.rand(8, 20, 3)
y = np.random.rand(8, 5, 1)
model.fit(X, y, epochs=1, verbose=0)
