from keras.models import Model
from keras.layers import Input, TimeDistributed, Conv2D, MaxPooling2D, Flatten, LSTM, Dense, GRU, Bidirectional

frames, h, w, c = 8, 32, 32, 3
video = Input(shape=(frames, h, w, c))
x = TimeDistributed(Conv2D(16, (3, 3), activation="relu", padding="same"))(video)
x = TimeDistributed(MaxPooling2D((2, 2)))(x)
x = TimeDistributed(Conv2D(32, (3, 3), activation="relu"))(x)
x = TimeDistributed(Flatten())(x)
x = Bidirectional(GRU(24, return_sequences=True), merge_mode="sum")(x)
x, fh, bh = Bidirectional(GRU(12, return_state=True))(x)
out = Dense(6, activation="softmax")(x)
model = Model(video, out)
