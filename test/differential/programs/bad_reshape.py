from tensorflow.keras import Input, Model, layers

inp = Input(shape=(100,))
x = layers.Dense(7 * 7 * 32)(inp)
x = layers.Reshape((7, 7, 64))(x)
x = layers.Conv2DTranspose(1, 3)(x)
m = Model(inp, x)
