from keras import Sequential, layers

model = Sequential(
    [
        layers.Input((40,)),
        layers.Embedding(2_000, 32),
        layers.Conv1D(64, 5, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Bidirectional(layers.LSTM(32)),
        layers.Dropout(0.3),
        layers.Dense(5, activation="softmax"),
    ]
)
