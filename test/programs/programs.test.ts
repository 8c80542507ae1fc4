import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Diagnostic } from "../../core/index.ts";
import { example, fixWith, layers, only, Told, testCore } from "./told.ts";

/** The fourteen programs of examples/, told true. The numbers are Keras 3.15.1's. */
const core = await testCore();
const open = (name: string): Told => new Told(core, name, example(name));
const changed = (name: string, from: string, to: string): Told => {
  const text = example(name);
  assert.ok(text.includes(from), `${name} has no ${from}`);
  return new Told(core, name, text.replace(from, to));
};

describe("01_flatten_dense.py", () => {
  const told = open("01_flatten_dense.py");

  it("says the shapes in call(), where the layers are called", () => {
    assert.equal(told.hint("x = self.flatten(x)"), "(32, 50) 0");
    assert.equal(told.hint("x = self.hidden(x)"), "(32, 128) 6,528");
    assert.equal(told.hint("return self.classify(x)"), "(32, 10) 1,290");
  });
  it("says them where the layers are made", () => {
    assert.equal(told.hint("self.flatten = Flatten()"), "(32, 50) 0");
    assert.equal(told.hint('self.hidden = Dense(128, activation="relu")'), "(32, 128) 6,528");
    assert.equal(told.hint('self.classify = Dense(10, activation="softmax")'), "(32, 10) 1,290");
  });
  it("says what the model yields and costs", () => {
    assert.equal(told.hint("y = model(tf.random.normal((32, 10, 5)))"), "(32, 10) 7,818");
    assert.equal(told.model.kind, "subclass");
    assert.equal(told.model.params, 7818);
    assert.deepEqual(layers(told.model), ["Flatten (32, 50) 0", "Dense (32, 128) 6,528", "Dense (32, 10) 1,290"]);
  });
  it("has nothing to complain of", () => assert.deepEqual(told.analysis.diagnostics, []));
});

describe("02_time_distributed.py", () => {
  const told = open("02_time_distributed.py");

  it("says the shapes and what each layer costs", () => {
    assert.equal(told.hint("x = self.per_step(x)"), "(32, 10, 128) 768");
    assert.equal(told.hint("x = self.flatten(x)"), "(32, 1280) 0");
    assert.equal(told.hint("return self.classify(x)"), "(32, 10) 12,810");
    assert.equal(told.hint("self.per_step = TimeDistributed(Dense(128))"), "(32, 10, 128) 768");
    assert.equal(told.hint("y = model(tf.random.normal((32, 10, 5)))"), "(32, 10) 13,578");
    assert.equal(told.model.params, 13578);
  });
  it("complains of no error and warns of nothing", () => assert.deepEqual(told.grave, []));
});

describe("03_lstm.py", () => {
  const told = open("03_lstm.py");

  it("says the shapes and what each layer costs", () => {
    assert.equal(told.hint("x = self.lstm(x)"), "(32, 64) 17,920");
    assert.equal(told.hint("x = self.hidden(x)"), "(32, 128) 8,320");
    assert.equal(told.hint("return self.classify(x)"), "(32, 10) 1,290");
    assert.equal(told.hint("y = model(tf.random.normal((32, 10, 5)))"), "(32, 10) 27,530");
    assert.equal(told.model.params, 27530);
  });
  it("has nothing to complain of", () => assert.deepEqual(told.analysis.diagnostics, []));
});

/** The one error of a program: that its `input_shape` holds the batch. */
function batchFault(told: Told): Diagnostic {
  const error = only(
    told.analysis.diagnostics.filter((it) => it.severity === "error"),
    `errors (${told.grave.join("; ")})`,
  );
  assert.equal(error.code, "batch-in-input-shape");
  return error;
}

