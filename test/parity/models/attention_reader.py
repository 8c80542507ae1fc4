import keras
from keras import layers

question = keras.Input((6,), dtype="int32", name="question")
text = keras.Input((15,), dtype="int32", name="text")
embed = layers.Embedding(20, 8, mask_zero=True)
q = layers.LSTM(7, return_sequences=True)(embed(question))
t = layers.Bidirectional(layers.LSTM(7, return_sequences=True), merge_mode="ave")(embed(text))
read = layers.Attention(use_scale=True)([q, t])
seen = layers.AdditiveAttention()([q, t])
x = layers.LayerNormalization()(layers.Add()([q, read, seen]))
x = layers.GRU(6)(x)
model = keras.Model([question, text], layers.Dense(3)(x))
