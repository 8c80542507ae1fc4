import { ABSENT } from "../../../interpreter/attributes.ts";
import { makeList } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { bool, type Instance, int, NONE_VALUE, str, tuple, unknown, type Value } from "../../../interpreter/values.ts";
import { Shape } from "../../../tensor/shape.ts";
import { OPS } from "../ops/index.ts";
import { lacksAttribute } from "../rules/missingAttribute.ts";
import { type Literal, lookup, type Parameter } from "../signatures.ts";
import { versionIn } from "../version.ts";
import { imageDataFormat } from "./processState.ts";
import { type LayerRecord, recordOf } from "./records.ts";
import { EAGER, newTensor } from "./tensors.ts";

/** `dense.units`, `conv.kernel`: arguments and weights that Keras keeps as attributes of the same name. */
export function layerAttribute(m: Machine, self: Instance, name: string): Value {
  const record = recordOf(m, self);
  if (name === "supports_masking") return unknown("whether it hands a mask on is not followed", "bool");
  // Libraries for both versions ask for it.
  if (
    record?.declared === undefined ||
    (name === "_build_from_signature" && versionIn(m) === 3) ||
    lacksAttribute(m, self, name)
  )
    return unknown(ABSENT);
  const weight = record.weights.find((it) => it.name === name);
  if (weight !== undefined) return newTensor(m, { shape: new Shape(weight.shape), dtype: weight.dtype }, EAGER, false);
  const value = cellSize(m, record, name) ?? argumentValue(m, record, name);
  return value === undefined ? unknown(`${name} is not followed`) : asKept(m, record, name, value);
}

/** What a cell tells those that run it: an LSTM's has two states. */
const CELLS = new Set(["SimpleRNNCell", "GRUCell", "LSTMCell"]);
function cellSize(m: Machine, record: LayerRecord, name: string): Value | undefined {
  const { declared = "" } = record;
  if ((name !== "state_size" && name !== "output_size") || !CELLS.has(declared)) return undefined;
  const units = argumentValue(m, record, "units");
  return units !== undefined && name === "state_size" && declared === "LSTMCell" ? makeList(m, [units, units]) : units;
}

/** The parameters of a layer of Keras's, in the version that the program is read with. */
export const declaredParameters = (m: Machine, { declared }: LayerRecord): readonly Parameter[] =>
  lookup(`keras.layers.${declared}`, versionIn(m))?.parameters ?? [];

/** What the constructor was given for a parameter, or Keras's default; undefined where that is no plain value. */
export function argumentValue(m: Machine, record: LayerRecord, name: string): Value | undefined {
  const given = record.args[name]?.value;
  if (given !== undefined) return given;
  const parameter = declaredParameters(m, record).find((it) => it.name === name);
  const literal =
    parameter?.default !== undefined && "literal" in parameter.default ? parameter.default.literal : undefined;
  return literal === undefined ? undefined : literalValue(literal);
}

function literalValue(literal: Literal): Value | undefined {
  if (literal === null) return NONE_VALUE;
  if (typeof literal === "boolean") return bool(literal);
  if (typeof literal === "string") return str(literal);
  if ("int" in literal) return int(literal.int);
  if ("float" in literal) return { kind: "float", value: literal.float };
  if (!("tuple" in literal)) return undefined;
  const items = literal.tuple.map(literalValue);
  return items.includes(undefined) ? undefined : tuple(items as readonly Value[]);
}

/** Sizes that Keras keeps as one for each axis. Source: `standardize_tuple`. */
const PER_AXIS = new Set(["kernel_size", "strides", "dilation_rate", "pool_size"]);
const LOWERED = new Set(["padding", "data_format"]);

function asKept(m: Machine, record: LayerRecord, name: string, value: Value): Value {
  const rank = Number(/([123])D/.exec(record.declared ?? "")?.[1] ?? 0);
  if (PER_AXIS.has(name) && rank > 0) {
    if (name === "strides" && value.kind === "none")
      return asKept(m, record, name, argumentValue(m, record, "pool_size") ?? value);
    if (value.kind === "int") return tuple(Array<Value>(rank).fill(value));
  }
  if (name === "data_format" && value.kind === "none" && rank > 0) return imageDataFormat(m);
  if (LOWERED.has(name) && value.kind === "str") return str(value.value.toLowerCase());
  if (name === "activation" && (value.kind === "str" || value.kind === "none")) {
    const activation = value.kind === "none" ? "linear" : value.value;
    return OPS.get(`keras.activations.${activation}`) ?? unknown(`the activation ${activation}`);
  }
  return value;
}
