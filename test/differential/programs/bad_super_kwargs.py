import keras


class Scale(keras.layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, x):
        return x * self.factor


ok = Scale(2.0, name="twice")(keras.Input((3,)))
bad = Scale(2.0, trainabl=False)
