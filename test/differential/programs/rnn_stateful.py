import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense, SimpleRNN, GRU, TimeDistributed, RepeatVector, Bidirectional, Conv1D

n_steps, n_features, n_out = 9, 3, 4
enc_dec = Sequential()
enc_dec.add(LSTM(20, activation="relu", input_shape=(n_steps, n_features)))
enc_dec.add(RepeatVector(n_out))
enc_dec.add(LSTM(20, activation="relu", return_sequences=True))
enc_dec.add(TimeDistributed(Dense(n_features)))

batch = 2
stateful = Sequential()
stateful.add(SimpleRNN(7, batch_input_shape=(batch, n_steps, n_features), stateful=True, return_sequences=True))
stateful.add(GRU(5, stateful=True, reset_after=False))
stateful.add(Dense(1))
y = stateful.predict(np.zeros((2, n_steps, n_features)), batch_size=batch, verbose=0)

bi = Sequential(
    [
        Conv1D(8, 3, input_shape=(n_steps, n_features)),
        Bidirectional(LSTM(6, return_sequences=True), merge_mode="ave"),
        Bidirectional(SimpleRNN(4), backward_layer=GRU(4, go_backwards=True)),
    ]
)
