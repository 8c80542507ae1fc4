/** A cell, or a list of them on top of each other, inside RNN and StackedRNNCells. */
import { type Dim, isUnknown, NONE, plus } from "../../../../tensor/dim.ts";
import { hasRank, Shape, unknownRank } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import {
  type Arg,
  check,
  dimOf,
  type Given,
  type Inference,
  type InnerMacs,
  type Nesting,
  type StateType,
  type Surroundings,
  type Violation,
} from "../../define.ts";
import { isList, listOf } from "./arguments.ts";
import { attribute, isHandle, mayBeCell, outputList } from "./handles.ts";

/** A cell, or a list of cells. */
export const cellArgument = (): Arg<Given> => ({
  cases: (given) => [given],
  refuses: (given) => {
    if (isUnknown(given) || given === "") return undefined;
    const cells = listOf(given);
    if (!cells.every((it) => isHandle(it) || isUnknown(it))) return "must be a cell, or a list of cells";
    const other = cells.filter(isHandle).find((it) => !mayBeCell(it));
    return other && `must be a cell, which carries a state from step to step; ${other.type} has no state_size`;
  },
});

/** The cells of StackedRNNCells; of any other cell or list, itself. */
export const stackOf = (cell: Given): Given =>
  isHandle(cell) && cell.type === "StackedRNNCells" ? (attribute(cell, "cells") ?? null) : cell;

/** Multiply–accumulates of one step, each cell on what the one below it gives. */
export function cellMacs(cell: Given, x: TensorType, inner: InnerMacs): Dim | undefined {
  let sum: Dim = 0;
  let input = x;
  for (const it of listOf(stackOf(cell))) {
    const sizes = isHandle(it) ? cellSizes(it) : undefined;
    if (!isHandle(it) || sizes === undefined || !hasRank(input.shape)) return undefined;
    const output = { ...input, shape: input.shape.withLast(sizes.output) };
    const own = inner(it, [input], output);
    if (own === undefined) return undefined;
    sum = plus(sum, own);
    input = output;
  }
  return sum;
}

/** The sizes of a cell's states, nested as the cell has them, and of its output. */
export interface CellSizes {
  readonly states: States;
  readonly output: Dim;
}
type States = Dim | readonly States[];
const isNested = (states: States): states is readonly States[] => Array.isArray(states);

/** Undefined where the cell is not known. A list of cells has the states of each, and the output of the last. */
export function cellSizes(cell: Given): CellSizes | undefined {
  if (isList(cell)) return stackedSizes(cell);
  if (!isHandle(cell)) return undefined;
  const units = dimOf(attribute(cell, "units") ?? null);
  if (cell.type === "LSTMCell") return { states: [units, units], output: units };
  if (cell.type === "SimpleRNNCell" || cell.type === "GRUCell") return { states: units, output: units };
  if (cell.type === "StackedRNNCells") return cellSizes(attribute(cell, "cells") ?? null);
  const size = cell.attributes?.["state_size"];
  if (size === undefined || isUnknown(size)) return undefined;
  const states = statesIn(size);
  const output = cell.attributes?.["output_size"] ?? null;
  // A cell of the program's own may give more than a vector: its sizes are lists then.
  if (isList(output)) return undefined;
  return { states, output: output === null ? firstOf(states) : dimOf(output) };
}
const statesIn = (size: Given): States => (isList(size) ? size.map(statesIn) : dimOf(size));
const firstOf = (states: States): Dim => (isNested(states) ? firstOf(states[0] ?? 0) : states);

function stackedSizes(cells: readonly Given[]): CellSizes | undefined {
  const known = cells.map(cellSizes).filter((it) => it !== undefined);
  const last = known.at(-1);
  return last === undefined || known.length < cells.length
    ? undefined
    : { states: known.map((it) => it.states), output: last.output };
}

/** The states as they come out, flat, and how they nest from place `start` on. */
export function stateTensors(states: States, batch: Dim, start: number): { flat: readonly Shape[]; nesting: Nesting } {
  const flat: Shape[] = [];
  const nest = (one: States): number | Nesting =>
    isNested(one) ? one.map(nest) : start + flat.push(new Shape([batch, one])) - 1;
  const top: readonly States[] = isNested(states) ? states : [states];
  return { nesting: top.map(nest), flat };
}

