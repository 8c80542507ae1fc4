import { headless, inserted, rewritten, type Step, typed } from "./steps.ts";

const LINES = [
  "x = layers.Dense(64, activation='relu')(x)",
  "if training and (mask is not None):",
  'print(f"shape {x.shape!r:>{width}} of {len([1, 2])}")',
  "for i, (a, b) in enumerate(zip(xs, [1, 2])):",
  "def helper(x, units=(3, 4), *, name='n'):",
  '"""What it does, and why: it\'s so."""',
  "config = {'filters': [16, 32], 'name': \"block\"}",
  "outputs = [layers.Dense(n)(t) for n, t in pairs if n > 1]",
  "@keras.saving.register_keras_serializable(package='x')",
  "model.add(layers.LSTM(32, return_sequences=True))",
  "from keras.layers import (Dense, Conv2D as C)",
  "else:",
  "return keras.Model(inputs=[a, b], outputs={'y': y})",
  "x[:, 0, ...] = tf.cast(y, 'float32') ** 2",
  "y = lambda t: t[..., :3] if t is not None else {}",
  "class Block(layers.Layer):",
  "with tf.name_scope('block') as scope:",
];

/** How people write; the second number says that only every n-th step is taken. */
export const WAYS: Readonly<Record<string, (text: string, every: number) => Iterable<Step>>> = {
  typed: (text, every) => typed(text, every),
  "typed with closing brackets": (text, every) => typed(text, every, true),
  "lines rewritten": (text, every) => rewritten(text, every),
  "lines rewritten with closing brackets": (text, every) => rewritten(text, every, true),
  "lines deleted backwards": (text, every) => rewritten(text, every, false, true),
  "lines inserted": (text, every) => inserted(text, LINES, every),
  "lines inserted with closing brackets": (text, every) => inserted(text, LINES, every, true),
  "headers without bodies": (text) => headless(text),
};
