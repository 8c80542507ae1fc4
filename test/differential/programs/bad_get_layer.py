import keras

m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="hidden")])
f = m.get_layer("hiden").output
