# Fault: a TensorFlow function cannot take the symbolic tensor of a functional model on Keras 3. And a second fault
# stands behind the first: (16, 3) holds 48 numbers, which no Reshape makes (10, 16) of.
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Conv1D, Dense, GlobalAveragePooling1D, Reshape

inputs = Input(shape=(10, 3))
x = Reshape((3, 10))(inputs)
x = Conv1D(16, 3, padding="same")(x)
x = tf.transpose(x, perm=[0, 2, 1])
x = Reshape((10, 16))(x)
x = GlobalAveragePooling1D()(x)
outputs = Dense(1)(x)
model = Model(inputs, outputs)
