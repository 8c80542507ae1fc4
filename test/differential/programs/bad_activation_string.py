from keras import layers, Sequential

model = Sequential([
    layers.Input((4,)),
    layers.Dense(8, activation="rellu"),
])
