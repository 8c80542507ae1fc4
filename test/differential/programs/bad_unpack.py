import keras
from keras.layers import LSTM

x = keras.Input((5, 3))
out, h, c = LSTM(4)(x)
