# Fault: a Python loop over the steps of a sequence whose length is not known, in a Lambda. Keras cannot say what comes
# out, and never sees the Dense inside. A Dense on the whole tensor does the same: it is applied to every step.
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, Flatten, Lambda

step = Dense(10)


def every_step(sequence):
    steps = [step(sequence[:, i, :]) for i in range(sequence.shape[1])]
    return tf.stack(steps, axis=1)


inputs = Input((None, 5), ragged=True)
x = Lambda(every_step)(inputs)
x = Flatten()(x)
outputs = Dense(1)(x)
model = Model(inputs, outputs)
