import keras
from keras.layers import LSTM, Dense, Dropout, Embedding, SpatialDropout1D

model = keras.Sequential()
model.add(keras.Input((20,), dtype="int32"))
model.add(Embedding(50, 8, mask_zero=True))
model.add(SpatialDropout1D(0.2))
model.add(LSTM(12, return_sequences=True))
model.add(LSTM(6, dropout=0.2, recurrent_dropout=0.2))
model.add(Dropout(0.5))
model.add(Dense(3, activation="softmax"))
