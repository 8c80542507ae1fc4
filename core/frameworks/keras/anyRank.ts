import { type Dim, identical, isUnknown, NONE, symbol, symbolsIn, unknown } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank, identicalShapes, Shape, type UnknownRank, unknownRank } from "../../tensor/shape.ts";
import type { TensorType } from "../../tensor/type.ts";
import type { Inference } from "./define.ts";

export const nothingKnown = (reason: string): Inference => ({
  violations: [],
  outputs: undefined,
  weights: [],
  weightsUnknown: reason,
});

/** Ranks that stand for all. */
const TRIED = [1, 2, 3, 4, 5];

/**
 * What a layer says of an input of unknown rank: how many tensors come out; and of one what its rule says alike at
 * every rank that it takes: that the shape stays as it is, what the axes or the last of them become, and the weights.
 * `guess` runs the rule with the unknown shapes filled in.
 */
export function atAnyRank(
  guess: (fill: (shape: UnknownRank, place: number) => Shape) => Inference,
  inputs: readonly TensorType[],
  [least, greatest]: readonly [number, number],
  reason: string,
): Inference {
  const ranks = TRIED.filter((it) => it >= least && it <= greatest);
  const tried = ranks.map((rank) => ({ rank, guess: guess((shape, place) => blank(shape, rank, place)) }));
  // At a rank where it fails there is nothing to say.
  const working = tried.filter((it) => it.guess.violations.length === 0);
  const guesses = working.map((it) => it.guess);
  const [first] = guesses;
  if (first?.outputs === undefined) return nothingKnown(reason);
  const { outputs, nesting } = first;
  if (!("shape" in outputs)) {
    const rankless = outputs.map((_, i) => ({ shape: unknownRank(reason), dtype: sharedType(guesses, i) }));
    return { ...nothingKnown(reason), outputs: rankless, nesting };
  }
  const known = guesses.every((it) => sameWeights(it, first));
  const { weights } = first;
  return {
    ...nothingKnown(reason),
    ...(known && { weights, weightsUnknown: undefined }),
    outputs: {
      shape: alike(
        guesses,
        working.map((it) => it.rank),
        inputs[0]?.shape,
        reason,
      ),
      dtype: sharedType(guesses, 0),
    },
    nesting,
  };
}

/** A shape of this rank whose axes can be told apart, all of one batch, and the last one as it is known. */
function blank({ last }: UnknownRank, rank: number, place: number): Shape {
  const axis = (i: number) => (i === 0 ? BATCH : `${AXIS}${i - rank} of ${place}`);
  const dims = Array.from({ length: rank }, (_, i): Dim => symbol(axis(i), { min: 1 }));
  return new Shape(last === undefined || isUnknown(last) ? dims : dims.with(-1, last));
}
const AXIS = "axis ";
const BATCH = `${AXIS}0`;
const mentionsAxis = (dim: Dim): boolean => isUnknown(dim) || [...symbolsIn(dim)].some((it) => it.startsWith(AXIS));

/** The shape of the output as far as all the ranks that were tried agree on it. */
function alike(
  guesses: readonly Inference[],
  ranks: readonly number[],
  input: AnyShape | undefined,
  reason: string,
): AnyShape {
  const shapes = guesses.map(shapeOf);
  const [first] = shapes;
  if (first === undefined || !shapes.every((it) => it !== undefined)) return unknownRank(reason);
  const isInput = (it: Shape, i: number) =>
    input !== undefined && !hasRank(input) && identicalShapes(it, blank(input, ranks[i] ?? 0, 0));
  if (input !== undefined && shapes.every(isInput)) return input;
  const agrees = (axis: number): boolean =>
    !mentionsAxis(first.at(axis)) && shapes.every((it) => identical(it.at(axis), first.at(axis)));
  if (shapes.length > 1 && shapes.every((it) => it.rank === first.rank))
    return first.map((dim, i) => (agrees(i) ? dim : isBatch(dim, input) ? NONE : unknown(reason)));
  return first.rank > 0 && agrees(-1) ? unknownRank(reason, { last: first.last }) : unknownRank(reason);
}
/** The batch of a parameter of a function that nobody calls has any size. */
const isBatch = (dim: Dim, input: AnyShape | undefined): boolean =>
  input !== undefined && !hasRank(input) && input.path !== undefined && identical(dim, symbol(BATCH, { min: 1 }));
function shapeOf({ outputs, violations }: Inference): Shape | undefined {
  if (outputs === undefined || !("shape" in outputs) || violations.length > 0) return undefined;
  return hasRank(outputs.shape) ? outputs.shape : undefined;
}

/** The dtype of an output, where it is the same at every rank. */
function sharedType(guesses: readonly Inference[], place: number): DType | undefined {
  const types = guesses.map(({ outputs }) =>
    outputs === undefined ? undefined : "shape" in outputs ? outputs.dtype : outputs[place]?.dtype,
  );
  return types.every((it) => it === types[0]) ? types[0] : undefined;
}

const sameWeights = (a: Inference, b: Inference): boolean =>
  a.weightsUnknown === undefined &&
  a.violations.length === 0 &&
  a.weights.length === b.weights.length &&
  a.weights.every(({ name, shape }, i) => {
    const other = b.weights[i]?.shape ?? [];
    return (
      name === b.weights[i]?.name &&
      shape.length === other.length &&
      shape.every((dim, j) => !mentionsAxis(dim) && identical(dim, other[j] ?? 0))
    );
  });
