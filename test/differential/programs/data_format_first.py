import tensorflow as tf
from tensorflow.keras import layers

strides = (2, 1)
x = tf.keras.Input((40, 60, 3), batch_size=4)
y = layers.Conv2D(8, (5, 3), strides=strides)(x)
y = layers.SeparableConv2D(12, 3, padding="same", depth_multiplier=2)(y)
y = layers.DepthwiseConv2D(3, depth_multiplier=3)(y)
y = layers.Cropping2D(((1, 0), (2, 2)))(y)
y = layers.UpSampling2D(size=(2, 3), interpolation="bilinear")(y)
y = layers.AveragePooling2D((3, 2), strides=1, padding="same")(y)
y = layers.Permute((3, 1, 2))(y)
y = layers.GlobalMaxPooling2D(data_format="channels_first")(y)
z = layers.RepeatVector(5)(y)
z = layers.SpatialDropout1D(0.1)(z)
z = layers.GaussianNoise(0.1)(z)
z = layers.UpSampling1D(2)(z)
z = layers.ZeroPadding1D(3)(z)
z = layers.Cropping1D((1, 2))(z)
z = layers.Conv1DTranspose(4, 3, strides=2, padding="same")(z)

model = tf.keras.Model(x, z)
