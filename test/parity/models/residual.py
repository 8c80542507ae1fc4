import keras
from keras import layers


def block(x, filters, stride):
    shortcut = x
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    y = layers.Activation("relu")(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    if stride != 1 or x.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([y, shortcut]))


inputs = keras.Input((32, 32, 3))
x = layers.ZeroPadding2D(3)(inputs)
x = layers.Conv2D(8, 7, strides=2)(x)
x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
for filters, stride in [(8, 1), (16, 2), (24, 2)]:
    x = block(x, filters, stride)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(5)(layers.Dropout(0.3)(x))
model = keras.Model(inputs, outputs)
