from keras import layers

d = layers.Dropout(25)
