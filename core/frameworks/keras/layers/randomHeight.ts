import { NONE } from "../../../tensor/dim.ts";
import { check, layer, py } from "../define.ts";
import { growth } from "./families/factors.ts";

/** Only `tf.keras` still has it. */
export const RandomHeight = layer("RandomHeight", {
  summary: "Makes images higher or lower at random while training, so that their height is known only at run time.",
  args: { factor: growth() },
  requires: (_, x, { keras }) =>
    check(
      keras === 2 ? x.rank === 3 || x.rank === 4 : x.rank >= 3,
      "input-rank",
      `RandomHeight takes images; this input has ${x.rank} axes`,
    ),
  output: (_, x) => x.with(-3, NONE),

  example: py`
    x = keras.Input((28, 28, 3))               # shape: (None, 28, 28, 3)
    y = tf.keras.layers.RandomHeight(0.2)(x)   # shape: (None, None, 28, 3)  params: 0
  `,
});
