import keras


def make(units):
    return keras.Sequential([keras.Input((20,)), keras.layers.Dense(units)])
