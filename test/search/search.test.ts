import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { quickFixes } from "../../server/features/codeActions.ts";
import { projectOf } from "../core/open.ts";
import { only, Told, testCore } from "../programs/told.ts";

/** What is offered where no rule knows a repair: small edits of what the finding depends on, tried in turn. */

const core = await testCore();
const HEAD = "import keras\nimport numpy as np\nfrom keras import layers, ops\n";
/** The fixes of a program's one error, as titles, and the program after the first. */
function offered(text: string): { readonly titles: readonly string[]; readonly after: string | undefined } {
  const told = new Told(core, "program.py", HEAD + text);
  const { fixes } = only(
    told.analysis.diagnostics.filter((it) => it.severity === "error"),
    told.grave.join("; "),
  );
  for (const fix of fixes) {
    assert.equal(fix.preferred, false, "an edit that happens to help is not what is almost always meant");
    assert.deepEqual(told.after(fix).grave, []);
  }
  const [first] = fixes;
  return { titles: fixes.map(({ title }) => title), after: first && told.after(first).text };
}

describe("a search among small edits", () => {
  it("changes the number that does not go with another, at the nearest call first", () => {
    const { titles, after } = offered(`
def tower(x, units):
    return layers.Dense(units)(x)

left = tower(keras.Input((8,)), 16)
right = tower(keras.Input((8,)), 24)
distance = layers.Lambda(lambda t: t[0] - t[1])([left, right])
`);
    assert.match(titles[0] ?? "", /^tower\(keras.Input\(\(8,\)\), 16\) → \(None, 16\)/);
    assert.match(after ?? "", /right = tower\(keras.Input\(\(8,\)\), 16\)/);
  });
  it("leaves out an operand that was too much", () => {
    const { after } = offered(`
series = np.zeros(500)
n = 25
x = np.array([series[i:i + n] for i in range(len(series) - n)])
y = series[n - 1:]
model = keras.Sequential([keras.Input((n,)), layers.Dense(1)])
model.compile(loss="mse")
model.fit(x, y)
`);
    assert.match(after ?? "", /y = series\[n:\]/);
  });
  it("leaves out an entry of a list", () => {
    const { titles } = offered("\nx = layers.Permute((2, 1, 3))(keras.Input((10, 6)))\n");
    assert.match(titles[0] ?? "", /^Without 3 → \(None, 6, 10\)/);
  });
  it("exchanges neighbours", () => {
    const { titles } = offered(`
length = 10
def batches(pictures, words, target):
    while True:
        yield (words[:4], pictures[:4]), target[:4]

picture, words = keras.Input((64,)), keras.Input((length,))
joined = layers.concatenate([layers.Dense(8)(picture), layers.Dense(8)(words)])
model = keras.Model([picture, words], layers.Dense(1)(joined))
model.compile(loss="mse")
model.fit(batches(np.zeros((40, 64)), np.zeros((40, length)), np.zeros((40, 1))), steps_per_epoch=2)
`);
    assert.match(titles.join("; "), /yield \(pictures\[:4\], words\[:4\]\), target\[:4\]/);
  });
  it("changes a size that is said twice in both places", () => {
    const { titles } = offered(`
def gate(x, ratio=4):
    filters = x.shape[-1]
    s = layers.GlobalAveragePooling2D()(x)
    s = layers.Dense(filters // ratio, activation="sigmoid")(s)
    s = layers.Reshape((1, 1, filters // ratio))(s)
    return layers.Multiply()([x, s])

y = gate(keras.Input((18, 18, 16)))
`);
    const both = titles.find((it) => it.startsWith("layers.Reshape((1, 1, filters)) and layers.Dense(filters, "));
    assert.ok(both, titles.join("; "));
  });
  it("takes no other variable than one of the same kind", () => {
    const { after } = offered(`
def cut(data, width):
    return np.array([data[i:i + width] for i in range(len(data) - width)])

train, test = cut(np.zeros((90, 2)), 10), cut(np.zeros((50, 2)), 6)
model = keras.Sequential([keras.Input((10, 2)), layers.Flatten(), layers.Dense(1)])
model.compile(loss="mse")
model.fit(train, np.zeros(80))
model.predict(test)
`);
    assert.match(after ?? "", /cut\(np.zeros\(\(50, 2\)\), 10\)/);
  });
  it("offers nothing that helps only because less is known then", () => {
    const { titles } = offered(`
a, b = keras.Input((7, 16)), keras.Input((5, 9))
scores = ops.matmul(a, b)
`);
    for (const title of titles) assert.doesNotMatch(title, /\?/);
  });
  it("leaves out what is put in too much", () => {
    const { titles } = offered(`
model = keras.Sequential([keras.Input((9, 4))])
model.add(layers.Flatten())
model.add(layers.Dense(6))
model.add(layers.Permute((2, 1)))
`);
    assert.match(titles.join("; "), /Without model.add\(layers.Flatten\(\)\)/);
  });
  it("takes a column of each where a row of all was taken", () => {
    const { titles } = offered(`
parts = np.zeros((40, 3, 8))
moved = np.ones((40, 8)) + parts[0]
`);
    assert.match(titles.join("; "), /parts\[:, 0\]/);
  });
  it("leaves tables alone, however long they are", () => {
    const rows = Array.from({ length: 8000 }, (_, i) => `"word ${i}": ${i}`).join(", ");
    const { titles } = offered(`
table = {${rows}}
a = keras.Input((7, 16))
scores = ops.matmul(a, ops.reshape(ops.ones(len(table)), (-1, 5)))
`);
    for (const title of titles) assert.doesNotMatch(title, /word/);
  });
});

