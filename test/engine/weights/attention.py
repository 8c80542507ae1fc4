import keras
from keras import layers, ops


class Positions(layers.Layer):
    def __init__(self, length, size):
        super().__init__()
        self.tokens = layers.Embedding(13, size)
        self.places = layers.Embedding(length, size)

    def call(self, x):
        return self.tokens(x) + self.places(ops.arange(ops.shape(x)[-1]))


class Encoder(layers.Layer):
    def __init__(self, size, heads):
        super().__init__()
        self.attention = layers.MultiHeadAttention(heads, size // heads)
        self.feed = keras.Sequential([layers.Dense(12, activation="gelu"), layers.Dense(size)])
        self.norms = [layers.LayerNormalization(), layers.LayerNormalization(center=False)]

    def call(self, x):
        x = self.norms[0](x + self.attention(x, x))
        return self.norms[1](x + self.feed(x))


inputs = keras.Input((6,), dtype="int32")
x = Positions(6, 8)(inputs)
for _ in range(2):
    x = Encoder(8, 2)(x)
x = layers.GroupQueryAttention(4, 2, 1)(x, x)
x = layers.Attention(use_scale=True)([x, x])
x = layers.EinsumDense("abc,cd->abd", (None, 3), bias_axes="d")(x)
model = keras.Model(inputs, layers.RMSNormalization()(x))
