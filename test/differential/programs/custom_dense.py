import tensorflow as tf
import keras


class Linear(keras.layers.Layer):
    def __init__(self, units=32, use_bias=True, activation=None, **kwargs):
        super(Linear, self).__init__(**kwargs)
        self.units = units
        self.use_bias = use_bias
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer="random_normal",
            trainable=True,
            name="w",
        )
        if self.use_bias:
            self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True, name="b")
        super().build(input_shape)

    def call(self, inputs):
        y = tf.matmul(inputs, self.w)
        if self.use_bias:
            y = y + self.b
        if self.activation is not None:
            y = self.activation(y)
        return y

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units, "use_bias": self.use_bias})
        return config


class MLPBlock(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.linear_1 = Linear(32)
        self.linear_2 = Linear(16, use_bias=False)
        self.linear_3 = Linear(1, activation="sigmoid")

    def call(self, inputs):
        x = self.linear_1(inputs)
        x = tf.nn.relu(x)
        x = self.linear_2(x)
        x = tf.nn.relu(x)
        return self.linear_3(x)


mlp = MLPBlock()
y = mlp(tf.ones(shape=(3, 64)))
print("weights:", len(mlp.weights))
inputs = keras.Input((10,))
outputs = Linear(4, activation="relu")(inputs)
outputs = Linear(2)(outputs)
model = keras.Model(inputs, outputs)
