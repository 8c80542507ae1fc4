import keras
from keras import layers

inputs = keras.Input((12, 16))
x = inputs
for _ in range(2):
    attended = layers.MultiHeadAttention(num_heads=4, key_dim=4, dropout=0.1)(x, x)
    x = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, layers.Dropout(0.1)(attended)]))
    feed = keras.Sequential([layers.Dense(32, activation="gelu"), layers.Dense(16)])(x)
    x = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, layers.Dropout(0.1)(feed)]))
outputs = layers.Dense(3, activation="softmax")(layers.GlobalAveragePooling1D()(x))
model = keras.Model(inputs, outputs)