describe("04_batch_in_input_shape.py", () => {
  const told = open("04_batch_in_input_shape.py");

  it("reports the cause at input_shape, and the line that raises as related", () => {
    const error = batchFault(told);
    assert.equal(told.at(error.span), "input_shape=(32, 10, 5)");
    assert.ok(
      told.related(error).some((it) => it.startsWith("model.predict(data): ")),
      told.related(error).join("\n"),
    );
    assert.match(error.message, /\(None, 32, 10, 5\)/);
  });
  it("offers the shape of one sample, with its price, and holds what it promises", () => {
    const fix = fixWith(batchFault(told), "(10, 5)");
    assert.equal(fix.preferred, true);
    assert.match(fix.title, /3,264 params/);
    const after = told.after(fix);
    assert.match(after.text, /Flatten\(input_shape=\(10, 5\)\)/);
    assert.deepEqual(after.analysis.diagnostics, []);
    assert.equal(after.hint("Flatten(input_shape=(10, 5))"), "(None, 50) 0");
    assert.equal(after.hint("    Dense(64)"), "(None, 64) 3,264");
    assert.equal(after.model.params, 3264);
    assert.equal(after.hint("model.predict(data)"), "(32, 64) 0");
  });
  it("says what the model is as it stands", () => {
    assert.equal(told.hint("Flatten(input_shape=(32, 10, 5))"), "(None, 1600) 0");
    assert.equal(told.hint("    Dense(64)"), "(None, 64) 102,464");
  });
});

describe("05_redundant_wrapper.py", () => {
  const told = open("05_redundant_wrapper.py");

  it("reports the same fault in the wrapper's argument", () => {
    const error = batchFault(told);
    assert.equal(told.at(error.span), "input_shape=(32, 10, 5)");
    assert.ok(
      told.related(error).some((it) => it.startsWith("model.predict(data): ")),
      told.related(error).join("\n"),
    );
  });
  it("says that the wrapper is redundant", () => {
    const hint = only(told.coded("redundant-time-distributed"), "redundant-time-distributed");
    assert.equal(told.at(hint.span), "TimeDistributed(Dense(64), input_shape=(32, 10, 5))");
    assert.ok(hint.severity === "hint" || hint.severity === "information", hint.severity);
  });
  it("is mended by the shape of one sample, and then by unwrapping", () => {
    const after = told.after(fixWith(batchFault(told), "(10, 5)"));
    assert.deepEqual(after.grave, []);
    assert.equal(after.hint("TimeDistributed(Dense(64), input_shape=(10, 5))"), "(None, 10, 64) 384");
    const hint = only(after.coded("redundant-time-distributed"), "redundant-time-distributed");
    const plain = after.after(fixWith(hint, "nwrap"));
    assert.match(plain.text, /^ {4}Dense\(64, input_shape=\(10, 5\)\),$/m);
    assert.equal(plain.hint("Dense(64, input_shape=(10, 5))"), "(None, 10, 64) 384");
    assert.deepEqual(plain.grave, []);
  });
});

describe("06_out_of_memory.py", () => {
  const name = "06_out_of_memory.py";

  const isTold = (told: Told): void => {
    const error = batchFault(told);
    assert.equal(told.at(error.span), "input_shape=(1024, 1000, 100)");
    const dense = told.related(error).filter((it) => it.startsWith("Dense(128): "));
    assert.ok(
      dense.some((it) => it.includes("52.4 GB")),
      `the Dense is related with its size: ${dense.join("; ")}`,
    );
    assert.match([error.message, ...error.fixes.map((it) => it.title)].join("\n"), /51(\.2)? MB/);
  };
  it("reports the cause at input_shape and the 52.4 GB at the Dense as related; 51 MB with the fix", () => {
    isTold(open(name));
  });
  it("does so for an array of that shape alone, for Keras never comes to predict", () => {
    isTold(changed(name, "predictions = model.predict(data)\n", ""));
  });
  it("is mended by the shape of one sample", () => {
    const told = open(name);
    const after = told.after(fixWith(batchFault(told), "(1000, 100)"));
    assert.deepEqual(after.analysis.diagnostics, []);
    assert.equal(after.hint("Flatten(input_shape=(1000, 100))"), "(None, 100000) 0");
    assert.equal(after.hint("    Dense(128)"), "(None, 128) 12,800,128");
    assert.equal(after.model.params, 12800128);
  });
  it("says what the Dense costs as it stands", () => {
    assert.equal(open(name).hint("    Dense(128)"), "(None, 128) 13,107,200,128");
  });
});

/** A program with a Dense on an N-D input that is meant: one hint at the call, and nothing graver. */
function isHintedOnce(told: Told, call: string): Diagnostic {
  assert.deepEqual(told.grave, []);
  const hint = only(told.coded("dense-on-sequence"), "dense-on-sequence");
  assert.equal(hint.severity, "hint");
  assert.equal(told.at(hint.span), call);
  assert.match(hint.message, /last axis/);
  return hint;
}

