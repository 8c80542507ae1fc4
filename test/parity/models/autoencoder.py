from keras import Model
from keras.layers import (
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Cropping2D,
    Dense,
    Flatten,
    GaussianNoise,
    Input,
    LeakyReLU,
    Reshape,
)

inputs = x = Input((14, 14, 1))
x = GaussianNoise(0.1)(x)
for filters in (8, 12):
    x = Conv2D(filters, 4, strides=2, padding="same")(x)
    x = BatchNormalization()(x)
    x = LeakyReLU(negative_slope=0.2)(x)
shape = x.shape[1:]
code = Dense(5, name="code")(Flatten()(x))
x = Dense(shape[0] * shape[1] * shape[2])(code)
x = Reshape(shape)(x)
for filters in (12, 8):
    x = Conv2DTranspose(filters, 4, strides=2, padding="same", activation="selu")(x)
x = Conv2D(1, 3, activation="sigmoid", padding="same")(x)
model = Model(inputs, Cropping2D(1)(x))
