/** Where Keras is installed, keras.src.applications is read as the program it is; the rest of Keras is Keras. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { analyse, openCore } from "../../core/open.ts";

/** In the style of those sources, with an architecture that Keras does not have. */
const TINY = `
from keras.src import backend, layers
from keras.src.api_export import keras_export
from keras.src.models import Functional
from keras.src.ops import operation_utils
from keras.src.utils import file_utils

@keras_export(["keras.applications.tiny.Tiny", "keras.applications.Tiny"])
def Tiny(weights="imagenet", input_tensor=None, name="tiny"):
    if not (weights in {"imagenet", None} or file_utils.exists(weights)):
        raise ValueError("weights")
    axis = 3 if backend.image_data_format() == "channels_last" else 1
    img_input = layers.Input(shape=(8, 8, 3)) if input_tensor is None else input_tensor
    if not backend.is_keras_tensor(img_input):
        raise ValueError("input_tensor")
    x = layers.Conv2D(4, 3, name=f"conv_{backend.get_uid('conv')}")(img_input)
    x = layers.Conv2D(4, 3, name=f"conv_{backend.get_uid('conv')}")(x)
    x = layers.BatchNormalization(axis=axis)(x)
    inputs = operation_utils.get_source_inputs(input_tensor) if input_tensor is not None else img_input
    model = Functional(inputs, x, name=name)
    if weights == "imagenet":
        model.load_weights(file_utils.get_file("tiny.h5", "somewhere"))
    return model
`;

const IMPORT = "from keras.src.applications import tiny\n";
const SOURCES = { "keras.src.applications": "", "keras.src.applications.tiny": TINY };

test("a model of keras.src.applications is read by its source where that is at hand", async () => {
  const core = await openCore();
  const [model] = analyse(core, `${IMPORT}model = tiny.Tiny()\n`, SOURCES).models;
  assert.deepEqual(model?.inputs?.map(printShape), ["(None, 8, 8, 3)"]);
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, 4, 4, 4)"]);
  // 3·3·3·4 + 4 = 112, 3·3·4·4 + 4 = 148, 4·4 = 16 of which 8 are trained.
  assert.deepEqual([model?.params, model?.trainable], [276, 268]);
  assert.deepEqual(
    model?.layers.map(({ name }) => name),
    ["input_layer", "conv_1", "conv_2", "batch_normalization"],
  );
});

test("its input_tensor may be deep in another model: the Inputs that it comes from are the model's", async () => {
  const core = await openCore();
  const user = `import keras
${IMPORT}x = keras.layers.MaxPooling2D()(keras.Input((16, 16, 3)))
model = tiny.Tiny(input_tensor=x)
`;
  const [model] = analyse(core, user, SOURCES).models;
  assert.deepEqual(model?.inputs?.map(printShape), ["(None, 16, 16, 3)"]);
  assert.equal(model?.params, 276);
});

test("without the source the name is Keras's own", async () => {
  const core = await openCore();
  const absent = new Map([["module keras.src.applications from main.py", null]]);
  const text = "from keras.src.applications import resnet\nmodel = resnet.ResNet50(weights=None)\n";
  const project = {
    file: { path: "main.py", text },
    answers: absent,
    settings: { keras: "auto", fixes: false },
  } as const;
  const [model] = core.analyse(project).analysis.models;
  assert.equal(model?.params, 25_636_712);
});

test("what libraries take from Keras's own helpers is Keras's too", async () => {
  const core = await openCore();
  const sources = {
    "keras.src.utils.argument_validation": `def standardize_tuple(value, n, name):
    return (value,) * n if isinstance(value, int) else tuple(value)
`,
  };
  const user = `import keras
from keras.src.backend import standardize_data_format
from keras.src.utils.argument_validation import standardize_tuple
size, order = standardize_tuple(3, 2, "kernel_size"), standardize_data_format(None)
model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, size, data_format=order)])
`;
  const [model] = analyse(core, user, sources).models;
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, 6, 6, 4)"]);
});