describe("07_last_axis.py", () => {
  const told = open("07_last_axis.py");

  it("says (None, 2, 4) and 16 params", () => {
    assert.equal(told.hint("outputs = Dense(4)(inputs)"), "(None, 2, 4) 16");
    assert.equal(told.model.params, 16);
  });
  it("says once, as a hint, that the last axis is meant and nothing flattened", () => {
    const hint = isHintedOnce(told, "Dense(4)(inputs)");
    assert.match(hint.message, /flatten/);
  });
  it("offers to flatten, for 28 params", () => {
    const fix = fixWith(isHintedOnce(told, "Dense(4)(inputs)"), "Flatten()", "(None, 4)", "28 params");
    const after = told.after(fix);
    assert.deepEqual(after.analysis.diagnostics, []);
    assert.equal(after.model.params, 28);
  });
});

describe("08_add.py", () => {
  const told = open("08_add.py");

  it("says (None, 20, 10) and 60 params", () => {
    assert.equal(told.hint("model.add(Dense(10, input_shape=(20, 5)))"), "(None, 20, 10) 60");
    assert.equal(told.model.kind, "sequential");
    assert.equal(told.model.params, 60);
  });
  it("warns of nothing", () => {
    isHintedOnce(told, "Dense(10, input_shape=(20, 5))");
  });
});

describe("09_pooling.py", () => {
  const told = open("09_pooling.py");

  it("says the shapes, and 98 params in all", () => {
    assert.equal(told.hint("x = TimeDistributed(Dense(16))(inputs)"), "(None, 10, 16) 64");
    assert.equal(told.hint("x = GlobalAveragePooling1D()(x)"), "(None, 16) 0");
    assert.equal(told.hint("outputs = Dense(2)(x)"), "(None, 2) 34");
    assert.equal(told.hint("model = Model(inputs, outputs)"), "(None, 2) 98");
    assert.equal(told.model.kind, "functional");
    assert.equal(told.model.params, 98);
    assert.deepEqual(layers(told.model), [
      "InputLayer (None, 10, 3) 0",
      "TimeDistributed (None, 10, 16) 64",
      "GlobalAveragePooling1D (None, 16) 0",
      "Dense (None, 2) 34",
    ]);
  });
  it("warns of nothing", () => assert.deepEqual(told.grave, []));
});

describe("10_ragged_lambda.py", () => {
  const told = open("10_ragged_lambda.py");
  const call = "Lambda(every_step)(inputs)";
  const all = (of: Told): string =>
    of.analysis.diagnostics.map((it) => [it.message, ...of.related(it)].join("\n")).join("\n");

  it("says at the Lambda that its output shape cannot be inferred", () => {
    const errors = told.diagnosticsIn(call).filter((it) => it.severity === "error");
    const error = only(errors, `errors at the Lambda (${told.grave.join("; ")})`);
    assert.match(error.message, /infer/);
  });
  it("says that the Dense(10) inside is not tracked", () => {
    assert.match(all(told), /not tracked/);
    assert.match(all(told), /Dense\(10\)/);
  });
  it("says that without ragged, Dense(10) on the whole tensor does the same", () => {
    assert.match(all(told), /ragged/);
    assert.match(all(told), /\(None, None, 10\)/);
  });
  it("says that Flatten then leaves no size for the last Dense", () => {
    const last = told.diagnosticsIn("Dense(1)(x)");
    const related = told.analysis.diagnostics.flatMap((it) => told.related(it));
    const there = related.filter((it) => it.startsWith("Dense(1)"));
    assert.ok(last.length + there.length > 0, `nothing is said at Dense(1)(x); said is: ${all(told)}`);
  });
  it("holds that: Dense(10) on the whole tensor is (None, None, 10), and the last Dense has no size", () => {
    const whole = changed("10_ragged_lambda.py", "Lambda(every_step)(inputs)", "step(inputs)");
    const padded = new Told(core, "10_ragged_lambda.py", whole.text.replace(", ragged=True", ""));
    assert.equal(padded.hint("x = step(inputs)"), "(None, None, 10) 60");
    assert.equal(padded.hint("x = Flatten()(x)"), "(None, None) 0");
    assert.deepEqual(padded.grave, ["error [undefined-last-axis] Dense(1)(x)"]);
  });
});

