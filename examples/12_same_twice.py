# Dense and TimeDistributed(Dense) are the same: the same shape, the same 55 parameters, the same numbers.
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, TimeDistributed

inputs = Input(shape=(50, 10))
plain = Dense(5)(inputs)
wrapped = TimeDistributed(Dense(5))(inputs)
model = Model(inputs, [plain, wrapped])
