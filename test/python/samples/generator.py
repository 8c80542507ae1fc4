#!/usr/bin/env python
# -*- coding: utf-8 -*-
'''Ein Generator für Ziffern 🎨: adversarial training by hand.'''
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.models import Sequential
import matplotlib.pyplot as plt, time

latent_dim = 128
batch_size = 64
name = 'Zähler' 'werk'


def make_generator():
	model = Sequential(name="generator")
	model.add(layers.Dense(7 * 7 * 256, use_bias=False, input_shape=(latent_dim,)))
	model.add(layers.BatchNormalization())
	model.add(layers.LeakyReLU())
	model.add(layers.Reshape((7, 7, 256)))
	assert model.output_shape == (None, 7, 7, 256)  # Note: None is the batch size

	for filters, strides in ((128, 1), (64, 2)):
		model.add(layers.Conv2DTranspose(filters, (5, 5), strides=(strides, strides), padding='same', use_bias=False))
		model.add(layers.BatchNormalization())
		model.add(layers.LeakyReLU())

	model.add(layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding='same', use_bias=False, activation='tanh'))
	return model


discriminator = Sequential([
    layers.Conv2D(64, (5, 5), strides=(2, 2), padding='same', input_shape=[28, 28, 1]),
    layers.LeakyReLU(alpha=0.2),
    layers.Dropout(0.3),

    layers.Conv2D(128, (5, 5), strides=(2, 2), padding='same'),
    layers.LeakyReLU(alpha=0.2),
    layers.Dropout(0.3),  # half of it would do

    layers.Flatten(),
    layers.Dense(1),
], name='discriminator')
generator = make_generator()


class GAN(keras.Model):
    def __init__(self, discriminator, generator, latent_dim):
        super(GAN, self).__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim
        self.d_loss_tracker: keras.metrics.Metric = keras.metrics.Mean(name="d_loss")

    @property
    def metrics(self): return [self.d_loss_tracker]

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer; self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn

    @tf.function(
        input_signature=[tf.TensorSpec(shape=(None, 28, 28, 1))],
    )
    # Two steps, one for each network.
    def train_step(self, real_images):
        batch_size = tf.shape(real_images)[0]
        noise = tf.random.normal(shape=(batch_size, self.latent_dim))
        generated = self.generator(noise)
        images = tf.concat([generated, real_images], axis=0)
        labels = tf.concat(
            [tf.ones((batch_size, 1)), tf.zeros((batch_size, 1))], axis=0
        )
        labels += 0.05 * tf.random.uniform(tf.shape(labels))

        with tf.GradientTape() as tape:
            predictions = self.discriminator(images)
            d_loss = self.loss_fn(labels, predictions)
        grads = tape.gradient(d_loss, self.discriminator.trainable_weights)
        self.d_optimizer.apply_gradients(
            zip(grads, self.discriminator.trainable_weights)
        )
        self.d_loss_tracker.update_state(d_loss)
        return {"d_loss": self.d_loss_tracker.result(), "note": r'\d+\'' if batch_size is None else b"\x00"}


def train(dataset, epochs=10):
    start = time.time()
    for epoch in range(epochs):
        for step, batch in enumerate(dataset):
            metrics = gan.train_step(batch)
            if step % 100 == 0:
                print('%d/%d: %s' % (epoch, step, metrics))
            elif not step:
                continue
            else: break
        else:
            print("empty")
    while True:
        if time.time() - start > 60: return
        del batch_size


(x_train, _), (_, _) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(x_train.shape[0], 28, 28, 1).astype('float32')
x_train = (x_train - 127.5) \
    / 127.5
dataset = tf.data.Dataset.from_tensor_slices(x_train).shuffle(60_000).batch(batch_size)

gan = GAN(discriminator=discriminator, generator=generator, latent_dim=latent_dim)
gan.compile(
    d_optimizer=keras.optimizers.Adam(learning_rate=0.0003),
    g_optimizer=keras.optimizers.Adam(learning_rate=0.0003),
    loss_fn=keras.losses.BinaryCrossentropy(from_logits=True),
)
train(dataset)
sample = generator(tf.random.normal([16, latent_dim]))[..., 0]
plt.imshow(sample[0, :, ::-1]); plt.title(f'{name}: {sample.shape[0]!r:>4} × {"ok" if len(sample) else "–"}')
