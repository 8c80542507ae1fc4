import { needed } from "../../../lowering/builder.ts";
import { flag, layer, py } from "../define.ts";
import { wholeOnly } from "./families/arguments.ts";
import { lookedUp } from "./families/lookup.ts";
import { lora, unadapted } from "./families/lora.ts";

export const Embedding = layer("Embedding", {
  summary: "Looks up a vector of `output_dim` numbers for every index: a new last axis.",
  args: { input_dim: wholeOnly(1), output_dim: wholeOnly(1), mask_zero: flag(), ...lora },
  weights: (a) => unadapted(a, { embeddings: [a.input_dim, a.output_dim] }),
  output: ({ output_dim }, x) => x.concat([output_dim]),
  lower: (g, { mask_zero }, x, { embeddings }) => lookedUp(g, needed(embeddings), x, mask_zero),

  example: py`
    x = keras.Input((20,), dtype="int32")   # shape: (None, 20)
    y = layers.Embedding(1000, 64)(x)       # shape: (None, 20, 64)  params: 64000
  `,
});
