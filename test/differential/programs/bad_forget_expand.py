import tensorflow as tf
from tensorflow.keras import layers, models

model = models.Sequential()
model.add(layers.Conv2D(32, (3, 3), activation="relu", input_shape=(28, 28)))
model.add(layers.Flatten())
model.add(layers.Dense(10))
