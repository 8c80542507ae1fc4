import tensorflow as tf
from tensorflow.keras import layers, Model, Input


def conv_bn(x, filters, kernel_size=3, strides=1, activation=True):
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    if activation:
        x = layers.ReLU()(x)
    return x


def residual_block(x, filters, stride=1):
    shortcut = x
    y = conv_bn(x, filters, strides=stride)
    y = conv_bn(y, filters, activation=False)
    if stride != 1 or x.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=stride, use_bias=False)(shortcut)
        shortcut = layers.BatchNormalization()(shortcut)
    out = layers.Add()([y, shortcut])
    return layers.Activation("relu")(out)


def build_resnet(input_shape=(32, 32, 3), num_classes=10, blocks=(2, 2, 2)):
    inputs = Input(shape=input_shape)
    x = conv_bn(inputs, 16)
    for i, n in enumerate(blocks):
        filters = 16 * 2**i
        for j in range(n):
            x = residual_block(x, filters, stride=2 if j == 0 and i > 0 else 1)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return Model(inputs, outputs, name="resnet")


model = build_resnet()
bigger = build_resnet((64, 64, 3), num_classes=100, blocks=(1, 1))
y = model(tf.random.normal((2, 32, 32, 3)))
