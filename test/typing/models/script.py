import os
from functools import partial

try:
    import tensorflow as tf
    from tensorflow.keras import Input, Model, layers as L
except ImportError as error:
    raise SystemExit("needs TensorFlow") from error

Conv = partial(L.Conv1D, kernel_size=3, padding="same", activation="relu")
KIND = os.environ.get("KIND", "small")
sizes = {"small": (8, 16), "large": (64, 128)}["small"]

text = """def f(x):
    return Dense(
"""

with tf.name_scope("features"):
    signal = Input(shape=(128, 2))
    features = [Conv(n)(signal) for n in sizes]
    joined = L.Concatenate()(features)

pools = {
    "mean": L.GlobalAveragePooling1D()(joined),
    "max": L.GlobalMaxPooling1D()(joined),
}
x = L.concatenate([pools[key] for key in sorted(pools)])

scale = lambda t, by=2.0: t * by
x = scale(x); x = L.Dense(24)(x)
while x.shape[-1] > 6:
    x = L.Dense(x.shape[-1] // 2)(x)

match len(sizes):
    case 1:
        outputs = L.Dense(1)(x)
    case 2 | 3:
        outputs = L.Dense(3, activation="softmax")(x)
    case _:
        raise ValueError(f"no {sizes}")

model = Model(signal, outputs)
result = model(tf.random.normal((2, 128, 2)))
