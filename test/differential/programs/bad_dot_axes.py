from keras import Input, layers, Model

q = Input((8, 32))
v = Input((10, 24))
s = layers.Dot(axes=-1)([q, v])
m = Model([q, v], s)
