import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from dataclasses import dataclass


@dataclass
class Config:
    MAX_LEN: int = 64
    VOCAB_SIZE: int = 3000
    EMBED_DIM: int = 32
    NUM_HEAD: int = 4
    FF_DIM: int = 64
    NUM_LAYERS: int = 2


config = Config()


def bert_module(query, key, value, i):
    attention_output = layers.MultiHeadAttention(
        num_heads=config.NUM_HEAD,
        key_dim=config.EMBED_DIM // config.NUM_HEAD,
        name="encoder_{}_multiheadattention".format(i),
    )(query, key, value)
    attention_output = layers.Dropout(0.1, name="encoder_{}_att_dropout".format(i))(attention_output)
    attention_output = layers.LayerNormalization(epsilon=1e-6, name=f"encoder_{i}_att_norm")(query + attention_output)
    ffn = keras.Sequential(
        [layers.Dense(config.FF_DIM, activation="relu"), layers.Dense(config.EMBED_DIM)],
        name="encoder_{}_ffn".format(i),
    )
    ffn_output = ffn(attention_output)
    ffn_output = layers.Dropout(0.1)(ffn_output)
    return layers.LayerNormalization(epsilon=1e-6)(attention_output + ffn_output)


inputs = layers.Input((config.MAX_LEN,), dtype=tf.int64)
word_embeddings = layers.Embedding(config.VOCAB_SIZE, config.EMBED_DIM, name="word_embedding")(inputs)
position_embeddings = layers.Embedding(input_dim=config.MAX_LEN, output_dim=config.EMBED_DIM)(
    keras.ops.arange(start=0, stop=config.MAX_LEN, step=1)
)
embeddings = word_embeddings + position_embeddings
encoder_output = embeddings
for i in range(config.NUM_LAYERS):
    encoder_output = bert_module(encoder_output, encoder_output, encoder_output, i)
mlm_output = layers.Dense(config.VOCAB_SIZE, name="mlm_cls", activation="softmax")(encoder_output)
model = keras.Model(inputs, mlm_output, name="masked_bert_model")
pretrained = keras.Model(model.input, model.get_layer("encoder_1_ffn").output)
pooled = layers.GlobalMaxPooling1D()(pretrained.output)
classifier = keras.Model(pretrained.input, layers.Dense(1)(pooled))