/** What the cells make, and what a step of the last gives, where that is known of its own call. */
export type Built = Pick<Inference, "violations" | "weights" | "weightsUnknown"> & {
  readonly output?: TensorType | undefined;
};
const NOTHING: Built = { violations: [], weights: [] };

/** Builds the cells one after the other, each on what the one before it gives. */
export function builtCells(given: Given, step: TensorType, at: Surroundings): Built {
  let input = step;
  let built = NOTHING;
  for (const [i, cell] of listOf(given).entries()) {
    if (!isHandle(cell)) return { ...built, weightsUnknown: "the cell is not known" };
    const sizes = cellSizes(cell);
    const inner = at.inner(cell, [input], sizes && statesOf(sizes.states, input, at));
    const own = at.keras === 2 && cell.args === undefined ? (outputList(inner)?.[0] ?? NOT_KNOWN) : undefined;
    built = { ...both(built, inner, isList(given) ? `${i}/` : ""), output: own };
    const size = sizes?.output;
    if (own !== undefined) {
      input = own;
      continue;
    }
    if (size === undefined) return { ...built, weightsUnknown: `the size of ${cell.type}'s output is not known` };
    if (hasRank(input.shape)) input = { ...input, shape: new Shape([input.shape.batch, size]) };
  }
  return built;
}

/** Keras 2 runs the call of a cell of the program's own, and what comes of it counts, whatever `output_size` says. */
const NOT_KNOWN: TensorType = { shape: unknownRank("what the call of the cell gives is not known"), dtype: undefined };

/** The states that a step is given: of the batch of its input, nested as the cell's are. */
function statesOf(states: States, { shape }: TensorType, at: Surroundings): readonly StateType[] {
  const batch = hasRank(shape) ? shape.batch : NONE;
  const of = (it: States): StateType =>
    isNested(it) ? it.map(of) : { shape: new Shape([batch, it]), dtype: at.compute };
  return isNested(states) ? states.map(of) : [of(states)];
}

/** Two layers counted as one; the names of the second one's weights stand behind `prefix`. */
export const both = (a: Built, b: Built, prefix: string): Built => ({
  violations: [...a.violations, ...b.violations],
  weights: [...a.weights, ...b.weights.map((it) => ({ ...it, name: prefix + it.name }))],
  weightsUnknown: a.weightsUnknown ?? b.weightsUnknown,
});

/** Keras 2 does not cast the states that RNN makes. */
const castsAlike = (cell: Given, at: Surroundings, x: TensorType): readonly Violation[] =>
  check(
    at.keras !== 2 || listOf(stackOf(cell)).every((it) => computesIn(it, at, x)),
    "cell-dtype",
    `RNN makes its states in ${at.compute}, and Keras 2 does not cast them to the dtype of its cell.`,
    { argument: "cell" },
  );
/** What the loop of Keras 2 wants of its cell and its input. */
export const inKeras2 = (cell: Given, at: Surroundings, x: TensorType, unroll: boolean): readonly Violation[] => [
  ...(hasRank(x.shape) ? rowsOnly(cell, x.shape, unroll, at) : []),
  ...castsAlike(cell, at, x),
];

/** It must give back states of the form that it began with: a row for each sample. */
const rowsOnly = (cell: Given, x: Shape, unroll: boolean, at: Surroundings): readonly Violation[] =>
  check(
    at.isGraph !== true || unroll || x.rank < 4 || !listOf(stackOf(cell)).every(isOwn),
    "input-rank",
    `RNN runs along the time axis: (batch, time, features). Its input has ${x.rank} axes.`,
  );
const isOwn = (cell: Given): boolean => isHandle(cell) && /^(LSTM|GRU|SimpleRNN)Cell$/.test(cell.type);

/** A cell of Keras's own computes in the dtype that the layer's states have. */
function computesIn(cell: Given, at: Surroundings, x: TensorType): boolean {
  if (!isHandle(cell) || cell.args === undefined) return true;
  const [y] = outputList(at.inner(cell, [{ ...x, shape: new Shape([NONE, 1]) }])) ?? [];
  return y?.dtype === undefined || at.compute === undefined || y.dtype === at.compute;
}
