from keras import Input, layers, Model

enc = Input((None, 8))
_, h, c = layers.LSTM(16, return_state=True)(enc)
dec = Input((None, 8))
out = layers.LSTM(32, return_sequences=True)(dec, initial_state=[h, c])
m = Model([enc, dec], out)
