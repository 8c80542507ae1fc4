"""A residual network for small images, built from helper functions."""

import os
from functools import partial

import keras
import numpy as np
from keras import layers, regularizers
from keras.layers import (
    Activation,
    Add,
    BatchNormalization,
    Conv2D,
    Dense,
    GlobalAveragePooling2D,
    Input,
)

INPUT_SHAPE = (32, 32, 3)
NUM_CLASSES = 10
WEIGHT_DECAY = 1e-4
DEPTHS = {"small": [2, 2, 2], "large": [5, 5, 5]}

conv = partial(
    Conv2D,
    padding="same",
    use_bias=False,
    kernel_initializer="he_normal",
    kernel_regularizer=regularizers.L2(WEIGHT_DECAY),
)


def conv_block(x, filters, kernel_size=3, strides=1, activation="relu", *, name=None):
    """Convolution, normalization, activation.

    The bias is left out: the normalization has one of its own.
    """
    x = conv(filters, kernel_size, strides=strides, name=name and f"{name}_conv")(x)
    x = BatchNormalization(axis=-1, name=name and f"{name}_bn")(x)
    if activation is not None:
        x = Activation(activation)(x)
    return x


def residual_block(x, filters, stride=1):
    shortcut = x
    y = conv_block(x, filters, strides=stride)
    y = conv_block(y, filters, activation=None)

    # The shortcut needs a projection when the shapes differ.
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = conv(filters, 1, strides=stride)(shortcut)
        shortcut = BatchNormalization()(shortcut)

    y = Add()([shortcut, y])
    return Activation("relu")(y)


def stack(x, filters, blocks, first_stride):
    x = residual_block(x, filters, first_stride)
    for _ in range(1, blocks):
        x = residual_block(x, filters)
    return x


def build_resnet(size="small", classes=NUM_CLASSES, include_top=True):
    if size not in DEPTHS:
        raise ValueError(f"Unknown size {size!r}, expected one of {sorted(DEPTHS)}")
    inputs = Input(shape=INPUT_SHAPE)
    x = conv_block(inputs, 16)
    for index, blocks in enumerate(DEPTHS[size]):
        filters = 16 * 2**index
        x = stack(x, filters, blocks, first_stride=1 if index == 0 else 2)
    if include_top:
        x = GlobalAveragePooling2D()(x)
        x = Dense(classes, activation="softmax")(x)
    elif classes:
        x = layers.Dropout(0.5)(x)
    else:
        pass
    return keras.Model(inputs, x, name=f"resnet_{size}")


def load():
    (x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
    x_train, x_test = (a.astype("float32") / 255.0 for a in (x_train, x_test))
    mean = np.mean(x_train, axis=(0, 1, 2), keepdims=True)
    return (x_train - mean, y_train), (x_test - mean, y_test)


if __name__ == "__main__":
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    model = build_resnet("small")
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.1, momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    (x_train, y_train), validation = load()
    history = model.fit(x_train, y_train, batch_size=128, epochs=5, validation_data=validation)
    best = max(history.history["val_accuracy"]); print(f"best: {best:.3f}")
    loss, *others = model.evaluate(*validation, verbose=0)
