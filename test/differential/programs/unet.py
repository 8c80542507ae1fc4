from keras.layers import *
from keras.models import Model


def double_conv(x, n):
    x = Conv2D(n, 3, padding='same', activation='relu')(x)
    x = Conv2D(n, 3, padding='same', activation='relu')(x)
    return x


def down(x, n):
    f = double_conv(x, n)
    p = MaxPool2D(2)(f)
    p = Dropout(0.3)(p)
    return f, p


def up(x, skip, n):
    x = Conv2DTranspose(n, 3, 2, padding='same')(x)
    x = concatenate([x, skip])
    x = Dropout(0.3)(x)
    return double_conv(x, n)


def build_unet(shape=(128, 128, 3), depth=4, base=16):
    inputs = Input(shape)
    skips = []
    x = inputs
    for d in range(depth):
        f, x = down(x, base * 2 ** d)
        skips.append(f)
    x = double_conv(x, base * 2 ** depth)
    for d, skip in zip(reversed(range(depth)), skips[::-1]):
        x = up(x, skip, base * 2 ** d)
    outputs = Conv2D(1, 1, padding='same', activation='sigmoid')(x)
    return Model(inputs, outputs, name='unet')


unet = build_unet()
unet.compile('adam', 'binary_crossentropy')
