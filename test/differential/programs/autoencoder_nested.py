from tensorflow.keras.layers import Input, Dense
from tensorflow.keras.models import Model, Sequential
import numpy as np

encoding_dim = 32
input_img = Input(shape=(784,))
encoded = Dense(encoding_dim, activation="relu")(input_img)
decoded = Dense(784, activation="sigmoid")(encoded)
autoencoder = Model(input_img, decoded)
encoder = Model(input_img, encoded)
encoded_input = Input(shape=(encoding_dim,))
decoder_layer = autoencoder.layers[-1]
decoder = Model(encoded_input, decoder_layer(encoded_input))
autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
x_train = np.random.rand(64, 28, 28).astype("float32") / 255.0
x_train = x_train.reshape((len(x_train), np.prod(x_train.shape[1:])))
autoencoder.fit(x_train, x_train, epochs=1, batch_size=32, shuffle=True, verbose=0)
encoded_imgs = encoder.predict(x_train, verbose=0)
decoded_imgs = decoder.predict(encoded_imgs, verbose=0)
stacked = Sequential([encoder, decoder])
clf = Sequential()
clf.add(encoder)
clf.add(Dense(10, activation="softmax"))
