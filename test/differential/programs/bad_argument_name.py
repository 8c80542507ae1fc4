from keras.layers import Dense, Input, Conv1D
from keras.models import Model

inputs = Input(shape=(16,))
x = Dense(units=8, activations="relu")(inputs)
model = Model(inputs, x)
