import { times, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, unknownRank } from "../../../tensor/shape.ts";
import { check, type Inference, py, wrapper } from "../define.ts";
import { cellsOf } from "./families/cellWeights.ts";
import { unrolledCells } from "./families/recurrence.ts";
import { fixedBatch, steppedArguments, stepsKnown } from "./families/recurrent.ts";
import { builtCells, cellArgument, cellMacs, cellSizes, inKeras2, stackOf, stateTensors } from "./families/stack.ts";

export const RNN = wrapper("RNN", {
  summary: "Runs a cell, or cells stacked on each other, along the time axis; gives the last step, or every step.",
  args: { cell: cellArgument(), ...steppedArguments },
  tensors: ["sequences", "initial_state"],

  infer: ({ cell, return_sequences, return_state, stateful, unroll }, [x], at): Inference => {
    const shape = x?.shape ?? unknownRank("no input");
    if (x === undefined || !hasRank(shape)) return { violations: [], outputs: undefined, weights: [] };
    const built = builtCells(cell, { ...x, shape: shape.remove(1) }, at);
    const violations = [
      ...check(
        shape.rank >= 3,
        "input-rank",
        `RNN runs along the time axis: (batch, time, features). Its input has ${shape.rank} axes.`,
      ),
      ...fixedBatch("RNN", stateful, shape),
      ...stepsKnown("RNN", unroll, shape, at),
      ...built.violations,
      ...inKeras2(cell, at, x, unroll),
    ];
    const sizes = cellSizes(cell);
    if (sizes === undefined || (at.keras === 2 && shape.rank > 3)) return { ...built, violations, outputs: undefined };
    const steps = return_sequences ? shape.slice(0, 2) : shape.slice(0, 1);
    const type = (it: typeof shape) => ({ shape: it, dtype: at.compute });
    const own = built.output?.shape;
    const output = type(
      own === undefined
        ? steps.concat([sizes.output])
        : steps.concat(hasRank(own) ? own.slice(1) : [unknownDim(own.reason)]),
    );
    const { flat, nesting } = stateTensors(sizes.states, shape.batch, 1);
    return return_state
      ? { ...built, violations, outputs: [output, ...flat.map(type)], nesting: [0, ...nesting] }
      : { ...built, violations, outputs: output };
  },
  macs: ({ cell }, [x], _, inner) => {
    if (x === undefined || !hasRank(x.shape)) return undefined;
    const step = cellMacs(cell, { ...x, shape: x.shape.remove(1) }, inner);
    return step && times(x.shape.at(1), step);
  },
  lower: (g, { cell, ...a }, _, w, at) => unrolledCells(g, cellsOf(g, stackOf(cell), w), a, at.inputs, at.masks[0]),

  example: py`
    x = keras.Input((10, 64))                # shape: (None, 10, 64)
    y = layers.RNN(layers.LSTMCell(32))(x)   # shape: (None, 32)  params: 12416
  `,
});
