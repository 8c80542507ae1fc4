import tensorflow as tf

model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(8, (5, 5), activation='relu', input_shape=(8, 8, 1)),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Conv2D(16, (5, 5), activation='relu'),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10),
])
