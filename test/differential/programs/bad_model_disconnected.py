from keras import Input, Model
from keras.layers import Dense, Concatenate

a = Input((3,))
b = Input((4,))
c = Concatenate()([a, b])
m = Model(a, Dense(2)(c))
