import { masked, needed, refuse } from "../../../lowering/builder.ts";
import { isUnknown, NONE, unknown } from "../../../tensor/dim.ts";
import { printShape } from "../../../tensor/shape.ts";
import { check, flag, layer, py, raw } from "../define.ts";
import { eachAxis, givenMoment, kept, momentsFit, momentsMeet, oneMoment } from "./families/moments.ts";

export const Normalization = layer("Normalization", {
  summary:
    "Shifts and scales to mean 0 and variance 1, as adapt() found them for every entry of `axis`; the shape stays.",
  args: { axis: eachAxis(), mean: raw(), variance: raw(), invert: flag() },
  valid: (a) => momentsFit(a.mean, a.variance, a.axis),

  requires: ({ axis, mean }, x, { keras }) => {
    const places = kept(axis, x.rank);
    if (places === undefined) return [];
    if (places === "out of range")
      return check(false, "axis-in-range", `Normalization: ${printShape(x)} has no axis ${axis}`, { argument: "axis" });
    const open = places.find((place) => x.at(place) === NONE);
    return [
      ...(keras === 2 && axis === null ? oneMoment(mean) : []),
      ...check(
        open === undefined,
        "kept-axes-defined",
        `Normalization has a mean for every entry of axis ${open}, which is None in ${printShape(x)}: ` +
          "give the input a number there, or leave the axis out",
        { argument: "axis" },
      ),
      ...momentsMeet(mean, places, x),
    ];
  },
  // A count of the data beside the moments; nothing where the moments are given.
  weights: ({ axis, mean }, x) => {
    const places = kept(axis, x.rank);
    if (isUnknown(mean) || places === undefined) return unknown("the axes are not known");
    if (mean !== null || places === "out of range") return {};
    const shape = places.map((place) => x.at(place));
    const moment = { shape, trainable: false };
    return { mean: moment, variance: moment, count: { shape: [], trainable: false, dtype: "int64" } };
  },
  output: (_, x) => x,
  lower: (g, a, x, w, at) => {
    const places = kept(a.axis, x.shape.length);
    if (places === undefined || places === "out of range") return refuse("its axis is not known");
    const shape = x.shape.map((n, i) => (places.includes(i) ? n : 1));
    const moment = (name: "mean" | "variance") => w[name] ?? givenMoment(g, a[name], x, places);
    const [mean, variance] = [moment("mean"), moment("variance")].map((it) => g.reshape(it, shape));
    const deviation = g.maximum(g.unary("Sqrt", needed(variance)), 1e-7);
    const y = a.invert
      ? g.add(g.multiply(g.float(x), deviation), needed(mean))
      : g.divide(g.subtract(g.float(x), needed(mean)), deviation);
    return masked(y, at.masks[0]);
  },

  example: py`
    x = keras.Input((3,))           # shape: (None, 3)
    y = layers.Normalization()(x)   # shape: (None, 3)  params: 7
  `,
});
