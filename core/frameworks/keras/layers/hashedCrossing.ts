import { NONE, provablyDifferent } from "../../../tensor/dim.ts";
import { isInteger } from "../../../tensor/dtype.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import { check, merging, py, raw, size } from "../define.ts";
import { listed } from "./families/elementwise.ts";
import { codeDtype, encoded, modeArgument } from "./families/encoding.ts";

export const HashedCrossing = merging("HashedCrossing", {
  summary: "Hashes pairs of two categories into one of `num_bins` bins, and gives the bin's number or its code.",
  args: { num_bins: size(), output_mode: modeArgument(["int", "one_hot"]), dtype: raw() },

  requires: ({ output_mode, dtype }, xs, at) => [
    ...check(
      at.keras !== 2 || output_mode !== "int" || dtype === null || at.compute === undefined || isInteger(at.compute),
      "bins-whole",
      `HashedCrossing gives whole numbers, so its dtype must be one of integers, and not ${at.compute}`,
      { argument: "dtype" },
    ),
    ...check(
      at.eager ? xs.length >= 2 : xs.length === 2,
      "input-count",
      `HashedCrossing crosses two categories; these are ${listed(xs)}.`,
    ),
    ...check(
      xs.every((x) => !provablyDifferent(x.last, xs[0]?.last ?? x.last)),
      "shapes-equal",
      `HashedCrossing crosses element by element, so its inputs must have one shape; these are ${listed(xs)}.`,
      { code: "incompatible-shapes" },
    ),
    ...check(
      !at.eager || xs.every((x) => x.rank < 2 || (x.rank === 2 && !provablyDifferent(x.last, 1))),
      "one-category-each",
      `HashedCrossing takes one category a sample: (batch,) or (batch, 1); these are ${listed(xs)}.`,
    ),
  ],
  output: ({ num_bins, output_mode }, [x], { keras }) => {
    if (x === undefined) return unknownRank("no input");
    // Keras 2 crosses rows whose number it does not keep.
    return encoded(output_mode, keras === 2 && x.rank > 0 ? x.with(0, NONE) : x, num_bins);
  },
  dtype: ({ output_mode, dtype }, at) => codeDtype(output_mode, dtype, at),

  example: py`
    a = keras.Input((1,), dtype="int64")            # shape: (None, 1)  dtype: int64
    b = keras.Input((1,), dtype="int64")            # shape: (None, 1)  dtype: int64
    y = layers.HashedCrossing(num_bins=5)([a, b])   # shape: (None, 1)  dtype: int64
  `,
});
