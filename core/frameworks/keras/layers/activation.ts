import { masked } from "../../../lowering/builder.ts";
import { floorDivide, mayDivide, unknown } from "../../../tensor/dim.ts";
import { type DType, isFloat, isInteger } from "../../../tensor/dtype.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { check, layer, py, type Surroundings, type Violation } from "../define.ts";
import { activationName } from "./families/arguments.ts";
import { autocast, floated, floatsInKeras2, numbersInKeras2, onlyFloat } from "./families/autocast.ts";

/** What a run yields: most functions are for floats alone, and then Keras's symbolic answer stands. */
function dtypeOf(name: string | null | undefined, at: Surroundings): DType | undefined {
  const [dtype] = at.dtypes;
  if (name === undefined) return onlyFloat(at);
  if (name === null || name === "linear") return autocast(at);
  if (name === "relu" || name === "relu6") return dtype === undefined || isInteger(dtype) ? dtype : at.compute;
  if (name === "leaky_relu") return floated(at);
  // Truth values too become floatx, whatever the policy.
  if (name !== "exponential" && name !== "tanh") return at.compute;
  return dtype === undefined || isFloat(dtype) ? autocast(at) : "float32";
}

/** TensorFlow's functions, which Keras 2 calls as they are, take floats alone but for those of the ReLU's kind. */
function inKeras2(name: string | null, x: Shape, at: Surroundings): readonly Violation[] {
  if (at.keras !== 2 || name === null || name === "linear") return [];
  if (["relu", "relu6", "leaky_relu"].includes(name)) return numbersInKeras2(name, at);
  return [
    ...check(name !== "softmax" || x.rank > 1, "softmax-rank", "softmax takes two axes or more in Keras 2"),
    ...floatsInKeras2(name, at),
  ];
}

export const Activation = layer("Activation", {
  summary: "Applies a function to every element, or along the last axis.",
  args: { activation: activationName() },
  requires: ({ activation }, x, at) => [
    ...check(
      at.eager !== true || activation !== "threshold",
      "activation-complete",
      "threshold needs two more arguments, so its name alone fails when it runs: use a lambda",
      { argument: "activation" },
    ),
    ...(activation === undefined ? [] : inKeras2(activation, x, at)),
  ],
  // A gated linear unit multiplies one half of the last axis with the other; Keras's symbolic answer overlooks it.
  output: ({ activation }, x, { dtypes: [dtype] }) => {
    if (activation !== "glu" || !mayDivide(2, x.last) || (dtype !== undefined && !isFloat(dtype))) return x;
    return x.withLast(dtype === undefined ? unknown("glu halves it for floats alone") : floorDivide(x.last, 2));
  },
  dtype: ({ activation }, at) => dtypeOf(activation, at),
  lower: (g, { activation }, x, _, at) => masked(g.activation(x, activation), at.masks[0]),

  example: py`
    x = keras.Input((10, 64))          # shape: (None, 10, 64)
    y = layers.Activation("relu")(x)   # shape: (None, 10, 64)  params: 0
  `,
});
