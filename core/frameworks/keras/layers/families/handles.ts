/** What wrappers ask of a layer that was given to them. */
import { isUnknown, NONE } from "../../../../tensor/dim.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import { type Arg, flag, type Given, type Inference, type LayerHandle, type Violation } from "../../define.ts";

export const isHandle = (given: unknown): given is LayerHandle =>
  typeof given === "object" && given !== null && "handle" in given;

/** A layer; undefined where it is not known which. */
export const layerArgument = (): Arg<LayerHandle | undefined> => ({
  cases: (given) => [isHandle(given) ? given : undefined],
  refuses: (given) => (isHandle(given) || isUnknown(given) ? undefined : "must be a layer"),
});

/** A constructor's argument, or an attribute of a user's class; undefined where neither is known. */
export const attribute = (layer: LayerHandle, name: string): Given | undefined =>
  (layer.args?.[name] as Given | undefined) ?? layer.attributes?.[name];

/** A flag, where it is certain. */
export function certainFlag(layer: LayerHandle, name: string): boolean | undefined {
  const given = attribute(layer, name);
  const cases = given === undefined ? [] : flag().cases(given);
  return cases.length === 1 ? cases[0] : undefined;
}

/** Recurrent layers have `return_sequences`, `return_state`, `go_backwards` and `state_size`. */
const RECURRENT = new Set("SimpleRNN LSTM GRU CuDNNLSTM CuDNNGRU RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D".split(" "));
const CELLS = new Set(["SimpleRNNCell", "LSTMCell", "GRUCell", "StackedRNNCells"]);
/** A declared layer answers for its type; of a user's class nothing is certain. */
export const mayBeRecurrent = (layer: LayerHandle): boolean => layer.args === undefined || RECURRENT.has(layer.type);
export const mayBeCell = (layer: LayerHandle): boolean => mayBeRecurrent(layer) || CELLS.has(layer.type);

export const outputList = ({ outputs }: Inference): readonly TensorType[] | undefined =>
  outputs === undefined ? undefined : "shape" in outputs ? [outputs] : outputs;

/**
 * TimeDistributed builds its layer and runs its `call`, and never asks whether the input has the rank that the layer
 * wants. These find out all the same: a convolution, a pooling of vectors, a recurrent layer of vectors in any batch.
 */
export function seesRank({ type }: LayerHandle, step: Shape, eager: boolean): boolean {
  if (type.includes("LSTM") || type.includes("GRU") || type.includes("RNN") || type === "Bidirectional")
    return eager || (step.rank === 2 && step.batch === NONE);
  if (eager && type === "RepeatVector") return true;
  return (
    type === "TimeDistributed" ||
    type.includes("Conv") ||
    (step.rank === 2 && (/^(Max|Average)Pooling/.test(type) || type === "Permute"))
  );
}
const ABOUT_RANK = ["input-rank", "an-entry-per-axis"];
export const aboutRank = ({ constraint }: Violation): boolean => ABOUT_RANK.includes(constraint);

/** On data Keras stacks the states among the steps, and what comes out is no use; it does not raise. */
