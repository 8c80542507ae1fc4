# 3 confirmed, 4 not reached
# ending: the program raises ValueError at line 7: Input 0 with name 'None' of layer 'conv2d' is incompatible
import keras
from keras import layers

sequence = layers.LSTM(4, return_sequences=True)(keras.Input((8, 3)))
image = layers.Conv2D(3, 3)(sequence)
after = layers.Dense(3)(image)
