from keras.layers import Input, Conv2D, MaxPooling2D, UpSampling2D, concatenate
from keras.models import Model

inputs = Input((100, 100, 1))
c1 = Conv2D(8, 3, activation="relu", padding="same")(inputs)
p1 = MaxPooling2D((2, 2))(c1)
c2 = Conv2D(16, 3, activation="relu", padding="same")(p1)
p2 = MaxPooling2D((2, 2))(c2)
c3 = Conv2D(32, 3, activation="relu", padding="same")(p2)
p3 = MaxPooling2D((2, 2))(c3)
c4 = Conv2D(64, 3, activation="relu", padding="same")(p3)
u3 = concatenate([UpSampling2D((2, 2))(c4), c3], axis=3)
u2 = concatenate([UpSampling2D((2, 2))(u3), c2], axis=3)
model = Model(inputs, u2)
