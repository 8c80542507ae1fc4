import keras
from keras import layers


class UNetSmall(keras.Model):
    def __init__(self, shape=(32, 32, 1), filters=(8, 16), **kwargs):
        inputs = keras.Input(shape)
        x = inputs
        skips = []
        for f in filters:
            x = layers.Conv2D(f, 3, padding="same", activation="relu")(x)
            skips.append(x)
            x = layers.MaxPooling2D()(x)
        for f in reversed(filters):
            x = layers.UpSampling2D()(x)
            x = layers.Concatenate()([x, skips.pop()])
            x = layers.Conv2D(f, 3, padding="same", activation="relu")(x)
        outputs = layers.Conv2D(1, 1)(x)
        super().__init__(inputs=inputs, outputs=outputs, **kwargs)


m = UNetSmall()
features = keras.Model(m.input, m.layers[3].output)
