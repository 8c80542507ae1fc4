import numpy as np
import keras

a = keras.Input((4,))
b = keras.Input((6,))
m = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.concatenate([a, b])))
r = m.predict([np.zeros((3, 4)), np.zeros((3, 5))], verbose=0)
