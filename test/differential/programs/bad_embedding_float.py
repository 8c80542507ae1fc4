import keras
import numpy as np

m = keras.Sequential([keras.layers.Embedding(100, 8, input_length=10), keras.layers.Flatten(), keras.layers.Dense(1)])
m.compile("adam", "mse")
x = np.random.randint(0, 100, (16, 10))
p = m.predict(x, verbose=0)
