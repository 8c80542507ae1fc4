import numpy as np
import keras
from keras import layers

data_augmentation = keras.Sequential(
    [
        layers.RandomFlip("horizontal", input_shape=(64, 64, 3)),
        layers.RandomRotation(0.1),
        layers.RandomZoom(0.1),
    ]
)
model = keras.Sequential(
    [
        data_augmentation,
        layers.Resizing(48, 48),
        layers.Rescaling(1.0 / 255),
        layers.CenterCrop(40, 40),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(5, name="outputs"),
    ]
)
images = np.random.randint(0, 255, (2, 64, 64, 3)).astype("float32")
augmented = data_augmentation(images)
logits = model(images)
