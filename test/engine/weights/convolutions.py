import keras
from keras import layers


def block(x, filters, times):
    for _ in range(times):
        skip = layers.Conv2D(filters, 1, padding="same", use_bias=False)(x)
        x = layers.SeparableConv2D(filters, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Add()([layers.ReLU()(x), skip])
    return x


inputs = keras.Input((8, 8, 3))
x = layers.Normalization(mean=[0.1, 0.2, 0.3], variance=[1.0, 2.0, 3.0])(inputs)
x = block(x, 4, 2)
x = layers.DepthwiseConv2D(3, depth_multiplier=2)(x)
x = layers.Conv2DTranspose(3, 2, strides=2)(x)
x = layers.GroupNormalization(3)(x)
model = keras.Model(inputs, layers.GlobalAveragePooling2D()(block(x, 2, 1)))
