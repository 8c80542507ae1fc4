import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="typing")
class Attention(layers.Layer):
    def __init__(self, units, heads=4, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.query, self.key = layers.Dense(units), layers.Dense(units)
        self.out = layers.Dense(units)

    def call(self, x, mask=None):
        scores = ops.matmul(self.query(x), ops.transpose(self.key(x), (0, 2, 1)))
        weights = ops.softmax(scores / self.units**0.5, axis=-1)
        return self.out(ops.matmul(weights, x))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Encoder(keras.Model):
    def __init__(self, depth=2):
        super().__init__()
        self.embed = layers.Embedding(1000, 32)
        self.blocks = [Attention(32, name=f"block_{i}") for i in range(depth)]
        self.head = layers.Dense(5)

    def call(self, tokens, training=False):
        x = self.embed(tokens)
        for block in self.blocks:
            x = x + block(x)
        return self.head(ops.mean(x, axis=1))


encoder = Encoder()
scores = encoder(ops.zeros((8, 20), dtype="int32"))
inputs = keras.Input((20,), dtype="int32")
whole = keras.Model(inputs, encoder(inputs))
