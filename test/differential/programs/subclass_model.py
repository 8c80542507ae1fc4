import tensorflow as tf


class ResBlock(tf.keras.layers.Layer):
    def __init__(self, filters, downsample=False):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, strides=2 if downsample else 1, padding="same")
        self.bn1 = tf.keras.layers.BatchNormalization()
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, padding="same")
        self.bn2 = tf.keras.layers.BatchNormalization()
        self.downsample = None
        if downsample:
            self.downsample = tf.keras.Sequential(
                [tf.keras.layers.Conv2D(filters, 1, strides=2), tf.keras.layers.BatchNormalization()]
            )

    def call(self, x, training=None):
        identity = x
        out = tf.nn.relu(self.bn1(self.conv1(x), training=training))
        out = self.bn2(self.conv2(out), training=training)
        if self.downsample is not None:
            identity = self.downsample(x)
        return tf.nn.relu(out + identity)


class MyNet(tf.keras.Model):
    def __init__(self, num_classes=10):
        super(MyNet, self).__init__()
        self.stem = tf.keras.layers.Conv2D(16, 3, padding="same", activation="relu")
        self.blocks = [ResBlock(16), ResBlock(32, downsample=True), ResBlock(64, downsample=True)]
        self.pool = tf.keras.layers.GlobalAveragePooling2D()
        self.classifier = tf.keras.layers.Dense(num_classes)

    def call(self, inputs, training=False):
        x = self.stem(inputs)
        for block in self.blocks:
            x = block(x, training=training)
        x = self.pool(x)
        return self.classifier(x)


net = MyNet()
net.build(input_shape=(None, 32, 32, 3))
logits = net(tf.zeros([4, 32, 32, 3]))
net.summary()
