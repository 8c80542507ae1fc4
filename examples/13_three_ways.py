# Three ways from (4, 3) to (4, 5) with the same shapes and three prices: each step alone, all steps at once, in order.
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import LSTM, Dense, Flatten, Reshape

inputs = Input(shape=(4, 3))

each_step = Dense(5)(inputs)

flat = Flatten()(inputs)
all_steps = Dense(20)(flat)
all_steps = Reshape((4, 5))(all_steps)

in_order = LSTM(5, return_sequences=True)(inputs)

model = Model(inputs, [each_step, all_steps, in_order])
