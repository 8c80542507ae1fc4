import keras
from keras import layers

x = inputs = keras.Input((224, 224, 3))
for filters in (64, 64, 128, 128, 256, 256, 256):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
model = keras.Model(inputs, layers.GlobalAveragePooling2D()(x))
