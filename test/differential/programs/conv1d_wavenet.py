from tensorflow.keras.layers import Input, Conv1D, Activation, Multiply, Add, Dense, Lambda, GlobalMaxPooling1D
from tensorflow.keras.models import Model

n_filters = 32
filter_width = 2
dilation_rates = [2**i for i in range(6)] * 2

history_seq = Input(shape=(None, 1))
x = history_seq
skips = []
for dilation_rate in dilation_rates:
    x = Conv1D(16, 1, padding="same", activation="relu")(x)
    x_f = Conv1D(filters=n_filters, kernel_size=filter_width, padding="causal", dilation_rate=dilation_rate)(x)
    x_g = Conv1D(filters=n_filters, kernel_size=filter_width, padding="causal", dilation_rate=dilation_rate)(x)
    z = Multiply()([Activation("tanh")(x_f), Activation("sigmoid")(x_g)])
    z = Conv1D(16, 1, padding="same", activation="relu")(z)
    x = Add()([x, z])
    skips.append(z)
out = Activation("relu")(Add()(skips))
out = Conv1D(128, 1, padding="same")(out)
out = Activation("relu")(out)
out = Conv1D(1, 1, padding="same")(out)
pred_seq_train = Lambda(lambda x: x[:, -14:, :])(out)
model = Model(history_seq, pred_seq_train)
