from keras import Input, Model, layers

shared = layers.Dense(8)
a = Input((16,))
b = Input((12,))
m = Model([a, b], [shared(a), shared(b)])
