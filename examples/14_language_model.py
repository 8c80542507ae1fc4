# A Dense on a sequence that is meant: one prediction of the next word at every step of a text of any length.
import keras
from keras.layers import LSTM, Dense, Embedding

vocabulary_size = 1000

inputs = keras.Input(shape=(None,), dtype="int32")
x = Embedding(vocabulary_size, 64)(inputs)
x = LSTM(128, return_sequences=True)(x)
outputs = Dense(vocabulary_size, activation="softmax")(x)

model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
