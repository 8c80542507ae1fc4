# The same data once more: an LSTM reads the 10 steps in order and keeps its last state, 64 numbers for each sample.
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import LSTM, Dense


class Classifier(Model):
    def __init__(self):
        super().__init__()
        self.lstm = LSTM(64)
        self.hidden = Dense(128)
        self.classify = Dense(10)

    def call(self, x):
        x = self.lstm(x)
        x = self.hidden(x)
        return self.classify(x)


model = Classifier()
y = model(tf.random.normal((32, 10, 5)))
