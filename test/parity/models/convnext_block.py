import keras

base = keras.applications.ConvNeXtTiny(weights=None, include_top=False, input_shape=(32, 32, 3))
model = keras.Model(base.input, base.get_layer("convnext_tiny_stage_0_block_1_identity").output)
