import tensorflow as tf
import numpy as np

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
a = tf.reshape(x, [-1])
b = tf.tile(x, [2, 2])
c = tf.one_hot([0, 2, 1], depth=4)
d = tf.gather(b, [0, 3], axis=0)
e = tf.concat([x, x], axis=1)
f, g = tf.split(e, 2, axis=1)
h = tf.einsum("ij,kj->ik", f, g)
i = tf.squeeze(tf.expand_dims(h, 0))
j = tf.argmax(x, axis=1)
k = tf.reduce_max(x, axis=-1, keepdims=True)
l = tf.where(x > 2.0, x, tf.zeros_like(x))
m = tf.pad(x, [[1, 1], [2, 0]])
n = tf.transpose(tf.random.uniform((2, 3, 4)))
o = tf.linalg.matmul(n, n, transpose_a=True)
p = tf.cast(j, tf.float32) * 2
q = tf.range(10)[2:8:2]
r = tf.unstack(x, axis=1)
s = tf.math.top_k(x, k=2)
t = tf.boolean_mask(x, x > 2)
u = tf.tensordot(x, tf.ones((3, 5, 2)), axes=1)
v = tf.sequence_mask([1, 3], 4)
w = np.linspace(0, 1, 7).reshape(-1, 1) @ np.ones((1, 2))
y = np.vstack([w, w]).T[:, ::3]
z = tf.stack([tf.shape(x)[0], 5])
