import keras
from keras import layers, ops

inputs = keras.Input((20, 6))
last = inputs[:, -1, :]
first_half = inputs[:, :10]
second_half = inputs[:, 10:]
diff = first_half - second_half
mean = ops.mean(diff, axis=1)
std = ops.std(inputs, axis=(1,))
features = ops.concatenate([last, mean, std], axis=-1)
scaled = features * 2.0 + 1.0
gated = layers.Dense(18, activation="sigmoid")(scaled) * scaled
t = ops.transpose(inputs, (0, 2, 1))
m = ops.matmul(t, inputs)
flat = ops.reshape(m, (-1, 36))
s = ops.stack([gated, gated], axis=1)
outputs = layers.Dense(3)(layers.Concatenate()([layers.Flatten()(s), flat]))
model = keras.Model(inputs, outputs)
