import keras
from keras import layers


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(32, activation="relu")
        self.scores = layers.Dense(4)

    def call(self, x):
        return self.scores(self.hidden(x))


classifier = Classifier()
