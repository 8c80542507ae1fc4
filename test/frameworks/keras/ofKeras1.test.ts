/**
 * Keras 1's words as Keras 2.3.1 understood them: what its `legacy/interfaces.py` makes of these calls, built by
 * tf-keras 2.21; a GRU as Keras 2.3.1 has it, without `reset_after`.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { type Analysis, printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

const core = await testCore();
function read(text: string, keras: "auto" | 2 = "auto"): Analysis {
  const file = { path: "main.py", text };
  return core.analyse({ file, answers: new Map(), settings: { keras, fixes: false } }).analysis;
}

/** The input of a layer, the call, its output and parameters. */
const CALLS = `
(32,32,3) Convolution2D(8,3,3,border_mode='same',subsample=(2,2)) => (None, 16, 16, 8) 224
(32,32,3) Convolution2D(8,5,3,W_regularizer='l2') => (None, 28, 30, 8) 368
(32,32,3) Convolution2D(8,nb_row=5,nb_col=3,bias=False) => (None, 28, 30, 8) 360
(32,32,3) Convolution2D(nb_filter=8,nb_row=5,nb_col=3,init='he_normal') => (None, 28, 30, 8) 368
(32,32,3) Convolution2D(8,5,nb_col=3,W_regularizer='l2') => (None, 28, 30, 8) 368
(32,32,3) Convolution2D(8,(5,3),border_mode='same') => (None, 32, 32, 8) 368
(3,32,32) Convolution2D(8,3,3,dim_ordering='th') => (None, 8, 30, 30) 224
(32,32,3) Convolution2D(8,3,3,dim_ordering='tf',border_mode='valid') => (None, 30, 30, 8) 224
(10,3) Convolution1D(8,5,border_mode='same',subsample_length=2) => (None, 5, 8) 128
(10,3) Convolution1D(nb_filter=8,filter_length=5,input_dim=3,input_length=10) => (None, 6, 8) 128
(8,8,8,2) Convolution3D(4,3,3,2,border_mode='same') => (None, 8, 8, 8, 4) 148
(8,8,8,2) Convolution3D(4,kernel_dim1=3,kernel_dim2=3,kernel_dim3=2,subsample=(2,2,2)) => (None, 3, 3, 4, 4) 148
(7,7,8) Deconvolution2D(4,3,3,subsample=(2,2),border_mode='same') => (None, 14, 14, 4) 292
(7,7,8) Deconvolution2D(4,3,3,subsample=(2,2),border_mode='valid') => (None, 15, 15, 4) 292
(16,16,3) SeparableConvolution2D(8,3,3,border_mode='same',init='glorot_uniform') => (None, 16, 16, 8) 59
(10,) Dense(output_dim=4,init='uniform',W_constraint='non_neg',bias=False) => (None, 4) 40
(10,) Dropout(p=0.5) => (None, 10) 0
(10,) GaussianNoise(sigma=0.1) => (None, 10) 0
(10,) Embedding(50,output_dim=4,init='uniform',dropout=0.2) => (None, 10, 4) 200
(10,3) LSTM(output_dim=6,inner_init='normal',dropout_U=0.2,consume_less='gpu') => (None, 6) 240
(10,3) GRU(6,U_regularizer='l2',b_regularizer='l2') => (None, 6) 180
(10,3) MaxPooling1D(pool_length=3,stride=2,border_mode='same') => (None, 5, 3) 0
(8,8,3) MaxPooling2D(pool_size=(2,2),border_mode='same',dim_ordering='th') => (None, 8, 4, 2) 0
(8,8,3) GlobalAveragePooling2D(dim_ordering='th') => (None, 8) 0
(10,3) UpSampling1D(length=3) => (None, 30, 3) 0
(8,8,3) BatchNormalization(mode=0,axis=-1,gamma_init='ones') => (None, 8, 8, 3) 12
(8,8,3) PReLU(init='zero') => (None, 8, 8, 3) 192
(4,8,8,3) ConvLSTM2D(5,3,3,border_mode='same',return_sequences=True,inner_activation='tanh') => (None, 4, 8, 8, 5) 1460
(3,8,8) ZeroPadding2D((1,1),dim_ordering='th') => (None, 3, 10, 10) 0`.trim();

const program = (line: string): string => {
  const [shape, call] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
  const name = call.slice(0, call.indexOf("("));
  return `from keras import Input, Model
from keras.layers import ${name}
model = Model(x := Input(${shape}), ${call}(x))
`;
};
for (const line of CALLS.split("\n")) {
  const [call = "", told] = line.split(" => ");
  test(call, () => {
    const { models, diagnostics } = read(program(call), 2);
    assert.deepEqual(
      diagnostics.filter((it) => it.severity !== "information"),
      [],
    );
    const [model] = models;
    assert.equal(`${model?.outputs?.map(printShape)} ${model?.params}`, told);
  });
}

test("numbers in a row are the kernel where the file has words of Keras 1, and else the kernel and its strides", () => {
  const net = (last: string) => `from keras.models import Sequential
from keras.layers import Convolution2D, Flatten, Dense
model = Sequential([Convolution2D(4, 3, 3, input_shape=(32, 32, 3)), Flatten(), ${last}])
model.fit_generator(flow())
`;
  const params = (last: string) => read(net(last)).models[0]?.params;
  assert.equal(params("Dense(1, W_regularizer='l2')"), 112 + 30 * 30 * 4 + 1);
  assert.equal(params("Dense(1, kernel_regularizer='l2')"), 112 + 10 * 10 * 4 + 1);
});

test("a shape that Keras 1 was told to give, and Keras 2 is not, is left open", () => {
  const told = "Deconvolution2D(4, 2, 2, output_shape=(None, 15, 15, 4), subsample=(2, 2), border_mode='valid')";
  const [model] = read(program(`(7,7,8) ${told}`), 2).models;
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, ?, ?, ?)"]);
});

test("what is wrong by today's formats is no alarm in a file of Keras 1, which may have been set up for others", () => {
  const { diagnostics } = read(`from keras.models import Sequential
from keras.layers import Convolution2D, MaxPooling2D
model = Sequential([Convolution2D(8, 3, 3, border_mode="same", input_shape=(1, 28, 28)), MaxPooling2D((2, 2))])
`);
  assert.deepEqual([...new Set(diagnostics.map(({ severity }) => severity))], ["information"]);
});

test("an old file gets one note, and no alarm for each old word", () => {
  const { diagnostics } = read(`from keras.models import Sequential
from keras.layers import Dense, BatchNormalization
import numpy as np
model = Sequential([Dense(output_dim=4, input_dim=3), BatchNormalization(mode=2)])
model.compile("sgd", "mse")
model.fit(np.zeros((8, 3)), np.zeros((8, 4)), nb_epoch=2, show_accuracy=True)
`);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ["keras-version"],
  );
});