describe("an edit by which two places of the program agree, where a rule would make a number fit", () => {
  /** The program after what is offered first. */
  const mended = (text: string): string => {
    const told = new Told(core, "program.py", HEAD + text);
    const [first] = told.analysis.diagnostics.filter((it) => it.severity === "error").flatMap(({ fixes }) => fixes);
    assert.ok(first, told.grave.join("; "));
    return told.after(first).text;
  };
  it("takes all of a picture, as the model was told", () => {
    const after = mended(`
rows = []
for i in range(60):
    picture = np.random.randint(0, 256, (48, 48, 3))
    rows.append(picture[:, :, 0].flatten())
x = np.array(rows)
model = keras.Sequential([keras.Input((48 * 48 * 3,)), layers.Dense(1)])
model.compile(loss="mse")
model.fit(x, np.zeros(60))
`);
    assert.match(after, /append\(picture\.flatten\(\)\)/);
  });
  it("keeps what was made and dropped", () => {
    const after = mended(`
x = np.zeros((60, 6, 128))
np.moveaxis(x, 1, 2)
model = keras.Sequential([keras.Input((128, 6)), layers.LSTM(4), layers.Dense(1)])
model.compile(loss="mse")
model.fit(x, np.zeros(60))
`);
    assert.match(after, /^x = np\.moveaxis\(x, 1, 2\)$/m);
  });
  it("does to one array what was done to its sister alone", () => {
    const after = mended(`
x_train, x_test = np.zeros((60, 28, 28)), np.zeros((20, 28, 28))
x_train = x_train.reshape(x_train.shape[0], 784)
model = keras.Sequential([keras.Input((784,)), layers.Dense(1)])
model.compile(loss="mse")
model.fit(x_train, np.zeros(60))
model.evaluate(x_test, np.zeros(20))
`);
    assert.match(after, /784\)\nx_test = x_test\.reshape\(x_test\.shape\[0\], 784\)$/m);
  });
  it("cuts what stands beside another that is cut", () => {
    const after = mended(`
a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model([a, b], layers.Dense(1)(layers.concatenate([a, b])))
model.compile(loss="mse")
left, right, y = np.zeros((80, 4)), np.zeros((80, 4)), np.zeros(80)
model.evaluate([left[:20], right], y[:20])
`);
    assert.match(after, /\[left\[:20\], right\[:20\]\], y\[:20\]/);
  });
  it("exchanges the sizes of what lies the other way round", () => {
    const after = mended(`
class Sampling(layers.Layer):
    def call(self, inputs):
        mean, spread = inputs
        noise = keras.random.normal(shape=(2, ops.shape(mean)[0]))
        return mean + spread * noise

x = keras.Input((8,))
z = Sampling()([layers.Dense(2)(x), layers.Dense(2)(x)])
model = keras.Model(x, layers.Dense(8)(z))
model.compile(loss="mse")
model.fit(np.zeros((64, 8)), np.zeros((64, 8)), batch_size=16)
`);
    assert.match(after, /shape=\(ops\.shape\(mean\)\[0\], 2\)/);
  });
});

describe("a finding whose cause no rule knows", () => {
  const blamedIn = (text: string) => {
    const { path, diagnostics } = new Told(core, "program.py", HEAD + text).analysis;
    const found = only(
      diagnostics.filter((it) => it.severity === "error"),
      "one error",
    );
    const own = found.related.filter(({ location }) => location.path === path);
    const said = ({ start, end }: { readonly start: number; readonly end: number }) => (HEAD + text).slice(start, end);
    return { at: said(found.span), related: own.map((it) => `${it.message}: ${said(it.location.span)}`) };
  };
  it("is blamed on what one likely edit mends, and where it came to light stands beside it", () => {
    const { at, related } = blamedIn(`
mean = layers.Dense(2)(keras.Input((8,)))
spread = layers.Dense(3)(keras.Input((8,)))
shift = layers.Lambda(lambda t: t[0] * t[1])([mean, spread])
`);
    assert.equal(at, "layers.Dense(3)");
    assert.deepEqual(related[0], "it comes to light here: t[0] * t[1]");
  });
  it("stays where it is told for who points at it, with what mends it", () => {
    const text = `${HEAD}
mean = layers.Dense(2)(keras.Input((8,)))
spread = layers.Dense(3)(keras.Input((8,)))
shift = layers.Lambda(lambda t: t[0] * t[1])([mean, spread])
`;
    const start = text.indexOf("t[0] *");
    const project = projectOf(text);
    const settings = { ...project.settings, fixes: { start, end: start } };
    const { analysis } = core.analyse({ ...project, settings });
    const [fix] = quickFixes(analysis, { start, end: start });
    assert.match(fix?.title ?? "", /^layers\.Dense\(2\)/);
  });
  it("stays where it came to light if what helps is rather a chance", () => {
    const { at } = blamedIn(`
x = layers.Conv1D(8, 3)(keras.Input((12, 4)))
x = layers.Lambda(lambda t: ops.squeeze(t, axis=1))(x)
`);
    assert.equal(at, "ops.squeeze(t, axis=1)");
  });
});
