import keras
import keras.layers as L


def inception_module(x, f1, f3r, f3, f5r, f5, fp):
    b1 = L.Conv2D(f1, (1, 1), padding="same", activation="relu")(x)
    b3 = L.Conv2D(f3r, (1, 1), padding="same", activation="relu")(x)
    b3 = L.Conv2D(f3, (3, 3), padding="same", activation="relu")(b3)
    b5 = L.Conv2D(f5r, (1, 1), padding="same", activation="relu")(x)
    b5 = L.Conv2D(f5, (5, 5), padding="same", activation="relu")(b5)
    bp = L.MaxPooling2D((3, 3), strides=(1, 1), padding="same")(x)
    bp = L.Conv2D(fp, (1, 1), padding="same", activation="relu")(bp)
    return L.concatenate([b1, b3, b5, bp], axis=-1)


CONFIG = [
    dict(f1=64, f3r=96, f3=128, f5r=16, f5=32, fp=32),
    dict(f1=128, f3r=128, f3=192, f5r=32, f5=96, fp=64),
]
inp = L.Input(shape=(64, 64, 3))
x = L.Conv2D(64, 7, strides=2, padding="same", activation="relu")(inp)
x = L.MaxPooling2D(3, strides=2, padding="same")(x)
for cfg in CONFIG:
    x = inception_module(x, **cfg)
x = L.AveragePooling2D(7)(x)
x = L.Flatten()(x)
x = L.Dropout(0.4)(x)
out = L.Dense(5, activation="softmax")(x)
model = keras.Model(inp, out)
