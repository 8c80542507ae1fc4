import keras
import tensorflow as tf
from keras import layers, ops


class Linear(layers.Layer):
    def __init__(self, units=32):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,))

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


class ResidualBlock(layers.Layer):
    def __init__(self, channels_out, kernel_size=3, strides=1):
        super().__init__()
        self.conv1 = layers.Conv2D(channels_out, kernel_size, strides=strides, padding="same")
        self.bn1 = layers.BatchNormalization()
        self.conv2 = layers.Conv2D(channels_out, kernel_size, padding="same")
        self.bn2 = layers.BatchNormalization()
        self.shortcut = layers.Conv2D(channels_out, 1, strides=strides)

    def call(self, inputs, training=False):
        y = self.conv1(inputs)
        y = self.bn1(y, training=training)
        y = ops.relu(y)
        y = self.conv2(y)
        y = self.bn2(y, training=training)
        return y + self.shortcut(inputs)


class Classifier(keras.Model):
    def __init__(self, num_classes, hidden=64):
        super().__init__()
        self.conv = layers.Conv2D(16, 3)
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(hidden)
        self.out = layers.Dense(num_classes)

    def call(self, x):
        x = self.conv(x)
        x = self.flatten(x)
        x = self.hidden(x)
        return self.out(x)


class Stack(layers.Layer):
    def __init__(self, units, depth=3):
        super().__init__()
        self.all = [layers.Dense(units) for _ in range(depth)]
        self.norm = layers.LayerNormalization()

    def call(self, x):
        for layer in self.all:
            x = layer(x)
        return self.norm(x)


class Branching(layers.Layer):
    def __init__(self, a, b):
        super().__init__()
        self.left = keras.Sequential([layers.Conv2D(a, 1), layers.ReLU()])
        self.right = keras.Sequential([layers.Conv2D(b, 3, padding="same"), layers.ReLU()])

    def call(self, x):
        return tf.concat([self.left(x), self.right(x)], axis=-1)


class Pair(layers.Layer):
    def __init__(self, dim):
        super().__init__()
        self.first = layers.Dense(dim)
        self.second = layers.Dense(dim * 2)

    def call(self, inputs):
        a, b = inputs
        return self.first(a), self.second(b)


class Recurrent(keras.Model):
    def __init__(self, vocabulary, width, classes):
        super().__init__()
        self.embed = layers.Embedding(vocabulary, width)
        self.rnn = layers.GRU(width * 2, return_sequences=True)
        self.last = layers.LSTM(width)
        self.head = layers.Dense(classes)

    def call(self, tokens, training=None):
        x = self.embed(tokens)
        x = self.rnn(x)
        x = self.last(x)
        return self.head(x)


class Gan:
    def __init__(self, latent_dim, channels=1):
        self.latent_dim = latent_dim
        self.channels = channels

    def build_generator(self):
        noise = keras.Input((self.latent_dim,))
        x = layers.Dense(7 * 7 * 16)(noise)
        x = layers.Reshape((7, 7, 16))(x)
        x = layers.Conv2DTranspose(8, 3, strides=2, padding="same")(x)
        return keras.Model(noise, layers.Conv2D(self.channels, 3, padding="same")(x))

    def build_critic(self, filters):
        image = keras.Input((14, 14, self.channels))
        x = layers.Conv2D(filters, 3, strides=2)(image)
        x = layers.Flatten()(x)
        return keras.Model(image, layers.Dense(1)(x))


