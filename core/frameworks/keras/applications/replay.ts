import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type Args,
  type ClassValue,
  FALSE,
  float,
  type Instance,
  int,
  NONE_VALUE,
  positional,
  str,
  stringOf,
  type TensorValue,
  TRUE,
  tuple,
  type Value,
} from "../../../interpreter/values.ts";
import { NONE } from "../../../tensor/dim.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { KERAS } from "../kerasTensor.ts";
import { callLayer } from "../runtime/layerCall.ts";
import { createLayer, initialise } from "../runtime/layerObject.ts";
import { addLayer } from "../runtime/sequential.ts";
import type { Json, Kind, Row } from "./data.ts";
import { unclear } from "./request.ts";

/** Makes the layers of rows and calls them, as the builder would. */

/** What the replay asks of whoever called the builder. */
export interface Caller {
  /** The class of a layer, by its name. */
  classOf(type: string): ClassValue;
  /** What a string that begins with `$` stands for. */
  given(name: string): Value;
  /** The model's name, which some builders put before those of their layers. */
  readonly name: Value | undefined;
  /** What this Keras names a layer. */
  layerName(name: string): string;
}

const OPERATORS: Readonly<Record<string, string>> = { Add: "+", Multiply: "*" };

export function replay(m: Machine, caller: Caller, input: TensorValue, rows: readonly Row[]): TensorValue {
  const tensors: TensorValue[] = [input];
  for (const row of rows) {
    const inputs = row.inputs.map((back) => tensors[back === 0 ? 0 : tensors.length - back] ?? unclear("a lost row"));
    const made = row.kind.operands === undefined ? layerCall(m, caller, row, inputs) : operation(m, row.kind, inputs);
    if (made.kind !== "tensor")
      return unclear(made.kind === "unknown" ? made.reason : "a layer of it yields no tensor");
    if (made.assumed) return unclear("its input does not fit its layers");
    tensors.push(made);
  }
  return tensors.at(-1) ?? input;
}

function operation(m: Machine, { type, operands = [] }: Kind, inputs: readonly TensorValue[]): Value {
  const queue = [...inputs];
  const [left, right] = operands.map((it) => (it === null ? (queue.shift() ?? unclear("a lost row")) : plain(it)));
  const operator = OPERATORS[type];
  if (left === undefined || operator === undefined) return unclear(`its ${type} is not followed`);
  // A number on the left is Python's reflected operator.
  return KERAS.operator(m, operator, left, right);
}

function layerCall(m: Machine, caller: Caller, { kind, name }: Row, inputs: readonly TensorValue[]): Value {
  const layer = makeLayer(m, caller, kind, name, inputs[0]);
  const [only] = inputs;
  const value = inputs.length === 1 && only !== undefined ? only : tuple(inputs);
  return callLayer(m, layer, PRIVATE.has(kind.type) ? named("inputs", value) : positional(value));
}
/** Of these there is no signature that says what their call takes. */
const PRIVATE = new Set(["LayerScale", "CustomScaleLayer"]);
const named = (name: string, value: Value): Args => ({ list: [{ name, value }] });

function makeLayer(m: Machine, caller: Caller, kind: Kind, name: string, x: TensorValue | undefined): Instance {
  const args = argumentsOf(caller, kind, x);
  const full = name === "" ? args : { ...args, name: { name: "name", value: str(nameOf(caller, name)) } };
  const isStack = kind.layers !== undefined;
  const layer = createLayer(m, caller.classOf(kind.type), isStack ? { kind: "sequential", layers: [] } : undefined);
  initialise(m, layer, isStack ? undefined : kind.type, full);
  for (const [inner, innerName] of kind.layers ?? []) addLayer(m, layer, makeLayer(m, caller, inner, innerName, x));
  return layer;
}
function nameOf(caller: Caller, name: string): string {
  if (!name.includes("@")) return caller.layerName(name);
  return name.replaceAll(
    "@",
    stringOf(caller.name) ?? unclear("its name, which is in those of its layers, is not known"),
  );
}

type Named = Readonly<Record<string, Arg>>;
const constant = new WeakMap<Kind, Named>();
function argumentsOf(caller: Caller, kind: Kind, x: TensorValue | undefined): Named {
  const known = constant.get(kind);
  if (known !== undefined) return known;
  let varies = false;
  const value = (it: Json): Value => {
    if (typeof it === "string" && it.startsWith("$")) {
      varies = true;
      return it.startsWith(PADDING) ? correctPad(x, Number(it.slice(PADDING.length))) : caller.given(it.slice(1));
    }
    return Array.isArray(it) ? tuple((it as readonly Json[]).map(value)) : plain(it);
  };
  const made = Object.fromEntries(Object.entries(kind.args).map(([name, it]) => [name, { name, value: value(it) }]));
  if (!varies) constant.set(kind, made);
  return made;
}
function plain(it: Json): Value {
  if (it === null) return NONE_VALUE;
  if (typeof it === "boolean") return it ? TRUE : FALSE;
  if (typeof it === "string") return str(it);
  return typeof it === "number" ? (Number.isInteger(it) ? int(it) : float(it)) : tuple(it.map(plain));
}

const PADDING = "$pad";
/** `correct_pad` of keras.src.applications.imagenet_utils: an even size gets one row less in front. */
function correctPad(x: TensorValue | undefined, kernel: number): Value {
  const shape = x?.shape;
  if (shape === undefined || !hasRank(shape) || shape.rank !== 4) return unclear("its input is not one of images");
  const before = Math.floor(kernel / 2);
  const [rows, columns] = [shape.at(1), shape.at(2)].map((dim) => {
    if (dim === NONE || shape.at(1) === NONE) return before - 1;
    return typeof dim === "number"
      ? before - 1 + (dim % 2)
      : unclear("how it is padded follows from a size that is not known");
  });
  return tuple([rows, columns].map((it) => tuple([int(it ?? 0), int(before)])));
}
