import tensorflow as tf
from tensorflow.keras.layers import Input, Lambda, Dense, Reshape, Flatten
from tensorflow.keras.models import Model
import tensorflow.keras.backend as K


def antirectifier(x, scale=1.0):
    x = x - K.mean(x, axis=1, keepdims=True)
    x = K.l2_normalize(x, axis=1)
    pos = K.relu(x)
    neg = K.relu(-x)
    return K.concatenate([pos * scale, neg], axis=1)


i = Input((12,))
a = Lambda(antirectifier, arguments={"scale": 2.0})(i)
b = Lambda(lambda t: tf.expand_dims(t, -1))(a)
c = Lambda(lambda t: K.permute_dimensions(t, (0, 2, 1)), name="swap")(b)
d = Lambda(lambda ts: ts[0] * ts[1])([a, Flatten()(c)])
e = Lambda(lambda x: tf.image.resize(x, (8, 8)))(Reshape((4, 6, 1))(d))
f = Lambda(lambda x: K.sum(x, axis=[1, 2]))(e)
g = Lambda(lambda z: tf.stack([z, z], axis=1), output_shape=(2, 1))(f)
model = Model(i, Dense(3)(Flatten()(g)))
