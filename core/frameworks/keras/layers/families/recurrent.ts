/** What SimpleRNN, LSTM, GRU and their cells share. Source: keras.src.layers.rnn. */
import { type Dim, NONE, printDim, provablyDifferent, provablyLess, times } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import {
  type Arg,
  callFlag,
  check,
  dimOf,
  flag,
  type Given,
  NOT_A_SIZE,
  type Surroundings,
  type Violation,
  type WeightSpec,
} from "../../define.ts";
import { activationName } from "./arguments.ts";

const isFloat = (given: Given): given is { readonly float: number } =>
  typeof given === "object" && given !== null && "float" in given;

/** A positive number of units. A float may pass the constructor and fail when the weights are made. */
const unitsArgument = (floats: "later" | "at once"): Arg<Dim> => ({
  takes: "size",
  cases: (given) => [typeof given === "boolean" ? Number(given) : dimOf(given)],
  refuses: (given) => {
    if (isFloat(given) && floats === "later" && given.float > 0) return undefined;
    const dim = dimOf(given);
    const wrong = (dim === NOT_A_SIZE && given !== true) || provablyLess(dim, 1);
    return wrong ? "must be a positive whole number" : undefined;
  },
});

const shared = { use_bias: flag(), activation: activationName() };
export const cellArguments = { ...shared, units: unitsArgument("later") };
export const layerArguments = { ...shared, units: unitsArgument("at once") };
export const recurrentArguments = {
  return_sequences: flag(),
  return_state: flag(),
  go_backwards: flag(),
  stateful: flag(),
  zero_output_for_mask: callFlag(),
};
export const steppedArguments = { ...recurrentArguments, unroll: flag() };

/** `kernel`, `recurrent_kernel` and `bias` of so many gates side by side. */
export const gates = (n: number, units: Dim, features: Dim, bias: readonly Dim[] | false) =>
  ({
    kernel: [features, times(n, units)],
    recurrent_kernel: [units, times(n, units)],
    bias,
  }) satisfies Readonly<Record<string, WeightSpec>>;

/** What making the weights refuses. */
export const buildable = (name: string, units: Dim): readonly Violation[] =>
  check(units !== NOT_A_SIZE, "units-whole", `${name}: units must be a whole number.`, { argument: "units" });

/** States to begin with come in the number that the layer carries; only a run counts them. */
export const statesGiven = (
  name: string,
  count: number,
  units: Dim,
  { eager, keras, dtypes, shapes = [] }: Surroundings,
  most = Number.POSITIVE_INFINITY,
): readonly Violation[] => [
  ...check(
    !eager || dtypes.length === 1 || (dtypes.length > count && dtypes.length <= (keras === 2 ? count : most) + 1),
    "state-count",
    `${name} carries ${count === 1 ? "one state" : `${count} states`} from step to step; initial_state has ` +
      `${dtypes.length - 1}.`,
  ),
  ...(eager ? stateSize(name, units, shapes.slice(1, count + 1).filter(hasRank)) : []),
];

/** Gates are taken out of a row for each sample; a sequence of rows goes through until the first run. */
export const statesInRows = (name: string, { eager, shapes = [] }: Surroundings): readonly Violation[] => {
  const long = shapes.slice(1).find((it) => hasRank(it) && it.rank > 2);
  return check(
    !eager || long === undefined,
    "state-rank",
    `${name} begins with one row of numbers for each sample, (batch, units); a state that it is given is ` +
      `${long && printShape(long)}.`,
    { code: "incompatible-shapes" },
  );
};

/** The first states enter a product with the recurrent kernel, or are added to what comes of one. */
function stateSize(name: string, units: Dim, states: readonly Shape[]): readonly Violation[] {
  // What is only added to the second may be one number for all.
  const wide = states.find((it, i) => it.rank > 0 && provablyDifferent(it.last, units) && (i === 0 || it.last !== 1));
  return check(
    wide === undefined,
    "state-size",
    `${name} has ${printDim(units)} units, and so its states; one of them is ${wide && printShape(wide)}.`,
    { code: "incompatible-shapes", argument: "units" },
  );
}

/** A state kept from batch to batch has a place for each sample. */
export const fixedBatch = (name: string, stateful: boolean, x: Shape): readonly Violation[] =>
  check(
    !stateful || x.batch !== NONE,
    "stateful-batch-defined",
    `${name} with stateful=True keeps a state for every sample, so the batch size must be known; the input is ` +
      `${printShape(x)}. Give the input a batch_size.`,
    { argument: "stateful" },
  );

/** Keras 2 writes the steps out one by one when the layer is called. */
export const stepsKnown = (name: string, unroll: boolean, x: Shape, { keras }: Surroundings): readonly Violation[] =>
  check(
    keras !== 2 || !unroll || x.rank < 2 || x.at(1) !== NONE,
    "steps-defined",
    `${name} with unroll=True writes out every step, so their number must be known; the input is ${printShape(x)}.`,
    { argument: "unroll" },
  );

/** The last step or every step, and `count` states behind it where they are asked for. */
export function unrolled(
  { return_sequences, return_state }: { readonly return_sequences: boolean; readonly return_state: boolean },
  x: Shape,
  units: Dim,
  count: number,
): Shape | readonly Shape[] {
  const state = new Shape([x.batch, units]);
  const output = return_sequences ? new Shape([x.batch, x.at(1), units]) : state;
  return return_state ? [output, ...Array<Shape>(count).fill(state)] : output;
}

/** The states that a cell is called with: the first enters a product with the recurrent kernel. */
export const statesFit = (name: string, units: Dim, states: readonly Shape[], count: number): readonly Violation[] => {
  return [
    ...check(
      states.length === 0 || states.length >= count,
      "state-count",
      `${name} carries ${count} states from step to step; it is called with ${states.length}.`,
    ),
    ...stateSize(name, units, states.slice(0, count)),
  ];
};
