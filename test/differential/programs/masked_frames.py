"""A recurrent layer that is given a mask as a tensor of its own, by name and by place, beside what it reads."""

import keras
import numpy as np
from keras import layers

frames = keras.Input((20, 8))
mask = keras.Input((20,), dtype="bool")

x = layers.GRU(16, return_sequences=True)(frames, mask=mask)
x = layers.LSTM(8)(x, None, mask)
model = keras.Model([frames, mask], layers.Dense(5, activation="softmax")(x))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit([np.zeros((4, 20, 8)), np.ones((4, 20), dtype="bool")], np.zeros(4), verbose=0)

scores = layers.Attention()([layers.Dense(8)(frames), frames], mask=[mask, mask])
attending = keras.Model([frames, mask], layers.GlobalAveragePooling1D()(scores))
attending.predict([np.zeros((4, 20, 8)), np.ones((4, 20), dtype="bool")], verbose=0)
