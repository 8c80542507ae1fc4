# A subclassed model says no input shape. It becomes known where the model is called, at the last line.
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import Dense, Flatten


class Classifier(Model):
    def __init__(self):
        super().__init__()
        self.flatten = Flatten()
        self.hidden = Dense(128, activation="relu")
        self.classify = Dense(10, activation="softmax")

    def call(self, x):
        x = self.flatten(x)  # 10 steps of 5 features become 50 features
        x = self.hidden(x)
        return self.classify(x)


model = Classifier()
y = model(tf.random.normal((32, 10, 5)))
