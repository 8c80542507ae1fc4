import { hasRank } from "../../../tensor/shape.ts";
import { type Inference, py, wrapper } from "../define.ts";
import { builtCells, cellArgument, cellSizes, stateTensors } from "./families/stack.ts";

export const StackedRNNCells = wrapper("StackedRNNCells", {
  summary: "Cells on top of each other as one cell: each takes the output of the one before it.",
  args: { cells: cellArgument() },
  tensors: ["inputs", "states"],

  infer: ({ cells }, [x], at): Inference => {
    if (x === undefined || !hasRank(x.shape)) return { violations: [], outputs: undefined, weights: [] };
    const built = builtCells(cells, x, at);
    const sizes = cellSizes(cells);
    if (sizes === undefined) return { ...built, outputs: undefined };
    const type = (shape: typeof x.shape) => ({ shape, dtype: at.compute });
    const { flat, nesting } = stateTensors(sizes.states, x.shape.batch, 1);
    return { ...built, outputs: [type(x.shape.withLast(sizes.output)), ...flat.map(type)], nesting: [0, nesting] };
  },

  example: py`
    x = keras.Input((10, 8))   # shape: (None, 10, 8)
    cells = layers.StackedRNNCells([layers.LSTMCell(4), layers.GRUCell(3)])
    y = layers.RNN(cells)(x)   # shape: (None, 3)  params: 289
  `,
});
