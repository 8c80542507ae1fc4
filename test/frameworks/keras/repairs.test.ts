import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { only, Told, testCore } from "../../programs/told.ts";

/** Repairs that have to change more than one place, or to import what they put in. */

const core = await testCore();

/** The program after the preferred fix of its one error, after which nothing is told. */
function mended(text: string): { readonly text: string; readonly titles: readonly string[] } {
  const told = new Told(core, "program.py", text);
  const errors = told.analysis.diagnostics.filter((it) => it.severity === "error");
  const { fixes } = only(errors, told.grave.join("; "));
  const after = told.after(
    only(
      fixes.filter(({ preferred }) => preferred),
      "preferred fix",
    ),
  );
  assert.deepEqual(after.grave, []);
  return { text: after.text, titles: fixes.map(({ title }) => title) };
}

describe("a sample that lacks an axis", () => {
  const program = (data: string, shape: string) => `import numpy as np
from keras import Sequential
from keras.layers import Conv1D, Dense, Flatten
X = ${data}
y = np.zeros(60)
model = Sequential([Conv1D(8, 3, input_shape=${shape}), Flatten(), Dense(1)])
model.compile("adam", "mse")
model.fit(X, y)
`;
  it("gets it in what is said of it and in the data, where the batch stood before it", () => {
    const { text, titles } = mended(program("np.random.rand(60, 24)", "(60, 24)"));
    assert.match(text, /X = np\.random\.rand\(60, 24\)\[\.\.\., None\]\n/);
    assert.match(text, /input_shape=\(24, 1\)/);
    assert.match(titles[0] ?? "", /^input_shape=\(24, 1\): the shape of one sample, and \[\.\.\., None\]/);
  });
  it("gets it in what is said of it alone, where Keras gives it to the data", () => {
    const { text, titles } = mended(program("np.random.rand(60, 24)", "(24,)"));
    assert.match(text, /X = np\.random\.rand\(60, 24\)\n/);
    assert.match(titles.join("; "), /input_shape=\(24, 1\): the shape of one sample, and \[\.\.\., None\]/);
  });
  it("gets it in the data alone, where what is said is read off them", () => {
    const { text } = mended(program("np.random.rand(60, 24) / 2", "X.shape[1:]"));
    assert.match(text, /X = \(np\.random\.rand\(60, 24\) \/ 2\)\[\.\.\., None\]\n/);
    assert.match(text, /input_shape=X\.shape\[1:\]/);
  });
});

describe("maps of several steps", () => {
  it("are laid flat step by step before a layer that reads rows", () => {
    const { text } = mended(`from keras import Input, Sequential
from keras.layers import LSTM, Conv2D, TimeDistributed
model = Sequential()
model.add(Input((6, 20, 20, 1)))
model.add(TimeDistributed(Conv2D(4, 3)))
model.add(LSTM(8))
`);
    assert.match(text, /import LSTM, Conv2D, TimeDistributed, Flatten\n/);
    assert.match(text, /model\.add\(TimeDistributed\(Flatten\(\)\)\)\nmodel\.add\(LSTM\(8\)\)/);
  });
});

describe("fixes of one finding", () => {
  it("read differently, each from the others", () => {
    const told = new Told(
      core,
      "program.py",
      `import numpy as np
import tensorflow as tf
x = np.zeros((8, 28, 28, 3))
base = tf.keras.applications.MobileNetV2(input_shape=(28, 28, 3), include_top=False, weights=None)
`,
    );
    const { fixes } = only(told.analysis.diagnostics, told.grave.join("; "));
    const titles = fixes.map(({ title }) => title);
    assert.deepEqual(titles, [...new Set(titles)]);
  });
});

describe("a product of matrices whose summed axes stand at the same place", () => {
  it("gets the second of NumPy's arrays turned by NumPy, also where it is an operator", () => {
    const program = "import numpy as np\na, b = np.ones((4, 3)), np.ones((5, 3))\nc = a @ b\n";
    assert.match(mended(program).text, /c = a @ b\.T\n/);
  });
});
