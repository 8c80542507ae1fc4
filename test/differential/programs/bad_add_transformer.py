import keras
from keras import layers


class Block(layers.Layer):
    def __init__(self, dim, heads):
        super().__init__()
        self.attn = layers.MultiHeadAttention(heads, dim // heads)
        self.norm = layers.LayerNormalization()
        self.ff = keras.Sequential([layers.Dense(dim * 4, activation="gelu"), layers.Dense(dim * 2)])

    def call(self, x):
        x = self.norm(x + self.attn(x, x))
        return x + self.ff(x)


inp = keras.Input((16, 32))
y = Block(32, 4)(inp)
