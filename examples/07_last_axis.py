# Dense works on the last axis only. Nothing is flattened: both rows of three share one kernel of 3 x 4.
import keras
from keras.layers import Dense

inputs = keras.Input((2, 3))
outputs = Dense(4)(inputs)
model = keras.Model(inputs, outputs)
