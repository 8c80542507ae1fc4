"""A classifier of small pictures, built by functions: what a block does, the loop decides."""
import keras
from keras import layers

FILTERS = [16, 32, 64]


def block(x, filters, stride=1):
    '''Two convolutions, and a way around them: "x" itself if it fits.'''
    shortcut = x
    x = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, strides=stride)(shortcut)
    return layers.Add()([x, shortcut])


inputs = keras.Input(shape=(32, 32, 3), name="image")
x = layers.Rescaling(1.0 / 255)(inputs)
for i, filters in enumerate(FILTERS):
    x = block(x, filters, stride=1 if i == 0 else 2)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10, activation="softmax", name=f"class_{len(FILTERS)}")(x)
model = keras.Model(inputs, outputs)
model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
probe = model(keras.ops.ones((4, 32, 32, 3)))
