from functools import partial
from keras import layers, Model, Input

DefaultConv2D = partial(layers.Conv2D, kernel_size=3, strides=1, padding="SAME", use_bias=False)


class ResidualUnit(layers.Layer):
    def __init__(self, filters, strides=1, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.activation = layers.Activation(activation)
        self.main_layers = [
            DefaultConv2D(filters, strides=strides),
            layers.BatchNormalization(),
            self.activation,
            DefaultConv2D(filters),
            layers.BatchNormalization(),
        ]
        self.skip_layers = []
        if strides > 1:
            self.skip_layers = [DefaultConv2D(filters, kernel_size=1, strides=strides), layers.BatchNormalization()]

    def call(self, inputs):
        Z = inputs
        for layer in self.main_layers:
            Z = layer(Z)
        skip_Z = inputs
        for layer in self.skip_layers:
            skip_Z = layer(skip_Z)
        return self.activation(layers.add([Z, skip_Z]) if False else Z + skip_Z)


def make(*sizes, **options):
    x = inputs = Input((64, 64, 3))
    x = DefaultConv2D(16, kernel_size=7, strides=2)(x)
    prev = 16
    for size in sizes:
        x = ResidualUnit(size, strides=1 if size == prev else 2, **options)(x)
        prev = size
    return Model(inputs, layers.GlobalAvgPool2D()(x))


net = make(16, 16, 32, activation="elu")
net2 = make(*[16] * 2 + [24])
