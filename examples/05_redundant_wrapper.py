# The fault of 04 again, in an argument of the wrapper. And the wrapper is not needed: Dense works on the last axis of
# every step by itself.
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, TimeDistributed

model = Sequential([
    TimeDistributed(Dense(64), input_shape=(32, 10, 5)),
])

data = np.random.rand(32, 10, 5)
predictions = model.predict(data)
