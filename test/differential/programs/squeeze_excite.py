import keras
from keras.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
    Input,
    Reshape,
    add,
    multiply,
)
from keras.models import Model


def _make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


def se_block(inputs, ratio=4):
    channels = inputs.shape[-1]
    x = GlobalAveragePooling2D()(inputs)
    x = Dense(channels // ratio, activation="relu")(x)
    x = Dense(channels, activation="hard_sigmoid")(x)
    x = Reshape((1, 1, channels))(x)
    return multiply([inputs, x])


def bottleneck(inputs, filters, kernel, e, s, squeeze, nl, alpha=1.0):
    tchannel = int(inputs.shape[-1] * e)
    cchannel = int(alpha * filters)
    r = s == 1 and inputs.shape[3] == filters
    x = Conv2D(tchannel, (1, 1), padding="same", strides=(1, 1))(inputs)
    x = BatchNormalization(axis=-1)(x)
    x = Activation(nl)(x)
    x = DepthwiseConv2D(kernel, strides=(s, s), depth_multiplier=1, padding="same")(x)
    x = BatchNormalization(axis=-1)(x)
    x = Activation(nl)(x)
    if squeeze:
        x = se_block(x)
    x = Conv2D(cchannel, (1, 1), strides=(1, 1), padding="same")(x)
    x = BatchNormalization(axis=-1)(x)
    if r:
        x = add([x, inputs])
    return x


inputs = Input((96, 96, 3))
x = Conv2D(_make_divisible(16 * 0.75), 3, strides=2, padding="same")(inputs)
for f, k, e, s, sq, nl in [
    (16, 3, 1, 2, True, "relu"),
    (24, 3, 4.5, 2, False, "relu"),
    (24, 3, 3.67, 1, False, "relu"),
    (40, 5, 4, 2, True, "swish"),
    (40, 5, 6, 1, True, "swish"),
]:
    x = bottleneck(x, f, (k, k), e, s, sq, nl)
x = GlobalAveragePooling2D(keepdims=True)(x)
x = Conv2D(7, 1)(x)
x = Reshape((7,))(x)
net = Model(inputs, x)
