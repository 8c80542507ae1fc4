# Fault: `input_shape` is the shape of one sample, and this one holds the batch of 32 as well. Keras raises only at
# `predict`; the cause stands above, and that is where it is reported. Apply the fix and look at the Dense again.
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Flatten

model = Sequential([
    Flatten(input_shape=(32, 10, 5)),
    Dense(64),
])

data = np.random.rand(32, 10, 5)
predictions = model.predict(data)
