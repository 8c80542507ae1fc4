from tensorflow.keras import layers, Model

inputs = layers.Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same")(inputs)
y = layers.Conv2D(32, 3, padding="same")(inputs)
z = layers.Add()([x, y])
model = Model(inputs, z)
