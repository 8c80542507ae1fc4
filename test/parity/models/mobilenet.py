import tensorflow as tf
from tensorflow.keras import layers


def inverted_residual(x, expansion, filters, stride, prefix):
    channels = x.shape[-1]
    y = layers.Conv2D(expansion * channels, 1, padding="same", use_bias=False, name=prefix + "expand")(x)
    y = layers.BatchNormalization(epsilon=1e-3, momentum=0.999, name=prefix + "expand_bn")(y)
    y = layers.ReLU(6.0, name=prefix + "expand_relu")(y)
    if stride == 2:
        y = layers.ZeroPadding2D(padding=((0, 1), (0, 1)), name=prefix + "pad")(y)
    y = layers.DepthwiseConv2D(
        3, strides=stride, padding="same" if stride == 1 else "valid", use_bias=False, name=prefix + "depthwise"
    )(y)
    y = layers.BatchNormalization(epsilon=1e-3, name=prefix + "depthwise_bn")(y)
    y = layers.ReLU(6.0, name=prefix + "depthwise_relu")(y)
    squeezed = layers.GlobalAveragePooling2D(keepdims=True, name=prefix + "squeeze")(y)
    gate = layers.Conv2D(y.shape[-1], 1, activation="hard_sigmoid", name=prefix + "gate")(squeezed)
    y = layers.Multiply(name=prefix + "scale")([y, gate])
    y = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=prefix + "project")(y)
    y = layers.BatchNormalization(name=prefix + "project_bn")(y)
    return layers.Add(name=prefix + "add")([x, y]) if stride == 1 and channels == filters else y


image = tf.keras.Input(shape=(32, 32, 3))
x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(layers.Rescaling(1 / 127.5, offset=-1)(image))
for i, (filters, stride) in enumerate([(8, 1), (12, 2), (12, 1), (16, 2)]):
    x = inverted_residual(x, 3, filters, stride, f"block_{i}_")
x = layers.Activation("swish")(x)
x = layers.Dropout(0.2)(layers.GlobalMaxPooling2D()(x))
model = tf.keras.Model(image, layers.Dense(4, activation=tf.nn.softmax)(x))
