import keras
from keras.layers import Concatenate, Conv1D, Dense, Dropout, Embedding, GlobalMaxPooling1D, Input, MaxPooling1D

tokens = Input(shape=(24,), dtype="int32")
x = Embedding(40, 6)(tokens)
branches = []
for width in (2, 3, 5):
    branch = Conv1D(4, width, activation="relu")(x)
    branch = Conv1D(4, 3, padding="same", activation="gelu")(MaxPooling1D(2)(branch))
    branches.append(GlobalMaxPooling1D()(branch))
x = Dropout(0.5)(Concatenate()(branches))
model = keras.Model(tokens, Dense(2, activation="softmax")(x))
