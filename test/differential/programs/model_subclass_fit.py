import numpy as np
import tensorflow as tf


class Classifier(tf.keras.Model):
    def __init__(self, hidden=(32, 16), classes=3):
        super().__init__()
        self.hidden = [tf.keras.layers.Dense(h, activation="relu") for h in hidden]
        self.drop = tf.keras.layers.Dropout(0.2)
        self.out = tf.keras.layers.Dense(classes, activation="softmax")

    def call(self, x, training=False):
        for layer in self.hidden:
            x = layer(x)
        if training:
            x = self.drop(x, training=training)
        return self.out(x)


X = np.random.randn(40, 8).astype(np.float32)
y = np.random.randint(0, 3, size=40)
clf = Classifier()
clf.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
clf.fit(X, y, batch_size=10, epochs=1, verbose=0)
probs = clf.predict(X, verbose=0)
pred = probs.argmax(axis=-1)
acc = np.mean(pred == y)
