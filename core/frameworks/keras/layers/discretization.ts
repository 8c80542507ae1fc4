import { refuse } from "../../../lowering/builder.ts";
import { type Dim, provablyLess, unknown } from "../../../tensor/dim.ts";
import { check, flag, layer, optional, py, raw, size } from "../define.ts";
import type { Version } from "../version.ts";
import { isList, isOpen } from "./families/arguments.ts";
import { codable, encoded, encodedNumbers, modeArgument, sparseCode } from "./families/encoding.ts";
import { numbersIn } from "./families/moments.ts";

/** One bin more than there are boundaries between them; in Keras 2 there are none before adapt(). */
const depth = (given: unknown, bins: Dim | null, keras: Version | undefined): Dim =>
  Array.isArray(given) ? given.length + 1 : ((keras === 2 ? null : bins) ?? unknown("the bins are not known"));

export const Discretization = layer("Discretization", {
  summary: "Puts every number into a bin, and gives the bin's number or its one-hot code.",
  args: {
    bin_boundaries: raw(),
    num_bins: optional(size()),
    output_mode: modeArgument(["int", "one_hot", "multi_hot", "count"]),
    sparse: flag(),
  },
  valid: ({ bin_boundaries, num_bins, output_mode, sparse }) => [
    ...sparseCode(sparse, output_mode),
    ...check(num_bins === null || !provablyLess(num_bins, 0), "bins-not-negative", "num_bins must not be negative", {
      argument: "num_bins",
    }),
    ...check(
      isOpen(bin_boundaries) || (bin_boundaries === null) !== (num_bins === null),
      "bins-or-boundaries",
      "give either num_bins, and adapt() finds the boundaries, or bin_boundaries",
      { argument: "num_bins" },
    ),
  ],
  requires: ({ bin_boundaries, output_mode }, x, at) => [
    ...check(
      !at.eager || isList(bin_boundaries) || bin_boundaries !== null,
      "boundaries-known",
      "Discretization must be given bin_boundaries, or adapt() its num_bins to data, before it runs.",
    ),
    ...codable("Discretization", output_mode, x, at),
  ],
  // What adapt() counts in is a weight in Keras 2.
  weights: ({ bin_boundaries }, _, { keras }) =>
    keras === 2 && bin_boundaries === null ? unknown("adapt() decides the size of the summary") : {},
  output: (a, x, { keras }) => encoded(a.output_mode, x, depth(a.bin_boundaries, a.num_bins, keras)),
  dtype: ({ output_mode }, at) => (output_mode !== "int" ? at.compute : at.keras === 2 ? "int64" : "int32"),
  // The number of a bin is how many boundaries are not above x.
  lower: (g, { bin_boundaries, output_mode }, x) => {
    const boundaries = bin_boundaries === null ? undefined : numbersIn(bin_boundaries);
    if (boundaries === undefined) return refuse("its bin_boundaries are not known");
    const above = g.binary("GreaterOrEqual", g.expand(g.float(x), x.shape.length), g.constant(boundaries), "bool");
    const bins = g.reduce("ReduceSum", g.cast(above, "int32"), [-1]);
    return output_mode === "int" ? bins : encodedNumbers(g, output_mode, bins, boundaries.length + 1);
  },

  example: py`
    x = keras.Input((3,))                                          # shape: (None, 3)
    y = layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0])(x)   # shape: (None, 3)  dtype: int32
  `,
});
