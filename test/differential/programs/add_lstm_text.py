from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense, Dropout, Bidirectional
import numpy as np

max_features = 5000
maxlen = 80
model = Sequential()
model.add(Embedding(max_features, 128))
model.add(Bidirectional(LSTM(64, return_sequences=True)))
model.add(Dropout(0.3))
model.add(Bidirectional(LSTM(32)))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
x = np.random.randint(0, max_features, (16, maxlen))
y = np.random.randint(0, 2, (16, 1))
model.fit(x, y, batch_size=8, epochs=1, verbose=0)
p = model.predict(x, verbose=0)
