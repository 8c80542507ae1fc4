import keras
from keras import layers


def double(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", kernel_initializer="he_normal")(x)
    return x


inputs = layers.Input((16, 24, 3))
skips, x = [], inputs
for filters in (4, 8):
    x = double(x, filters)
    skips.append(x)
    x = layers.MaxPooling2D()(x)
x = double(x, 16)
for filters, skip in zip((8, 4), reversed(skips)):
    x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
    x = layers.concatenate([skip, x])
    x = double(x, filters)
x = layers.UpSampling2D(2, interpolation="bilinear")(x)
outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)
