import keras

base = keras.applications.InceptionResNetV2(weights=None, include_top=False, input_shape=(75, 75, 3))
model = keras.Model(base.input, base.get_layer("block35_2_ac").output)
