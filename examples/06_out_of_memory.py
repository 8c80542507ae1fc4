# Fault: the batch in `input_shape` once more, and here Keras does not live to say so. Flatten makes 102,400,000
# features of it, the kernel of the Dense would take 52.4 GB, and the process dies while the model is built.
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Flatten

data = np.zeros((1024, 1000, 100), dtype="float32")

model = Sequential([
    Flatten(input_shape=(1024, 1000, 100)),
    Dense(128),
])
predictions = model.predict(data)
