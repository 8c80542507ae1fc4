from tensorflow.keras.layers import Input, Permute, Dense

x = Input((10, 20))
y = Permute((2, 3, 1))(x)
