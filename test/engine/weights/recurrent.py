import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((7,), dtype="int32"),
        layers.Embedding(11, 5),
        layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
        layers.Bidirectional(layers.GRU(3, return_sequences=True), merge_mode="sum"),
        layers.GRU(4, return_sequences=True, reset_after=False),
        layers.SimpleRNN(3),
        layers.Dense(2),
    ]
)