describe("11_transpose.py", () => {
  const told = open("11_transpose.py");
  const call = "tf.transpose(x, perm=[0, 2, 1])";
  const fault = (): Diagnostic => {
    const errors = told.diagnosticsIn(call).filter((it) => it.severity === "error");
    return only(errors, `errors at tf.transpose (${told.grave.join("; ")})`);
  };

  it("says the shapes before the fault", () => {
    assert.equal(told.hint("x = Reshape((3, 10))(inputs)"), "(None, 3, 10) 0");
    assert.equal(told.hint('x = Conv1D(16, 3, padding="same")(x)'), "(None, 3, 16) 496");
  });
  it("reports the symbolic tensor in a TensorFlow function, at the function", () => {
    const error = fault();
    assert.equal(error.code, "symbolic-tensor-in-function");
    assert.equal(told.at(error.span), call);
  });
  it("goes on with the shape that was meant", () => {
    assert.equal(told.hint(`x = ${call}`), "(None, 16, 3) 0");
  });
  const mendedBy = (name: string, part: string): void => {
    it(`offers ${name}, which gives (None, 16, 3)`, () => {
      const fix = fixWith(fault(), part);
      assert.match(fix.title, /\(None, 16, 3\)/);
      const after = told.after(fix);
      assert.equal(after.hint(after.text.split("\n")[9] ?? ""), "(None, 16, 3) 0");
      const behind = only(after.grave, after.grave.join("; "));
      assert.equal(behind, "error [bad-reshape] (10, 16)");
      const [error] = after.coded("bad-reshape");
      assert.match(error?.message ?? "", /48/);
      assert.match(error?.message ?? "", /160/);
    });
  };
  mendedBy("keras.ops.transpose", "ops.transpose");
  mendedBy("a Permute layer", "Permute((2, 1))");

  it("says of the Reshape behind it that 48 elements never become 160", () => {
    const last = told.diagnosticsIn("Reshape((10, 16))(x)").map((it) => it.message);
    const related = told.related(fault()).filter((it) => it.startsWith("Reshape((10, 16))"));
    const said = [...last, ...related].join("\n");
    assert.match(said, /48/);
    assert.match(said, /160/);
  });
});

describe("12_same_twice.py", () => {
  const told = open("12_same_twice.py");

  it("says the same of both", () => {
    assert.equal(told.hint("plain = Dense(5)(inputs)"), "(None, 50, 5) 55");
    assert.equal(told.hint("wrapped = TimeDistributed(Dense(5))(inputs)"), "(None, 50, 5) 55");
    assert.equal(told.model.params, 110);
  });
  it("warns of nothing", () => assert.deepEqual(told.grave, []));
  it("says that they are the same, and offers to unwrap", () => {
    const hint = only(told.coded("redundant-time-distributed"), "redundant-time-distributed");
    assert.equal(told.at(hint.span), "TimeDistributed(Dense(5))(inputs)");
    const fix = fixWith(hint, "nwrap", "(None, 50, 5)", "55 params");
    const after = told.after(fix);
    assert.match(after.text, /^wrapped = Dense\(5\)\(inputs\)$/m);
    assert.equal(after.hint("wrapped = Dense(5)(inputs)"), "(None, 50, 5) 55");
    assert.equal(after.model.params, 110);
    assert.deepEqual(after.grave, []);
  });
});

describe("13_three_ways.py", () => {
  const told = open("13_three_ways.py");

  it("says the three prices of the same shape", () => {
    assert.equal(told.hint("each_step = Dense(5)(inputs)"), "(None, 4, 5) 20");
    assert.equal(told.hint("flat = Flatten()(inputs)"), "(None, 12) 0");
    assert.equal(told.hint("all_steps = Dense(20)(flat)"), "(None, 20) 260");
    assert.equal(told.hint("all_steps = Reshape((4, 5))(all_steps)"), "(None, 4, 5) 0");
    assert.equal(told.hint("in_order = LSTM(5, return_sequences=True)(inputs)"), "(None, 4, 5) 180");
    assert.equal(told.model.params, 460);
  });
  it("warns of nothing", () => assert.deepEqual(told.grave, []));
});

describe("14_language_model.py", () => {
  const told = open("14_language_model.py");

  it("says the shapes for sequences of any length", () => {
    assert.equal(told.hint("x = Embedding(vocabulary_size, 64)(inputs)"), "(None, None, 64) 64,000");
    assert.equal(told.hint("x = LSTM(128, return_sequences=True)(x)"), "(None, None, 128) 98,816");
    assert.equal(told.hint('outputs = Dense(vocabulary_size, activation="softmax")(x)'), "(None, None, 1000) 129,000");
    assert.equal(told.model.params, 291816);
  });
  it("has nothing to warn about", () => assert.deepEqual(told.grave, []));
});
