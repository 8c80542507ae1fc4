import numpy as np
import tensorflow as tf

BATCH = 16
xs = np.random.rand(100, 24, 24, 3).astype("float32")
ys = np.random.randint(0, 4, 100)
ds = tf.data.Dataset.from_tensor_slices((xs, ys))
ds = ds.shuffle(100).batch(BATCH).prefetch(tf.data.AUTOTUNE)
for images, labels in ds.take(1):
    print(images.shape, labels.shape)
model = tf.keras.Sequential(
    [
        tf.keras.layers.Rescaling(1.0 / 255, input_shape=(24, 24, 3)),
        tf.keras.layers.Conv2D(8, 3, activation="relu"),
        tf.keras.layers.MaxPooling2D(),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(4),
    ]
)
model.compile(
    optimizer="adam",
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(ds, epochs=1, verbose=0)
scores = model.predict(ds, verbose=0)
batch_scores = model(images)
probabilities = tf.nn.softmax(batch_scores)
