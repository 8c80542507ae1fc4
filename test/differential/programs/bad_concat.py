import keras
from keras import layers

a = keras.Input((32, 32, 8))
b = layers.MaxPooling2D()(a)
c = layers.Concatenate()([a, b])
model = keras.Model(a, c)
