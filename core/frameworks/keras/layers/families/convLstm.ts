/** ConvLSTM in 1, 2 and 3 dimensions. Source: keras.src.layers.rnn.conv_lstm. */
import { NONE, plus, product, provablyLess, times } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import { check, flag, type LayerDeclaration, layer, NOT_A_SIZE, oneOf, type Violation } from "../../define.ts";
import { activationName, dataFormat, sizeOrBool, tuple } from "./arguments.ts";
import { floatsInKeras2 } from "./autocast.ts";
import { dilatedInKeras2, fits, slid, type Window } from "./convolution.ts";
import { convolvedSteps } from "./convRecurrence.ts";
import { fixedBatch, recurrentArguments } from "./recurrent.ts";

/** The state has the size of the image, so it cannot wait for the run. */
function fixedImage(name: string, a: Window, step: Shape): readonly Violation[] {
  const open = [...step.spatial(a.data_format), step.channels(a.data_format)].includes(NONE);
  const message =
    `${name} keeps a state as large as one step of its input, so every axis behind the time axis must be known; ` +
    `one step is ${printShape(step)}. Give the input those sizes.`;
  return check(!open, "step-shape-defined", message);
}

export const convLstm = (name: string, n: 1 | 2 | 3, words: { summary: string; example: string }): LayerDeclaration =>
  layer(name, {
    ...words,
    args: {
      filters: sizeOrBool(),
      kernel_size: tuple(n),
      strides: tuple(n, 0),
      padding: oneOf<"valid" | "same">("valid", "same"),
      data_format: dataFormat(),
      dilation_rate: tuple(n),
      use_bias: flag(),
      activation: activationName(),
      recurrent_activation: activationName(),
      ...recurrentArguments,
    },
    tensors: ["sequences", "initial_state"],
    input: { rank: n + 3 },
    valid: (a) =>
      check(
        ![a.strides, a.dilation_rate].every((sizes) => [...sizes].some((it) => provablyLess(1, it))),
        "strides-or-dilation",
        "strides and dilation_rate cannot both be above 1: set one of them to 1",
        { argument: "dilation_rate" },
      ),
    requires: (a, x, at) => [
      ...check(
        a.filters !== NOT_A_SIZE && !provablyLess(a.filters, at.eager ? 1 : 0),
        "filters-whole",
        `${name}: filters must be a whole number, and not below 0`,
        { argument: "filters" },
      ),
      ...fixedImage(name, a, x.remove(1)),
      ...fits(a, x.remove(1)),
      ...fixedBatch(name, a.stateful, x),
      ...floatsInKeras2(name, at),
      // It keeps its state in floatx, whatever its dtype.
      ...check(
        at.keras !== 2 || !a.stateful || at.compute === undefined || at.compute === "float32",
        "stateful-floatx",
        `${name} with stateful=True works in float32 alone in Keras 2`,
        { argument: "stateful" },
      ),
    ],
    weights: (a, x) => ({
      kernel: [...a.kernel_size, x.remove(1).channels(a.data_format), times(4, a.filters)],
      recurrent_kernel: [...a.kernel_size, a.filters, times(4, a.filters)],
      bias: a.use_bias && [times(4, a.filters)],
    }),
    output: (a, x, { keras }) => {
      const state = (keras === 2 ? dilatedInKeras2 : slid)(a, x.remove(1), a.filters);
      const output = a.return_sequences ? state.insert(1, x.at(1)) : state;
      return a.return_state ? [output, state, state] : output;
    },
    macs: (a, x) => {
      const channels = plus(x.remove(1).channels(a.data_format), a.filters);
      const places = slid(a, x.remove(1), 1).spatial(a.data_format);
      return product([x.at(1), ...places, ...a.kernel_size, channels, times(4, a.filters)]);
    },
    lower: (g, a, _, w, at) => convolvedSteps(g, a, at, w),
  });
