import assert from "node:assert/strict";
import test from "node:test";
import { missingKey, printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

const core = await testCore();

function read(text: string, facts: object | undefined, keras: "auto" | 2 | 3 = "auto") {
  const from = `program${Math.abs(text.length)}.py`;
  const key = missingKey({ kind: "environment", from, name: "" });
  const answers = new Map(facts === undefined ? [] : [[key, { path: "<environment>", text: JSON.stringify(facts) }]]);
  return core.analyse({ file: { path: from, text }, answers, settings: { keras, facts: true, fixes: false } });
}
const inputName = (text: string, facts?: object, keras?: 2 | 3) =>
  read(text, facts, keras).analysis.models[0]?.layers[0]?.name;
const shapes = (text: string): readonly string[] =>
  read(text, undefined).analysis.hints.flatMap(({ contexts }) =>
    contexts.map(({ outputs }) => ("shape" in outputs ? printShape(outputs.shape) : "")),
  );
const codes = (text: string, facts?: object) =>
  read(text, facts).analysis.diagnostics.map(({ code, severity }) => `${severity} ${code}`);

const program = (root: string, more = "") => `from ${root} import layers, Input, Model
x = Input((4,))
y = layers.Dense(3)(x)
model = Model(x, y)
${more}`;
const keras = program("keras");
const tensorflow = program("tensorflow.keras");

test("the environment decides which Keras a file is read by", () => {
  assert.equal(inputName(keras), "input_layer");
  assert.equal(inputName(keras, { keras: "2.12.0", installed: true }), "input_1");
  assert.equal(inputName(tensorflow, { tensorflow: "2.15.0" }), "input_1");
  assert.equal(inputName(tensorflow, { tensorflow: "2.16.1" }), "input_layer");
  assert.equal(inputName(keras, { keras: ">2.4" }), "input_layer", "a lower bound is met by the newest as well");
  assert.equal(inputName(keras, { keras: "2.12.0" }, 3), "input_layer", "the setting comes first");
});

test("it is asked for once, where the host answers", () => {
  assert.deepEqual(
    read(keras, undefined).missing.map(({ kind, name }) => `${kind} ${name}`.trim()),
    [KERAS_JSON, "environment"],
  );
  assert.deepEqual(
    read(keras, {}).missing.map(({ kind, name }) => `${kind} ${name}`),
    [KERAS_JSON],
  );
});
const KERAS_JSON = "data ~/.keras/keras.json";

test("an old file is told once, and read by its own rules", () => {
  const old = `from keras.layers.core import Dense
from keras.engine import Model
from keras.layers import Input
x = Input((4,))
model = Model(x, Dense(3)(x))
model.fit_generator(None)
`;
  assert.deepEqual(codes(old), ["information keras-version"]);
  assert.equal(inputName(old, { keras: "3.4.0", installed: true }), "input_1");
  const weak = program("keras", "from keras.optimizers import Adam\nmodel.compile(Adam(lr=0.1))\n");
  assert.deepEqual(codes(weak), ["information keras-version"]);
  const there = codes(weak, { keras: "3.4.0", installed: true });
  assert.deepEqual(there, ["error removed-in-keras-3"], "where Keras 3 is installed it is Keras 3's");
  assert.deepEqual(codes(weak, { keras: "2.9.0", installed: true }), []);
});

test("an import that a try is around decides nothing: the program is written for both", () => {
  const tried = `try:
    from keras.layers.core import Dense
except ImportError:
    from keras.layers import Dense
`;
  assert.deepEqual(codes(tried), []);
  const fallback = `try:
    from keras.layers import Dense
except ImportError:
    from keras.layers.core import Dense
`;
  assert.deepEqual(codes(fallback), []);
});

test("what a file imports of the project is written for the same Keras", () => {
  const readWith = (path: string, helper: string) => {
    const file = { path: "/p/main.py", text: `from helper import build\n${keras}` };
    const key = missingKey({ kind: "module", from: file.path, name: "helper" });
    const answers = new Map([[key, { path, text: helper }]]);
    const { models, diagnostics } = core.analyse({ file, answers, settings: { keras: "auto", fixes: false } }).analysis;
    return [models[0]?.layers[0]?.name, ...diagnostics.map(({ code, message }) => `${code}: ${message}`)];
  };
  const old = "from keras.utils.np_utils import to_categorical\n";
  const note = "keras-version: Keras 3 has no from keras.utils.np_utils import to_categorical (helper.py): ";
  assert.deepEqual(readWith("/p/helper.py", old), ["input_1", `${note}the file is read by Keras 2's rules`]);
  assert.deepEqual(readWith("/p/.venv/lib/python3.11/site-packages/helper.py", old), ["input_layer"]);
});

test("names of TensorFlow 1 tell an old file, but not through compat.v1", () => {
  const old = `import tensorflow as tf\nimport keras\nx = tf.placeholder(tf.float32, (None, 3))\n`;
  assert.deepEqual(codes(`${old}y = tf.reduce_max(x, keep_dims=True)\n`), ["information keras-version"]);
  const resized = read(`${old}y = tf.image.resize(tf.zeros((2, 4, 4, 3)), (8, 9), align_corners=True)\n`, undefined);
  assert.match(JSON.stringify(resized.analysis.hints.map((it) => it.contexts)), /\[2,8,9,3\]/);
  assert.deepEqual(codes(old.replace("tensorflow as", "tensorflow.compat.v1 as")), []);
});

test("Keras 1's arguments are no fault in an old file, and mean what Keras 2.0 to 2.3 took them for", () => {
  const old = `from keras.layers.convolutional import Convolution2D
from keras.layers import Input
y = Convolution2D(64, 3, 3, border_mode="same")(Input((9, 9, 1)))
`;
  assert.deepEqual(codes(old), ["information keras-version"]);
  assert.deepEqual([...new Set(shapes(old))].sort(), ["(None, 9, 9, 1)", "(None, 9, 9, 64)"]);
});

test("an activation by a name of the program's own is Keras 2's alone", () => {
  const own = `from tensorflow import keras
keras.utils.get_custom_objects()["shifted"] = lambda x: x + 1
keras.layers.Activation("shifted")
`;
  assert.deepEqual(codes(own, { keras: "3.15.1", installed: true }), ["error bad-argument"]);
  assert.deepEqual(codes(own, { tensorflow: "2.15.0", installed: true }), []);
});

test("TF_USE_LEGACY_KERAS counts for tf.keras, and nothing is told of what a file asks for", () => {
  const asked = `import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n`;
  assert.equal(inputName(asked + tensorflow), "input_1");
  assert.deepEqual(codes(asked + tensorflow), []);
  assert.equal(inputName(asked + keras), "input_layer");
  assert.deepEqual(codes(program("tf_keras")), []);
});

test("applications that are the same in Keras 2 are known in a file of it", () => {
  const text = `from keras.applications.resnet50 import ResNet50
from keras.applications import DenseNet121, EfficientNetB0, InceptionResNetV2, MobileNetV3Small, NASNetMobile
from keras.layers.core import Dense
base = ResNet50(include_top=False, weights=None, input_shape=(64, 64, 3))
other = DenseNet121(weights=None)
fifth = NASNetMobile(weights=None, include_top=False, input_shape=(160, 160, 3))
unlike = MobileNetV3Small(weights=None)
third = InceptionResNetV2(weights=None)
fourth = EfficientNetB0(include_top=False, weights=None, input_shape=(224, 224, 3))
`;
  const { models } = read(text, undefined).analysis;
  assert.equal(models[1]?.layers[2]?.name, "conv1/conv");
  assert.deepEqual(
    models.map(({ kerasName, params, layers }) => [kerasName, params, layers[0]?.name, layers[1]?.name]),
    [
      ["resnet50", 23_587_712, "input_1", "conv1_pad"],
      ["densenet121", 8_062_504, "input_2", "zero_padding2d"],
      ["NASNet", 4_269_716, "input_3", "stem_conv1"],
      ["inception_resnet_v2", 55_873_736, "input_4", "conv2d"],
      ["efficientnetb0", 4_049_571, "input_5", "rescaling"],
    ],
  );
});

test("an argument that another release may have is no error", () => {
  const text = program("keras", "layers.Dense(3, fold=True)\n");
  assert.deepEqual(codes(text), ["error unknown-argument"]);
  assert.deepEqual(codes(text, { keras: "3.9.0", installed: true }), ["information unknown-argument"]);
  assert.deepEqual(codes(text, { keras: "3.15.1", installed: true }), ["error unknown-argument"]);
  assert.deepEqual(codes(text, { keras: ">3.0" }), ["error unknown-argument"]);
});

test("what only Keras 2 had tells an old file, also in its backend module and in imports of several lines", () => {
  const backend = (from: string): string => `${from}
def loss(y, z):
    return K.mean(K.square(y - z))
`;
  const old = "information keras-version";
  assert.deepEqual(codes(backend("from keras import backend as K")), [old]);
  assert.deepEqual(codes(backend("import keras.backend as K")), [old]);
  assert.deepEqual(codes(backend("from keras import layers, backend as K")), [old]);
  assert.deepEqual(codes(backend("from tensorflow.keras import backend as K")), [], "tf.keras has them in Keras 3 too");
  assert.deepEqual(codes(`${backend("from tensorflow.keras import backend as K")}K.set_session(1)\n`), [old]);
  assert.deepEqual(codes("from keras import backend as K\nK.clear_session()  # not K.square()\n"), []);
  assert.deepEqual(codes("import tensorflow as tf\nimport tensorflow_addons as tfa\nfrom tensorflow import keras\n"), [
    old,
  ]);
  assert.deepEqual(codes("from keras.layers import (\n    Input,  # of pixels\n    CuDNNLSTM,\n)\n"), [old]);
  assert.deepEqual(
    codes("import keras\nclass A(keras.layers.Layer):\n  def call(self, x):\n    self.add_loss(x, inputs=x)\n"),
    [old],
  );
});

test("what is called by its whole name, and words of fit and compile that went, tell an old file", () => {
  const old = ["information keras-version"];
  assert.deepEqual(codes("import keras\nkeras.backend.set_session(1)\n"), old);
  assert.deepEqual(codes("import tensorflow as tf\ntf.keras.backend.get_session()\n"), old);
  assert.deepEqual(codes("from tensorflow import keras\nkeras.utils.multi_gpu_model(1)\n"), old);
  assert.deepEqual(codes("import keras\nx = 1  # keras.utils.multi_gpu_model(1)\n"), []);
  assert.deepEqual(
    codes("import keras\ntry:\n    keras.utils.multi_gpu_model(1)\nexcept AttributeError:\n    pass\n"),
    [],
  );
  assert.deepEqual(codes("import keras\ndef run(it):\n    it.fit(1,\n           workers=4)\n"), old);
  assert.deepEqual(codes("import keras\ndef run(it):\n    it.compile('sgd', sample_weight_mode='temporal')\n"), old);
});

test("Keras 2 gives an Embedding that begins a Sequential its input: the input_length, or any", () => {
  const made = (length: string): string => `from tf_keras import Sequential, layers
model = Sequential([layers.Embedding(10, 4${length}), layers.LSTM(3)])
`;
  const first = (text: string) => {
    const { inputs, outputs, params } = read(text, undefined).analysis.models[0] ?? {};
    return `${inputs?.map(printShape)} ${outputs?.map(printShape)} ${params}`;
  };
  assert.equal(first(made(", input_length=7")), "(None, 7) (None, 3) 136");
  assert.equal(first(made("")), "(None, None) (None, 3) 136");
  assert.equal(first(made("").replace("tf_keras", "keras")), "undefined undefined 0");
});

/** Shapes and counts are those of TensorFlow 2.21's `compat.v1` layers on (None, 7, 5). */
test("a recurrent layer of the graphics card is Keras 2's, and has two biases for each gate", () => {
  const layer = (call: string) => {
    const text = `from keras.layers import CuDNNLSTM, CuDNNGRU, Bidirectional, Input\ny = ${call}(Input((7, 5)))\n`;
    const hint = read(text, undefined, 2).analysis.hints.find(({ span }) => text.slice(span.start).startsWith(call));
    const [context] = hint?.contexts ?? [];
    const outputs = context === undefined ? [] : "shape" in context.outputs ? [context.outputs] : context.outputs;
    return [outputs.map(({ shape }) => printShape(shape)).join(" "), context?.params];
  };
  assert.deepEqual(layer("CuDNNLSTM(3)"), ["(None, 3)", 120]);
  assert.deepEqual(layer("CuDNNLSTM(3, return_sequences=True, return_state=True)"), [
    "(None, 7, 3) (None, 3) (None, 3)",
    120,
  ]);
  assert.deepEqual(layer("CuDNNGRU(3, return_sequences=True)"), ["(None, 7, 3)", 90]);
  assert.deepEqual(layer("Bidirectional(CuDNNLSTM(3))"), ["(None, 6)", 240]);
});

test("what a string or a comment says of old names decides nothing, and the note stands where Keras is used", () => {
  const spoken = `"""keras: tf.placeholder(…)

  tf.contrib went
"""
import keras
names = [it for it in [] if 'tf.contrib' in it]  # tf.contrib
x = keras.Input((4,))
`;
  assert.deepEqual(codes(spoken), []);
  const both =
    'import keras\ns = "it\'s" + "nb_filter="  # don\'t\nx = keras.layers.Convolution2D(3, 3, nb_filter=3)\n';
  assert.deepEqual(codes(both), ["information keras-version"]);
  const old = { path: "old.py", text: "import keras\nmodel.fit_generator(None)\n" };
  const answers = new Map([[missingKey({ kind: "module", from: "main.py", name: "old" }), old]]);
  const notes = (text: string) =>
    core
      .analyse({ file: { path: "main.py", text }, answers, settings: { keras: "auto", facts: false, fixes: false } })
      .analysis.diagnostics.map(({ code }) => code);
  assert.deepEqual(notes("import tensorflow as tf\nimport old\n"), []);
  assert.deepEqual(notes("import keras\nimport old\nx = keras.Input((4,))\n"), ["keras-version"]);
});

test("Keras 2 hands the name of a type on to TensorFlow", () => {
  const text = `import tf_keras as keras
x = keras.Input((4,), dtype="half")
y = keras.backend.placeholder((2, 3), dtype="float")
`;
  const types = read(text, undefined).analysis.hints.map(({ contexts }) => contexts.map((it) => it.outputs));
  assert.deepEqual(codes(text), []);
  assert.match(JSON.stringify(types), /float16.*float32/);
});

test("where it is Keras 3, keras.backend is not tf.keras.backend, and what it has no more is an error", () => {
  const errors = (text: string): readonly string[] =>
    read(text, undefined, 3).analysis.diagnostics.map(({ code, severity }) => `${severity} ${code}`);
  const removed = ["error removed-in-keras-3"];
  for (const line of ["from keras import backend as K", "import keras.backend as K", "import keras\nK = keras.backend"])
    assert.deepEqual(errors(`${line}\nx = K.ones((2, 3))\n`), removed, line);
  assert.deepEqual(errors("import keras\nx = keras.layers.ThresholdedReLU\n"), removed);
  for (const root of ["from tensorflow.keras", "from tensorflow import keras\nfrom tensorflow.keras"])
    assert.deepEqual(errors(`${root} import backend as K\nx = K.ones((2, 3))\n`), [], root);
  assert.deepEqual(errors("import tensorflow as tf\nx = tf.keras.backend.ones((2, 3))\nl = tf.keras.losses.mse\n"), []);
  assert.deepEqual(errors("from keras import backend as K\nif hasattr(K, 'ones'):\n    x = K.ones((2, 3))\n"), []);
  const caught = "try:\n    from keras.backend import ones\nexcept ImportError:\n    from keras.ops import ones\n";
  assert.deepEqual(errors(`${caught}x = ones((2, 3))\n`), []);
});

test("a name that Keras has not is told where one is near, and nobody asks whether it is there", () => {
  const told = (text: string): readonly string[] =>
    read(text, undefined, 3).analysis.diagnostics.map(({ code, message }) => `${code} ${message}`);
  const dense = ["unknown-attribute keras.layers has no Dence. Did you mean Dense?"];
  assert.deepEqual(told("import keras\nlayer = keras.layers.Dence(4)\n"), dense);
  assert.deepEqual(told("from keras.layers import Dence\n"), dense);
  assert.deepEqual(told("import keras\nkeras.layers.Dence = keras.layers.Dense\nlayer = keras.layers.Dence(4)\n"), []);
  assert.deepEqual(told("import keras\nlayer = getattr(keras.layers, 'Dence', None)\n"), []);
  assert.deepEqual(told("import keras\ndef never():\n    return keras.layers.Dence(4)\n"), []);
  assert.deepEqual(told("try:\n    from keras.layers import Dence\nexcept ImportError:\n    Dence = None\n"), []);
});
