# Sequential models: from a list, by add, by add in a loop.
import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import LSTM, Dense, Dropout, Embedding

VOCABULARY, LENGTH = 2000, 40
config = {
    "units": [64, 32],
    "rate": 0.2,
    "names": {"first": "tokens", 'last': "score"},
}

dense = keras.Sequential(
    [
        keras.Input((LENGTH,)),
        Dense(config["units"][0], activation="relu"),
        Dropout(config["rate"]),
        Dense(1),
    ],
    name="dense",
)

recurrent = keras.Sequential()
recurrent.add(keras.Input(shape=(LENGTH,), dtype="int32"))
recurrent.add(Embedding(VOCABULARY, 16))
for units in config["units"]:
    recurrent.add(LSTM(units, return_sequences=True))
recurrent.add(LSTM(8))
recurrent.add(Dense(1, activation="sigmoid", name=config["names"]["last"]))

if __name__ == "__main__":
    data = np.zeros((100, LENGTH))
    labels = np.zeros((100, 1))
    recurrent.compile("adam", "binary_crossentropy")
    recurrent.fit(data, labels, epochs=3, batch_size=32)
    print(f"{recurrent.count_params():,} parameters; {dense.name!r}")
    score = recurrent.predict(data)
