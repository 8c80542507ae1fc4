import keras
from keras import layers
from keras.models import Model, Sequential


def build_cnn(input_shape, num_classes):
    inputs = keras.Input(shape=input_shape)
    x = layers.Rescaling(1.0 / 255)(inputs)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)


def build_unpacked(input_shape, classes=10):
    height, width, channels = input_shape
    inputs = keras.Input((height, width, channels))
    x = layers.Conv2D(channels * 4, 3, padding="same")(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    return Model(inputs, layers.Dense(classes)(x))


def build_by_default(input_shape=(28, 28, 1), units=128, rate=0.5):
    inputs = keras.Input(shape=input_shape)
    x = layers.Conv2D(16, 3)(inputs)
    x = layers.Flatten()(x)
    x = layers.Dense(units)(x)
    x = layers.Dropout(rate)(x)
    return keras.Model(inputs, layers.Dense(units // 2)(x))


def text_classifier(maxlen, vocab_size, embed_dim=32):
    inputs = layers.Input(shape=(maxlen,))
    x = layers.Embedding(vocab_size, embed_dim)(inputs)
    x = layers.Bidirectional(layers.LSTM(embed_dim * 2))(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    return keras.Model(inputs=inputs, outputs=outputs)


def stacked_lstm(timesteps, features, units, depth=2):
    inputs = keras.Input((timesteps, features))
    x = inputs
    for _ in range(depth):
        x = layers.LSTM(units, return_sequences=True)(x)
    x = layers.GRU(units // 2)(x)
    return keras.Model(inputs, layers.Dense(features)(x))


def mlp(num_features, hidden, num_outputs):
    inputs = keras.Input(shape=(num_features,))
    x = inputs
    for units in hidden:
        x = layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(num_outputs)(x))


def sequential(latent_dim, width=7):
    model = Sequential()
    model.add(keras.Input((latent_dim,)))
    model.add(layers.Dense(width * width * 8))
    model.add(layers.Reshape((width, width, 8)))
    model.add(layers.Conv2DTranspose(4, 4, strides=2, padding="same"))
    return model


def listed(size, channels):
    return Sequential(
        [
            keras.Input((size, size, channels)),
            layers.Conv2D(channels * 2, 3, padding="same"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(channels),
        ]
    )


def configured(config):
    inputs = keras.Input((config["length"], config["width"]))
    x = layers.Dense(config["units"])(inputs)
    x = layers.Conv1D(config["units"] * 2, 3, padding="same")(x)
    return keras.Model(inputs, x)


def branches(size, *, wide, narrow):
    a = keras.Input((size,))
    b = keras.Input((size * 2,))
    x = layers.Concatenate()([layers.Dense(wide)(a), layers.Dense(narrow)(b)])
    return keras.Model([a, b], layers.Dense(wide + narrow)(x))


def autoencoder(dim, code):
    inputs = keras.Input((dim,))
    encoded = layers.Dense(code)(layers.Dense(dim // 2)(inputs))
    decoded = layers.Dense(dim)(layers.Dense(dim // 2)(encoded))
    encoder = keras.Model(inputs, encoded)
    return keras.Model(inputs, decoded), encoder


def factory(filters, kernel_size=3):
    def apply(x):
        x = layers.Conv2D(filters, kernel_size, padding="same")(x)
        return layers.BatchNormalization()(x)

    return apply


def unet(size, filters=8):
    inputs = keras.Input((size, size, 3))
    c1 = layers.Conv2D(filters, 3, padding="same")(inputs)
    p1 = layers.MaxPooling2D(2, padding="same")(c1)
    c2 = layers.Conv2D(filters * 2, 3, padding="same")(p1)
    u1 = layers.UpSampling2D(2)(c2)
    return keras.Model(inputs, layers.Conv2D(1, 1)(u1))


def padded(size):
    inputs = keras.Input((size, 4))
    x = layers.ZeroPadding1D(2)(inputs)
    x = layers.Conv1D(8, 3)(x)
    x = layers.Cropping1D(1)(x)
    x = layers.MaxPooling1D(2)(x)
    return layers.Flatten()(x)


def repeated(size, times):
    inputs = keras.Input((size,))
    x = layers.RepeatVector(times)(inputs)
    x = layers.TimeDistributed(layers.Dense(size * 2))(x)
    return layers.Permute((2, 1))(x)


# call: build_cnn((32, 32, 3), 7)
# call: build_cnn((20, 24, 1), 2)
# call: build_unpacked((32, 30, 3))
# call: build_unpacked((12, 30, 5), 4)
# call: build_by_default()
# call: build_by_default(units=50)
# call: text_classifier(20, 100)
# call: text_classifier(20, 100, 8)
# call: stacked_lstm(9, 4, 6)
# call: mlp(4, [8, 6], 3)
# call: sequential(5)
# call: listed(9, 3)
# call: configured({"length": 9, "width": 4, "units": 5})
# call: branches(4, wide=5, narrow=3)
# call: autoencoder(9, 2)
# call: factory(5)(keras.Input((8, 8, 3)))
# call: unet(16)
# call: unet(11, 4)
# call: padded(11)
# call: padded(16)
# call: repeated(5, 3)
