from keras import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Dropout, InputLayer

cfg = {
    "A": [64, "M", 128, "M", 256, 256, "M"],
    "B": [64, 64, "M", 128, 128, "M"],
}


def vgg(name, classes=10, size=32):
    model = Sequential()
    model.add(InputLayer(shape=(size, size, 3)))
    for v in cfg[name]:
        if v == "M":
            model.add(MaxPooling2D(2, 2))
        else:
            model.add(Conv2D(v, 3, padding="same", activation="relu"))
    model.add(Flatten())
    model.add(Dense(512, activation="relu"))
    model.add(Dropout(0.5))
    model.add(Dense(classes, activation="softmax"))
    return model


models = {name: vgg(name) for name in cfg}
small = vgg("B", classes=3, size=16)
