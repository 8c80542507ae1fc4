import keras
from keras import layers

x = keras.Input((5, 3))
y = layers.RNN([layers.LSTMCell(4), layers.GRUCell(3), layers.LSTMCell(2)], return_sequences=True)(x)
y = layers.Bidirectional(layers.RNN(layers.GRUCell(3), return_sequences=True))(y)
y = layers.RNN(layers.StackedRNNCells([layers.SimpleRNNCell(4), layers.LSTMCell(3)]))(y)
model = keras.Model(x, y)
