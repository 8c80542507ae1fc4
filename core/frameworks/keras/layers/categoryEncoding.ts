import { size } from "../../../lowering/builder.ts";
import { check, layer, py } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { announced, codable, encodedNumbers, modeArgument } from "./families/encoding.ts";

export const CategoryEncoding = layer("CategoryEncoding", {
  summary: "Turns category numbers into one-hot, multi-hot or count vectors of length `num_tokens`.",
  args: { num_tokens: whole(1), output_mode: modeArgument(["multi_hot", "one_hot", "count"], ["binary"]) },
  requires: ({ output_mode }, x, at) => [
    ...codable("CategoryEncoding", output_mode, x, at),
    ...check(
      at.keras !== 2 || (at.dtypes[0] !== "bool" && at.dtypes[0] !== "uint8"),
      "input-countable",
      `CategoryEncoding counts int32 or int64 in Keras 2, and this input is ${at.dtypes[0]}: cast it`,
    ),
  ],
  output: ({ num_tokens, output_mode }, x) => announced(output_mode, x, num_tokens),
  lower: (g, { num_tokens, output_mode }, x) => encodedNumbers(g, output_mode, g.cast(x, "int32"), size(num_tokens)),

  example: py`
    x = keras.Input((3,), dtype="int32")           # shape: (None, 3)  dtype: int32
    y = layers.CategoryEncoding(num_tokens=4)(x)   # shape: (None, 4)  dtype: float32
  `,
});
