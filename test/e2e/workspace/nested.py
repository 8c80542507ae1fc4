import keras
from keras import layers


def encoder(size):
    pixels = keras.Input((32, 32, 3), name="pixels")
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(pixels)
    x = layers.Conv2D(64, 3, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(pixels, layers.Dense(size)(x), name="encoder")


left = keras.Input((32, 32, 3), name="left")
right = keras.Input((32, 32, 3), name="right")
embed = encoder(128)
distance = layers.Subtract()([embed(left), embed(right)])
same = layers.Dense(1, activation="sigmoid", name="same")(distance)
siamese = keras.Model([left, right], same, name="siamese")
