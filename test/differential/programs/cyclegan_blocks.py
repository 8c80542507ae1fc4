import keras
from keras import layers, ops


class ReflectionPadding2D(layers.Layer):
    def __init__(self, padding=(1, 1), **kwargs):
        self.padding = tuple(padding)
        super().__init__(**kwargs)

    def call(self, input_tensor, mask=None):
        padding_width, padding_height = self.padding
        padding_tensor = [
            [0, 0],
            [padding_height, padding_height],
            [padding_width, padding_width],
            [0, 0],
        ]
        return ops.pad(input_tensor, padding_tensor, mode="reflect")


gamma_init = keras.initializers.RandomNormal(mean=0.0, stddev=0.02)


def residual_block(x, activation, kernel_size=(3, 3), strides=(1, 1), padding="valid", use_bias=False):
    dim = x.shape[-1]
    input_tensor = x
    x = ReflectionPadding2D()(input_tensor)
    x = layers.Conv2D(dim, kernel_size, strides=strides, padding=padding, use_bias=use_bias)(x)
    x = layers.GroupNormalization(groups=1, gamma_initializer=gamma_init)(x)
    x = activation(x)
    x = ReflectionPadding2D()(x)
    x = layers.Conv2D(dim, kernel_size, strides=strides, padding=padding, use_bias=use_bias)(x)
    x = layers.GroupNormalization(groups=1)(x)
    x = layers.add([input_tensor, x])
    return x


def downsample(x, filters, activation):
    x = layers.Conv2D(filters, (3, 3), strides=(2, 2), padding="same", use_bias=False)(x)
    x = layers.GroupNormalization(groups=1)(x)
    if activation:
        x = activation(x)
    return x


img_input = layers.Input(shape=(64, 64, 3), name="img_input")
x = ReflectionPadding2D(padding=(3, 3))(img_input)
x = layers.Conv2D(8, (7, 7), use_bias=False)(x)
x = layers.Activation("relu")(x)
filters = 8
for _ in range(2):
    filters *= 2
    x = downsample(x, filters=filters, activation=layers.Activation("relu"))
for _ in range(2):
    x = residual_block(x, activation=layers.Activation("relu"))
for _ in range(2):
    filters //= 2
    x = layers.Conv2DTranspose(filters, (3, 3), strides=(2, 2), padding="same", use_bias=False)(x)
x = ReflectionPadding2D(padding=(3, 3))(x)
x = layers.Conv2D(3, (7, 7), padding="valid", activation="tanh")(x)
generator = keras.Model(img_input, x, name="gen")
