import tensorflow as tf

net = tf.keras.Sequential([tf.keras.layers.Conv2D(4, 3), tf.keras.layers.ReLU(), tf.keras.layers.Conv2D(8, 3)])
a = net(tf.zeros((1, 16, 16, 3)))
b = net(tf.zeros((1, 16, 16, 1)))
