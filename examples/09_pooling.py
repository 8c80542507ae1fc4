# One prediction for each sample from a sequence: the same Dense at every step, then the mean over the steps.
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, GlobalAveragePooling1D, TimeDistributed

inputs = Input(shape=(10, 3))
x = TimeDistributed(Dense(16))(inputs)
x = GlobalAveragePooling1D()(x)
outputs = Dense(2)(x)
model = Model(inputs, outputs)
model.summary()
