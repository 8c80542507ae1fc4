import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aliasesOf,
  canonical,
  canonicalNames,
  isImportable,
  lookup,
} from "../../../core/frameworks/keras/signatures.ts";

test("Dense says its parameters, defaults and the keywords every layer takes", () => {
  const dense = lookup("keras.layers.Dense");
  assert.equal(dense?.kind, "class");
  assert.deepEqual(dense.bases, ["keras.Layer"]);
  assert.deepEqual(dense.parameters?.slice(0, 3), [
    { name: "units", kind: "positional" },
    { name: "activation", kind: "positional", default: { literal: null } },
    { name: "use_bias", kind: "positional", default: { literal: true } },
  ]);
  assert.deepEqual(dense.parameters?.at(-1), { name: "kwargs", kind: "varKeywords" });
  assert.deepEqual(dense.keywords, ["autocast", "dtype", "input_dim", "input_shape", "name", "trainable"]);
  assert.deepEqual(
    dense.call?.map((parameter) => parameter.name),
    ["inputs", "training"],
  );
});

test("keyword-only and positional-only parameters are told apart", () => {
  assert.deepEqual(lookup("keras.Layer")?.parameters?.[0], {
    name: "activity_regularizer",
    kind: "keywordOnly",
    default: { literal: null },
  });
});

test("a tuple of integers stays one, and a whole float stays a float", () => {
  const byName = (name: string) => new Map(lookup(name)?.parameters?.map((parameter) => [parameter.name, parameter]));
  assert.deepEqual(byName("keras.layers.Conv2D").get("strides")?.default, {
    literal: { tuple: [{ int: 1 }, { int: 1 }] },
  });
  assert.deepEqual(byName("keras.layers.LSTM").get("dropout")?.default, { literal: { float: 0 } });
});

test("every spelling of a name leads to the one canonical name", () => {
  const spellings: readonly (readonly [string, string])[] = [
    ["keras.layers.Dense", "keras.layers.Dense"],
    ["keras.src.layers.core.dense.Dense", "keras.layers.Dense"],
    ["keras.src.layers.Dense", "keras.layers.Dense"],
    ["tf.keras.layers.Dense", "keras.layers.Dense"],
    ["tensorflow.keras.layers.Dense", "keras.layers.Dense"],
    ["tensorflow.python.keras.layers.Dense", "keras.layers.Dense"],
    ["tensorflow.python.keras.layers.core.Dense", "keras.layers.Dense"],
    ["keras.layers.core.Dense", "keras.layers.Dense"],
    ["keras.layers.convolutional.Conv2D", "keras.layers.Conv2D"],
    ["keras.layers.Convolution2D", "keras.layers.Conv2D"],
    ["keras.layers.MaxPool2D", "keras.layers.MaxPooling2D"],
    ["keras.layers.merge.concatenate", "keras.layers.concatenate"],
    ["keras.engine.topology.Layer", "keras.Layer"],
    ["keras.engine.Layer", "keras.Layer"],
    ["keras.engine.training.Model", "keras.Model"],
    ["keras.models.Model", "keras.Model"],
    ["keras.layers.Input", "keras.Input"],
    ["keras.utils.np_utils.to_categorical", "keras.utils.to_categorical"],
    ["keras.ops.numpy.reshape", "keras.ops.reshape"],
    ["keras.src.ops.nn.relu", "keras.ops.relu"],
    ["keras.backend.tensorflow_backend.expand_dims", "keras.backend.expand_dims"],
    ["keras.applications.ResNet50", "keras.applications.resnet50.ResNet50"],
  ];
  for (const [spelled, expected] of spellings) assert.equal(canonical(spelled), expected, spelled);
});

test("an object's other names", () => {
  assert.deepEqual(aliasesOf("keras.layers.Conv2D"), ["keras.layers.Convolution2D"]);
});

test("an object whose file is not named after its area is found where it is defined", () => {
  assert.equal(canonical("keras.src.utils.jax_layer.JaxLayer"), "keras.layers.JaxLayer");
});

test("what Keras does not have is undefined", () => {
  for (const name of ["keras.layers.Dens", "numpy.reshape", "keras.src.ops.numpy.Add", "tf.nn.relu", "keras", ""]) {
    assert.equal(lookup(name), undefined, name);
  }
});

test("whether the installed version has a name exactly as it is spelled", () => {
  assert.equal(isImportable("keras.layers.Dense"), true);
  assert.equal(isImportable("keras.layers.core.Dense"), false);
  assert.equal(isImportable("tf.keras.backend.dot"), true);
  assert.equal(isImportable("keras.backend.dot"), false);
  assert.equal(isImportable("keras.backend.dot", 2), true);
});

test("Keras 2 has its own signatures", () => {
  assert.ok(lookup("keras.layers.Dense", 2)?.keywords?.includes("batch_input_shape"));
  assert.ok(!lookup("keras.layers.Dense", 3)?.keywords?.includes("batch_input_shape"));
});

test("every entry can be read, and every base is an entry", () => {
  for (const version of [2, 3] as const) {
    for (const name of canonicalNames(version)) {
      const signature = lookup(name, version);
      assert.equal(signature?.name, name);
      for (const base of signature.bases) assert.equal(lookup(base, version)?.kind, "class", `${name} → ${base}`);
    }
  }
});

test("Keras 2 takes how weights are spread over devices, and a metaclass may take the arguments", () => {
  assert.ok(lookup("keras.layers.Dense", 2)?.keywords?.includes("kernel_layout"));
  assert.ok(!lookup("keras.layers.Dense", 3)?.keywords?.includes("kernel_layout"));
  assert.equal(lookup("keras.mixed_precision.LossScaleOptimizer", 2)?.parameters?.[0]?.name, "inner_optimizer");
});
