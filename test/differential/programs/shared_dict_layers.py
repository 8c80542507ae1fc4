from keras import Input, Model
from keras.layers import Dense, Embedding, Flatten, Dot, Concatenate, Add
import numpy as np

n_users, n_items, k = 100, 50, 8
params = {"user": n_users, "item": n_items}
inputs = {name: Input(shape=(1,), name=name) for name in params}
embeddings = {name: Embedding(size, k, name=f"{name}_embedding") for name, size in params.items()}
biases = {name: Embedding(size, 1, name=f"{name}_bias") for name, size in params.items()}
vectors = [Flatten(name=name + "_flat")(embeddings[name](inputs[name])) for name in params]
bias = [Flatten()(biases[name](inputs[name])) for name in params]
dot = Dot(axes=1)(vectors)
score = Add()([dot] + bias)
mlp = Concatenate()(vectors)
for i, units in enumerate([32, 16], start=1):
    mlp = Dense(units, activation="relu", name=f"mlp_{i}")(mlp)
out = Dense(1, activation="sigmoid")(Concatenate(axis=-1)([score, mlp]))
model = Model(inputs=list(inputs.values()), outputs=out)
model.compile("adam", "mse")
users = np.random.randint(0, n_users, (64, 1))
items = np.random.randint(0, n_items, (64, 1))
model.fit([users, items], np.random.rand(64), batch_size=32, verbose=0)
