import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { usedAsSize } from "../../../interpreter/reading.ts";
import { type Arg, NONE_VALUE, type Place, sizeOf, tuple, type Value } from "../../../interpreter/values.ts";
import { type Dim, NONE, unknown as unknownDim } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { namedType } from "../library.ts";
import { refusedShape } from "../rules/shapeGiven.ts";
import { versionIn } from "../version.ts";
import { floatx } from "./processState.ts";
import type { LayerRecord } from "./records.ts";

/** A shape as the program writes one: sizes and `None`; undefined where the value cannot be a shape. */
export function readShape(m: Machine, value: Value): AnyShape {
  if (value.kind === "unknown") {
    const path = value.part?.isWhole === true ? value.part.paths[0] : undefined;
    return unknownRank(value.reason, { path });
  }
  const size = value.kind === "int" ? value.size : undefined;
  if (size !== undefined) return new Shape([size]);
  const { items, rest } = iterate(m, value);
  for (const item of items) if (item.kind === "unknown" && !isElement(item)) usedAsSize(m, item);
  if (rest !== undefined) return unknownRank(rest.reason);
  return new Shape(items.map(readDim));
}
/** An element of a shape that was given as a whole, and that the text has no name for: a size that stays `?`. */
const isElement = (value: Value): boolean =>
  value.kind === "unknown" && value.part?.isWhole === true && /\[\d+\]$/.test(value.part.paths[0] ?? "");
export const readDim = (value: Value): Dim =>
  value.kind === "none"
    ? NONE
    : (sizeOf(value) ?? unknownDim(value.kind === "unknown" ? value.reason : `a ${value.kind}`));

/** A shape that the program gives an input by an argument of that name. */
export function givenShape(m: Machine, name: string, given: Arg): AnyShape {
  const refused = refusedShape(m, name, given);
  return refused === undefined ? readShape(m, given.value) : unknownRank(refused);
}

/** A shape without its batch axis, as a batch of any size. */
export const batched = (shape: AnyShape, batch: Dim = NONE): AnyShape =>
  shape instanceof Shape
    ? new Shape([batch, ...shape.dims])
    : unknownRank(shape.reason, { ...shape, before: shape.before + 1 });

/** Keras 2 gives an Embedding a shape of its own: its `input_length`, or any. */
const inputLength = (m: Machine, { args }: LayerRecord): Arg | undefined =>
  versionIn(m) === 3
    ? undefined
    : { name: undefined, ...args["input_length"], value: tuple([args["input_length"]?.value ?? NONE_VALUE]) };

/** In Keras 2 `input_length` and `input_dim` are the axes of a recurrent layer's input; any where one is missing. */
function stepsSaid(m: Machine, { declared = "", args }: LayerRecord): Arg | undefined {
  const { input_length: length, input_dim: size } = args;
  const said = size ?? length;
  if (said === undefined) return undefined;
  if (versionIn(m) === 3 || !RECURRENT.test(declared)) return size && { ...size, value: tuple([size.value]) };
  return { ...said, value: tuple([length?.value ?? NONE_VALUE, size?.value ?? NONE_VALUE]) };
}
const RECURRENT = /^(?:CuDNN)?(?:LSTM|GRU)$|^(?:Simple)?RNN$|^ConvLSTM\dD$/;

export interface SaidShape {
  readonly type: TensorType;
  readonly place: Place;
  /** The shape's own value, without the batch axis unless `batched`. */
  readonly value: Value;
}

/**
 * A type as the program writes one: `"int64"`, `tf.int64`, `np.int64`. An input is of floatx unless it says so,
 * whatever the dtype policy.
 */
export const readDType = (m: Machine, value: Value | undefined): DType | undefined =>
  value === undefined || value.kind === "none" ? floatx(m) : (namedType(m, value) ?? undefined);

/** What a layer's own arguments say of its input: `input_shape`, `input_dim`, `batch_input_shape`, `batch_shape`. */
export function shapeArgument(m: Machine, record: LayerRecord): SaidShape | undefined {
  const { args } = record;
  const dtype = readDType(
    m,
    (args["input_dtype"] ?? (record.declared === "InputLayer" ? args["dtype"] : undefined))?.value,
  );
  const place = (arg: Arg): Place => arg.place ?? record.place;
  const whole = args["batch_input_shape"] ?? args["batch_shape"];
  if (whole !== undefined && whole.value.kind !== "none") {
    return { type: { shape: givenShape(m, "batch_shape", whole), dtype }, place: place(whole), value: whole.value };
  }
  const isEmbedding = record.declared === "Embedding";
  const isInput = record.declared === "InputLayer";
  const given =
    args["input_shape"] ??
    (isEmbedding ? inputLength(m, record) : stepsSaid(m, record)) ??
    (isInput ? args["shape"] : undefined);
  if (given === undefined || given.value.kind === "none") return undefined;
  const name = isInput ? "shape" : args["input_shape"] === undefined ? "input_dim" : "input_shape";
  const batch = args["batch_size"]?.value ?? NONE_VALUE;
  return {
    type: { shape: batched(givenShape(m, name, given), readDim(batch)), dtype },
    place: place(given),
    value: given.value,
  };
}
