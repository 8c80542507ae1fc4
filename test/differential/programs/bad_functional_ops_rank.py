import keras
from keras import ops

x = keras.Input((8, 4))
y = ops.reshape(x, (-1, 16))
z = ops.matmul(x, ops.ones((5, 3)))
