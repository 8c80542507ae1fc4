import keras

x = keras.Input((None, None, 3))
y = keras.layers.Conv2D(4, 3)(x)
y = keras.layers.Flatten()(y)
y = keras.layers.Dense(10)(y)