class Base(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width

    def block(self, x):
        return layers.Dense(self.width)(x)


class Derived(Base):
    def __init__(self, width, heads=4, **kwargs):
        super().__init__(width, **kwargs)
        self.project = layers.Dense(width * heads)

    def call(self, x):
        return self.project(x)


class Scale(layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.gamma = self.add_weight(shape=(channels,))
        self.dense = layers.Dense(channels * 2)

    def call(self, inputs):
        return self.dense(inputs * self.gamma)


def windows(x, size):
    b, h, w, c = x.shape
    x = ops.reshape(x, (-1, h // size, size, w // size, size, c))
    x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
    return ops.reshape(x, (-1, size, size, c))


def attention_scores(query, key, dim):
    q = layers.Dense(dim)(query)
    k = layers.Dense(dim)(key)
    return ops.matmul(q, ops.transpose(k, (0, 2, 1)))


def shuffled(x, groups=2):
    b, h, w, c = x.shape
    y = layers.Reshape((h, w, groups, c // groups))(x)
    y = layers.Permute((1, 2, 4, 3))(y)
    return layers.Reshape((h, w, c))(y)


def head(features, units, rate=0.2, name=None):
    x = layers.Dropout(rate)(features)
    x = layers.Dense(units, name=name)(x)
    return x


def with_flag(x, filters, norm=False, pool=True):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    if norm:
        x = layers.BatchNormalization()(x)
    if pool:
        x = layers.MaxPooling2D()(x)
    return x


def chosen(x, filters, downsample):
    y = layers.Conv2D(filters, 3, padding="same")(x)
    if downsample:
        y = layers.AveragePooling2D()(y)
        x = layers.Conv2D(filters, 1, strides=2)(x)
    return layers.Concatenate()([x, y])


def several(x, filters):
    outputs = []
    for f in filters:
        outputs.append(layers.Conv2D(f, 1)(x))
    return outputs


def per_round(x, filters):
    for f in filters:
        y = layers.Conv2D(f, 3, padding="same")(x)
        x = layers.Concatenate()([x, y])
    return x


def scaled(x, alpha=1.0, filters=32):
    width = int(filters * alpha)
    return layers.Conv2D(width, 3)(x)


def widest(x, filters, ratio):
    width = max(1, filters // ratio)
    return layers.Conv2D(width, 1)(x)


def conv1d_tower(x, width, stages=2):
    for i in range(stages):
        x = layers.Conv1D(width * (i + 1), 3, strides=2, padding="same")(x)
    return layers.GlobalMaxPooling1D()(x)


def flattened(x, units):
    x = layers.Flatten()(x)
    return layers.Dense(units)(x)


# call: Linear(4)(keras.Input((9, 6)))
# call: Linear()(keras.Input((6,)))
# call: ResidualBlock(4)(keras.Input((8, 8, 3)))
# call: Classifier(5)(keras.Input((8, 8, 3)))
# call: Classifier(5, 9)(keras.Input((10, 8, 1)))
# call: Stack(4)(keras.Input((8, 3)))
# call: Branching(4, 5)(keras.Input((8, 7, 3)))
# call: Pair(4)((keras.Input((3,)), keras.Input((9, 2))))
# call: Recurrent(30, 4, 3)(keras.Input((9,)))
# call: Gan(6).build_generator()
# call: Gan(6, 3).build_critic(5)
# call: Base(6).block(keras.Input((9,)))
# call: Derived(6)(keras.Input((9,)))
# call: Derived(6, 2)(keras.Input((5, 9)))
# call: Scale()(keras.Input((5, 9)))
# call: windows(keras.Input((8, 8, 3)), 4)
# call: attention_scores(keras.Input((8, 3)), keras.Input((5, 4)), 6)
# call: shuffled(keras.Input((8, 8, 6)))
# call: head(keras.Input((8, 8, 6)), 3)
# call: with_flag(keras.Input((8, 8, 6)), 3)
# call: with_flag(keras.Input((8, 8, 6)), 3, norm=True)
# call: chosen(keras.Input((8, 8, 6)), 5, False)
# call: several(keras.Input((8, 8, 6)), [3, 4])
# call: per_round(keras.Input((8, 8, 6)), [3, 4])
# call: scaled(keras.Input((8, 8, 6)))
# call: widest(keras.Input((8, 8, 6)), 12, 4)
# call: conv1d_tower(keras.Input((20, 6)), 4)
# call: flattened(keras.Input((20, 6)), 4)
# call: flattened(keras.Input((4, 5, 6)), 7)
