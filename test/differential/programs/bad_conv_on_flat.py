import keras

m = keras.Sequential()
m.add(keras.Input((64, 64, 3)))
m.add(keras.layers.Conv2D(8, 3))
m.add(keras.layers.Flatten())
m.add(keras.layers.MaxPooling2D())
