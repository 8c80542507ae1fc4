from tensorflow.keras import backend as K
from tensorflow.keras.layers import Layer, Input, LSTM, Dense, Embedding
from tensorflow.keras.models import Model


class Attention(Layer):
    def __init__(self, return_sequences=False, **kwargs):
        self.return_sequences = return_sequences
        super(Attention, self).__init__(**kwargs)

    def build(self, input_shape):
        self.W = self.add_weight(name="att_weight", shape=(input_shape[-1], 1), initializer="normal")
        self.b = self.add_weight(name="att_bias", shape=(input_shape[1], 1), initializer="zeros")
        super(Attention, self).build(input_shape)

    def call(self, x):
        e = K.tanh(K.dot(x, self.W) + self.b)
        a = K.softmax(e, axis=1)
        output = x * a
        if self.return_sequences:
            return output
        return K.sum(output, axis=1)

    def compute_output_shape(self, input_shape):
        if self.return_sequences:
            return input_shape
        return (input_shape[0], input_shape[-1])


seq = Input(shape=(40,))
e = Embedding(500, 24)(seq)
h = LSTM(20, return_sequences=True)(e)
c = Attention()(h)
out = Dense(2, activation="softmax")(c)
model = Model(seq, out)
