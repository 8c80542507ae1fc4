import tensorflow as tf
from tensorflow.keras import layers
from typing import List


class TemporalBlock(layers.Layer):
    def __init__(self, filters, kernel_size, dilation, dropout=0.2, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        init = tf.keras.initializers.RandomNormal(mean=0.0, stddev=0.01)
        self.conv1 = layers.Conv1D(
            filters, kernel_size, dilation_rate=dilation, padding="causal", kernel_initializer=init
        )
        self.norm1 = layers.LayerNormalization()
        self.ac1 = layers.Activation("relu")
        self.drop1 = layers.Dropout(rate=dropout)
        self.conv2 = layers.Conv1D(
            filters, kernel_size, dilation_rate=dilation, padding="causal", kernel_initializer=init
        )
        self.norm2 = layers.LayerNormalization()
        self.ac2 = layers.Activation("relu")
        self.drop2 = layers.Dropout(rate=dropout)
        self.downsample = None

    def build(self, input_shape):
        channel_dim = -1
        if input_shape[channel_dim] != self.filters:
            self.downsample = layers.Conv1D(self.filters, kernel_size=1, padding="same")
        super().build(input_shape)

    def call(self, inputs, training=None):
        x = self.conv1(inputs)
        x = self.norm1(x)
        x = self.ac1(x)
        x = self.drop1(x, training=training)
        x = self.conv2(x)
        x = self.norm2(x)
        x = self.ac2(x)
        x = self.drop2(x, training=training)
        if self.downsample is not None:
            inputs = self.downsample(inputs)
        return tf.nn.relu(x + inputs)


class TCN(tf.keras.Model):
    def __init__(self, channels: List[int], kernel_size=2, n_out=1):
        super().__init__(name="tcn")
        self.network = []
        for i, c in enumerate(channels):
            self.network.append(TemporalBlock(c, kernel_size, dilation=2**i))
        self.head = layers.Dense(n_out)

    def call(self, x, training=None):
        for block in self.network:
            x = block(x, training=training)
        x = x[:, -1, :]
        return self.head(x)


net = TCN([8, 8, 16], kernel_size=3)
out = net(tf.random.normal([4, 30, 5]))
