import keras
from keras import layers, ops


def feed_forward(x, hidden, rate=0.1):
    y = layers.Dense(hidden, activation="gelu")(x)
    y = layers.Dropout(rate)(y)
    y = layers.Dense(x.shape[-1])(y)
    return layers.LayerNormalization()(x + y)


def encoder(inputs, head_size, num_heads, ff_dim, dropout=0):
    x = layers.MultiHeadAttention(key_dim=head_size, num_heads=num_heads, dropout=dropout)(inputs, inputs)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    res = x + inputs
    x = layers.Conv1D(filters=ff_dim, kernel_size=1, activation="relu")(res)
    x = layers.Conv1D(filters=inputs.shape[-1], kernel_size=1)(x)
    return x + res


def positions(length, dim):
    p = ops.arange(0, length, 1)
    return layers.Embedding(length, dim)(p)


def patches(x, patch_size, dim):
    x = layers.Conv2D(dim, patch_size, strides=patch_size)(x)
    b, h, w, c = x.shape
    return layers.Reshape((h * w, c))(x)


def split(x, num_heads):
    b, t, d = x.shape
    y = layers.Reshape((t, num_heads, d // num_heads))(x)
    return layers.Permute((2, 1, 3))(y)


def pooled(x: keras.KerasTensor, units: int):
    x = layers.GlobalAveragePooling1D()(x)
    return layers.Dense(units)(x)


def cross(x, context, dim):
    q = layers.Dense(dim)(x)
    k = layers.Dense(dim)(context)
    scores = layers.Dot(axes=-1)([q, k])
    weights = layers.Softmax()(scores)
    return layers.Dot(axes=(2, 1))([weights, k])


class TransformerBlock(layers.Layer):
    def __init__(self, embed_dim, num_heads, ff_dim, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.ffn = keras.Sequential([layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)])
        self.norm1 = layers.LayerNormalization(epsilon=1e-6)
        self.norm2 = layers.LayerNormalization(epsilon=1e-6)
        self.drop = layers.Dropout(rate)

    def call(self, inputs, training=False):
        y = self.att(inputs, inputs)
        y = self.drop(y, training=training)
        out = self.norm1(inputs + y)
        ffn = self.ffn(out)
        return self.norm2(out + ffn)


class TokenAndPosition(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(vocab_size, embed_dim)
        self.pos_emb = layers.Embedding(maxlen, embed_dim)

    def call(self, x):
        length = x.shape[-1]
        p = ops.arange(0, length, 1)
        p = self.pos_emb(p)
        x = self.token_emb(x)
        return x + p


class Patches(layers.Layer):
    def __init__(self, patch_size, dim):
        super().__init__()
        self.patch_size = patch_size
        self.proj = layers.Conv2D(dim, patch_size, strides=patch_size)
        self.flat = layers.Reshape((-1, dim))

    def call(self, images):
        return self.flat(self.proj(images))


# call: feed_forward(keras.Input((9, 6)), 12)
# call: feed_forward(keras.Input((6,)), 12)
# call: encoder(keras.Input((9, 6)), 4, 2, 10)
# call: positions(9, 5)
# call: patches(keras.Input((32, 32, 3)), 8, 12)
# call: split(keras.Input((9, 12)), 3)
# call: pooled(keras.Input((9, 12)), 3)
# call: cross(keras.Input((9, 12)), keras.Input((7, 4)), 5)
# call: TransformerBlock(6, 2, 12)(keras.Input((9, 6)))
# call: TransformerBlock(4, 3, 5)(keras.Input((9, 4)))
# call: TokenAndPosition(20, 50, 6)(keras.Input((9,)))
# call: Patches(4, 10)(keras.Input((16, 16, 3)))
