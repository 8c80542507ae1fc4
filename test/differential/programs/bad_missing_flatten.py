import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Dense

model = Sequential()
model.add(Conv2D(8, 3, activation="relu", input_shape=(28, 28, 1)))
model.add(MaxPooling2D())
model.add(Dense(10, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
x = np.random.rand(16, 28, 28, 1)
y = np.random.randint(0, 10, 16)
model.fit(x, y, verbose=0)
