import { type Dim, isUnknown } from "../../../tensor/dim.ts";
import { type Arg, check, flag, type Given, layer, py, raw } from "../define.ts";
import { isList, whole } from "./families/arguments.ts";
import { announced, codable, codeDtype, encoded, modeArgument, sparseCode } from "./families/encoding.ts";

/** A key for the hash function: one number, or two. */
export const salt = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given: Given) =>
    given === null ||
    isUnknown(given) ||
    typeof given === "number" ||
    typeof given === "boolean" ||
    (isList(given) && given.length === 2)
      ? undefined
      : "must be a whole number, or two of them",
});

/** Keras asks for nothing but that it is above 0. */
const { cases: binsCases, refuses: refusesBins } = whole(1);
const bins: Arg<Dim> = {
  takes: "size",
  cases: binsCases,
  refuses: (given) =>
    typeof given === "object" && given !== null && "float" in given && given.float > 0
      ? undefined
      : refusesBins?.(given),
};

export const Hashing = layer("Hashing", {
  summary: "Hashes every element into one of `num_bins` bins, and gives the bin's number or its code.",
  args: {
    num_bins: bins,
    output_mode: modeArgument(["int", "one_hot", "multi_hot", "count"]),
    sparse: flag(),
    salt: salt(),
    dtype: raw(),
  },
  valid: ({ output_mode, sparse, dtype }) => [
    ...check(
      output_mode !== "int" || typeof dtype !== "string" || dtype === "int32" || dtype === "int64",
      "hash-dtype",
      'with output_mode="int" the dtype must be int32 or int64, as the bins are whole numbers',
      { argument: "dtype" },
    ),
    ...sparseCode(sparse, output_mode),
  ],
  requires: ({ output_mode }, x, at) => codable("Hashing", output_mode, x, at),
  // A last axis of size 1 goes before the code is made, and again while it is made.
  output: ({ num_bins, output_mode }, x) =>
    output_mode === "one_hot" && x.last === 1
      ? encoded("one_hot", x.rank === 1 ? x : x.remove(-1), num_bins)
      : announced(output_mode, x, num_bins),
  dtype: ({ output_mode, dtype }, at) => codeDtype(output_mode, dtype, at),

  example: py`
    x = keras.Input((3,), dtype="int64")   # shape: (None, 3)  dtype: int64
    y = layers.Hashing(num_bins=8)(x)      # shape: (None, 3)  dtype: int64
  `,
});
