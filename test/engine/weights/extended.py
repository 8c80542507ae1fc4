import keras
from keras import layers


class Extended(keras.Model):
    def __init__(self):
        inputs = keras.Input((4,))
        first = layers.Dense(3)
        super().__init__(inputs, layers.Dense(2)(first(inputs)))
        self.extra = layers.Dense(2)
        self.again = first
        self.extra.build((None, 4))


model = Extended()
