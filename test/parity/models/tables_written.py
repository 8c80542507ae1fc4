import keras
import numpy as np
from keras import layers

tables = []


def table(rows=0):
    made = np.zeros((rows, 4) if rows else 4, "float32")
    tables.append(made)
    return made


# Another name of it, an attribute, an entry, an argument, a default
a = table()
b = a
b[0] = 1


class Holder:
    def __init__(self):
        self.held = table()

    def put(self, value):
        held = self.held
        held[1] = value


holder = Holder()
holder.put(9)
holder.held[2] -= 2
entry = {"w": table()}
for value in entry.values():
    value[2] = 4


def put(into, at=tables[0]):
    into[0] = 5
    into += 1
    at[3] = 8
    return into


put(table())[1] = 2

# Views: slices, rows, turned and reshaped ones, and views of views
m = table(2)
low = m[:, 1:3]
low[0] = 3
low *= 2
m[1, 2] += 7
for k, row in enumerate(table(2)):
    row[k] = 1
    row += k
table(2).T[0] = 3
table(2).reshape(-1)[1] = 2
np.squeeze(table()[None])[1] = 2
np.swapaxes(table(2), 0, 1)[3, 1] = 2
np.moveaxis(table(2), 0, 1)[3, 0] = 2
np.flip(table())[0] = 2
np.split(table(2), 2)[1][0][2] = 6
np.atleast_2d(table())[0, 1] = 3
np.asarray(table())[2] = 1
table().view()[0] = 2
table().astype("float32", copy=False)[0] = 2
first, second = table(2)
second[:] = np.arange(4)
first[::2] = second[1::2]

# In place: by methods, functions and operators
table().fill(2)
np.copyto(table(), 3)
np.add(table(), np.arange(4), out=tables[-1])
drawn = table()
drawn[:] = [3, 1, 2, 0]
drawn.sort()
drawn[drawn > 2] = -1

# Copies: what is written into them stays there
c = table()
for copy in (c.copy(), np.array(c), c + 0, c[[0, 1]], c[c > -1], c.flatten(), c.astype("float32"), c.T.reshape(-1) + 0):
    copy += 5
sums = np.concatenate(tables[:2])
tables[0][1] = 6
tables.append(sums[:4])
tables.append(np.mean([tables[0], tables[1]], axis=0))
tables.append(np.arange(8).reshape(4, 2).astype("float32").ravel(order="F")[2:6])
tables.append(np.split(np.arange(8).astype("float32"), 2)[1])
tables.append(np.arange(8).astype("float32")[[5, 0, 2, 2]])

# Positions, as people fill them in
place = np.arange(6)[:, None] * np.exp(np.arange(0, 4, 2) * -(np.log(10000.0) / 4))
positions = np.zeros((6, 4))
positions[:, 0::2] = np.sin(place)
positions[:, 1::2] = np.cos(place)
tables.append(positions[3].astype("float32"))


class Table(layers.Layer):
    def __init__(self, own):
        super().__init__()
        self.own = own

    def call(self, x):
        return x + self.own


i = keras.Input((2, 4))
model = keras.Model(i, [Table(it)(i) for it in tables])
