# The same data as in 01, but the Dense comes before the Flatten: 768 parameters instead of 6,528, and 1,280 features.
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import Dense, Flatten, TimeDistributed


class Classifier(Model):
    def __init__(self):
        super().__init__()
        self.per_step = TimeDistributed(Dense(128))
        self.flatten = Flatten()
        self.classify = Dense(10)

    def call(self, x):
        x = self.per_step(x)  # one kernel of 5 x 128, the same for all 10 steps
        x = self.flatten(x)
        return self.classify(x)


model = Classifier()
y = model(tf.random.normal((32, 10, 5)))
