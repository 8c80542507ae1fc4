import keras
from keras import layers

frames = keras.Sequential(
    [
        layers.Input((16, 16, 3)),
        layers.SeparableConv2D(6, 3, activation="relu"),
        layers.DepthwiseConv2D(3, strides=2),
        layers.PReLU(shared_axes=[1, 2]),
        layers.AveragePooling2D(2),
        layers.Flatten(),
    ]
)
clip = keras.Input((4, 16, 16, 3))
x = layers.TimeDistributed(frames)(clip)
x = layers.GRU(10)(x)
model = keras.Model(clip, layers.Dense(2)(x))
