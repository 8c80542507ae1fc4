from tensorflow import keras
from tensorflow.keras import layers

model = keras.Sequential(
    [
        layers.Input((28, 28, 1)),
        layers.Rescaling(1.0 / 255),
        layers.Conv2D(8, 3, activation="relu", padding="same"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Conv2D(16, 3, strides=2, padding="same"),
        layers.LeakyReLU(0.1),
        layers.SpatialDropout2D(0.2),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ]
)
