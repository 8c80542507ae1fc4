import keras
from keras import layers, ops


class AdditiveAttentionPool(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.W = layers.Dense(units)
        self.V = layers.Dense(1)

    def call(self, hidden):
        score = ops.tanh(self.W(hidden))
        weights = ops.softmax(self.V(score), axis=1)
        context = ops.sum(weights * hidden, axis=1)
        return context, weights


inputs = keras.Input(shape=(50,), dtype="int32")
x = layers.Embedding(1000, 32, mask_zero=True)(inputs)
x = layers.GRU(64, return_sequences=True)(x)
context, weights = AdditiveAttentionPool(16)(x)
q = layers.Dense(64)(context)
q = ops.expand_dims(q, axis=1)
att = layers.MultiHeadAttention(4, 16)(q, x)
flat = layers.Flatten()(att)
outputs = layers.Dense(3)(flat)
model = keras.Model(inputs, [outputs, weights])
