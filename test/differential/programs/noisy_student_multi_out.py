import numpy as np
import keras
from keras.layers import Dense, Input, Dropout
from keras.models import Model

inputs = Input(shape=(16,))
h = Dense(32, "relu")(inputs)
h = Dropout(0.5)(h, training=True)
mean, logvar = [Dense(4, name=n)(h) for n in ("mean", "logvar")]
outputs = {"mean": mean, "logvar": logvar}
model = Model(inputs=inputs, outputs=[mean, logvar])
model.compile(loss=["mse", "mae"], optimizer=keras.optimizers.Adam(learning_rate=1e-3), loss_weights=[1, 0.5])
x = np.random.normal(size=(20, 16))
hist = model.fit(x, [np.zeros((20, 4)), np.ones((20, 4))], verbose=0)
mu, lv = model.predict(x, verbose=0)
spread = np.exp(0.5 * lv)
both = np.stack([mu, spread], axis=0)
m2 = Model(inputs, outputs)
named = m2(x)
