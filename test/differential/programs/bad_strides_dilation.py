from keras import layers, Input

x = Input((32, 32, 3))
y = layers.Conv2D(8, 3, strides=2, dilation_rate=2)(x)
