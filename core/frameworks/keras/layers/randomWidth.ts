import { NONE } from "../../../tensor/dim.ts";
import { check, layer, py } from "../define.ts";
import { growth } from "./families/factors.ts";

/** Only `tf.keras` still has it. */
export const RandomWidth = layer("RandomWidth", {
  summary: "Makes images wider or narrower at random while training, so that their width is known only at run time.",
  args: { factor: growth() },
  requires: (_, x, { keras }) =>
    check(
      keras === 2 ? x.rank === 3 || x.rank === 4 : x.rank >= 2,
      "input-rank",
      `RandomWidth takes images; this input has ${x.rank} axes`,
    ),
  output: (_, x) => x.with(-2, NONE),

  example: py`
    x = keras.Input((28, 28, 3))              # shape: (None, 28, 28, 3)
    y = tf.keras.layers.RandomWidth(0.2)(x)   # shape: (None, 28, None, 3)  params: 0
  `,
});
