import keras
from keras import layers


def conv_bn_relu(x, filters, kernel_size=3, strides=1, padding="same"):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)


def double_conv(inputs, num_filters):
    x = layers.Conv2D(num_filters, 3, padding="same")(inputs)
    x = layers.Activation("relu")(x)
    x = layers.Conv2D(num_filters, 3, padding="same")(x)
    return layers.Activation("relu")(x)


def encoder_block(inputs, num_filters):
    x = double_conv(inputs, num_filters)
    p = layers.MaxPool2D((2, 2))(x)
    return x, p


def decoder_block(inputs, skip, num_filters):
    x = layers.Conv2DTranspose(num_filters, (2, 2), strides=2, padding="same")(inputs)
    x = layers.Concatenate()([x, skip])
    return double_conv(x, num_filters)


def bottleneck(x, filters, stride=1, expansion=4):
    shortcut = layers.Conv2D(filters * expansion, 1, strides=stride)(x)
    y = layers.Conv2D(filters, 1)(x)
    y = layers.Conv2D(filters, 3, strides=stride, padding="same")(y)
    y = layers.Conv2D(filters * expansion, 1)(y)
    y = layers.Add()([shortcut, y])
    return layers.Activation("relu")(y)


def identity_block(x, filters):
    f1, f2, f3 = filters
    y = layers.Conv2D(f1, (1, 1))(x)
    y = layers.Conv2D(f2, (3, 3), padding="same")(y)
    y = layers.Conv2D(f3, (1, 1))(y)
    return layers.add([y, x])


def squeeze_excite(x, ratio=16):
    channels = x.shape[-1]
    s = layers.GlobalAveragePooling2D()(x)
    s = layers.Dense(channels // ratio, activation="relu")(s)
    s = layers.Dense(channels, activation="sigmoid")(s)
    s = layers.Reshape((1, 1, channels))(s)
    return layers.Multiply()([x, s])


def separable(x, filters, dilation_rate=1):
    x = layers.DepthwiseConv2D(3, padding="same", dilation_rate=dilation_rate)(x)
    x = layers.LayerNormalization()(x)
    return layers.Conv2D(filters, 1, activation="gelu")(x)


def inception(x, f1, f2_in, f2_out, f3_in, f3_out, pool):
    a = layers.Conv2D(f1, 1, padding="same")(x)
    b = layers.Conv2D(f2_in, 1, padding="same")(x)
    b = layers.Conv2D(f2_out, 3, padding="same")(b)
    c = layers.Conv2D(f3_in, 1, padding="same")(x)
    c = layers.Conv2D(f3_out, 5, padding="same")(c)
    d = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    d = layers.Conv2D(pool, 1, padding="same")(d)
    return layers.concatenate([a, b, c, d], axis=-1)


def dense_block(x, blocks, growth_rate):
    for i in range(blocks):
        y = layers.Conv2D(growth_rate, 3, padding="same")(x)
        x = layers.Concatenate()([x, y])
    return x


def transition(x, reduction):
    y = layers.Conv2D(int(x.shape[-1] * reduction), 1)(x)
    return layers.AveragePooling2D(2, strides=2)(y)


def pyramid(x, filters, sizes=(1, 2)):
    b, h, w, c = x.shape
    out = [x]
    for size in sizes:
        y = layers.AveragePooling2D(size)(x)
        y = layers.Conv2D(filters // 2, 1)(y)
        y = layers.UpSampling2D(size)(y)
        out.append(y)
    return layers.Concatenate()(out)


def tokens(x, width):
    b, h, w, c = x.shape
    y = layers.Reshape((h * w, c))(x)
    return layers.Dense(width)(y)


def gate(g, s, num_filters):
    wg = layers.Conv2D(num_filters, 1, padding="same")(g)
    ws = layers.Conv2D(num_filters, 1, padding="same")(s)
    out = layers.Activation("relu")(wg + ws)
    out = layers.Conv2D(1, 1, padding="same")(out)
    out = layers.Activation("sigmoid")(out)
    return out * s


def temporal(x, filters, kernel_size=2, dilation=1):
    y = layers.Conv1D(filters, kernel_size, dilation_rate=dilation, padding="causal")(x)
    y = layers.SpatialDropout1D(0.1)(y)
    skip = layers.Conv1D(filters, 1)(x)
    return layers.Add()([skip, y])


def volume(x, filters):
    x = layers.Conv3D(filters, 3, padding="same")(x)
    x = layers.MaxPooling3D(2)(x)
    return layers.GlobalAveragePooling3D()(x)


# call: conv_bn_relu(keras.Input((32, 32, 3)), 5)
# call: conv_bn_relu(keras.Input((17, 9, 4)), 12)
# call: double_conv(keras.Input((16, 16, 3)), 6)
# call: encoder_block(keras.Input((16, 16, 3)), 6)
# call: decoder_block(keras.Input((8, 8, 6)), keras.Input((16, 16, 4)), 6)
# call: bottleneck(keras.Input((8, 8, 6)), 3)
# call: bottleneck(keras.Input((8, 8, 5)), 4, expansion=2)
# call: identity_block(keras.Input((8, 8, 6)), (2, 3, 6))
# call: squeeze_excite(keras.Input((8, 8, 32)))
# call: squeeze_excite(keras.Input((8, 8, 30)), 7)
# call: separable(keras.Input((8, 8, 32)), 9)
# call: inception(keras.Input((8, 8, 32)), 2, 3, 4, 5, 6, 7)
# call: dense_block(keras.Input((8, 8, 3)), 2, 5)
# call: transition(keras.Input((8, 8, 10)), 0.5)
# call: pyramid(keras.Input((8, 8, 10)), 7)
# call: tokens(keras.Input((8, 5, 10)), 7)
# call: gate(keras.Input((8, 5, 10)), keras.Input((8, 5, 7)), 4)
# call: temporal(keras.Input((20, 3)), 4)
# call: volume(keras.Input((8, 8, 8, 1)), 4)
