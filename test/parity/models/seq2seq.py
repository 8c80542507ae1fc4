from keras import Model
from keras.layers import LSTM, Dense, Input

encoder_inputs = Input(shape=(None, 9))
_, state_h, state_c = LSTM(8, return_state=True)(encoder_inputs)
decoder_inputs = Input(shape=(None, 7))
decoded, _, _ = LSTM(8, return_sequences=True, return_state=True)(decoder_inputs, initial_state=[state_h, state_c])
model = Model([encoder_inputs, decoder_inputs], Dense(7, activation="softmax")(decoded))
