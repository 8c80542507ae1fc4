# Layers that are added one by one. The shape of a sample stands in the first of them: 20 steps of 5 features.
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

model = Sequential()
model.add(Dense(10, input_shape=(20, 5)))
model.summary()
