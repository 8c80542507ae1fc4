import type { Machine } from "../../../interpreter/machine.ts";
import { type Instance, positional, type Value } from "../../../interpreter/values.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { versionIn } from "../version.ts";
import { automaticName } from "./automaticNames.ts";
import { producerOf } from "./graph.ts";
import { shapeArgument } from "./input.ts";
import { makeInput, tensorOfInput } from "./inputLayer.ts";
import { callLayer } from "./layerCall.ts";
import { inputsOf } from "./modelCall.ts";
import { type InputRecord, type LayerRecord, recordOf, updateRecord } from "./records.ts";
import { noteUnseen } from "./tracking.ts";

/** Keras 3 makes a functional model of a Sequential's layers each time that they change, and names it. */
export function nameGraph(m: Machine, self: Instance): void {
  const model = recordOf(m, self)?.model;
  const isBuilt = model?.kind === "sequential" && model.output !== undefined && model.layers.length > 0;
  if (isBuilt && versionIn(m) === 3) automaticName(m, "Functional");
}

/** `model.add(layer)`: the layer is called at once if the model's input is known by then. */
export function addLayer(m: Machine, self: Instance, value: Value): void {
  const record = recordOf(m, self);
  if (record?.model?.kind !== "sequential") return;
  const { model } = record;
  if (value.kind === "tensor") {
    // `keras.Input(…)` as the first element stands for its InputLayer.
    if (model.layers.length > 0 || model.input !== undefined) return;
    const made = producerOf(m, value)?.node.operation;
    const name = (made?.kind === "layer" ? recordOf(m, made.layer)?.name : undefined) ?? "input_layer";
    const input: InputRecord = { name, tensor: value, place: value.origin ?? m.here, deferred: false };
    updateRecord(m, self, { model: { ...model, input, output: value } });
    return;
  }
  const layer = recordOf(m, value);
  if (layer === undefined || value.kind !== "instance") {
    const reason = value.kind === "unknown" ? value.reason : "something that is added is not a layer";
    updateRecord(m, self, { weightsUnknown: reason, model: { ...model, open: reason, output: undefined } });
    return;
  }
  if (model.open !== undefined) {
    updateRecord(m, self, { model: { ...model, layers: [...model.layers, value] } });
    noteUnseen(m, value, model.open);
    return;
  }
  const first = model.layers.length === 0 && model.input === undefined ? firstInput(m, value, layer) : undefined;
  if (first !== undefined && layer.declared === "InputLayer") {
    updateRecord(m, self, { model: { ...model, input: first, output: first.tensor } });
    return;
  }
  const input = first ?? model.input;
  const before = first?.tensor ?? model.output;
  const layers = [...model.layers, value];
  const output = input === undefined || before === undefined ? undefined : step(m, value, before);
  updateRecord(m, self, { built: output !== undefined, model: { kind: "sequential", layers, input, output } });
}

/** The input that the first layer says itself: by `input_shape=`, as an InputLayer, or as a model that has inputs. */
function firstInput(m: Machine, value: Instance, record: LayerRecord): InputRecord | undefined {
  const said = shapeArgument(m, record);
  const own = record.declared === "InputLayer" ? tensorOfInput(m, value) : undefined;
  if (own !== undefined) {
    const place = said?.place ?? record.place;
    return { name: record.name, tensor: { ...own, origin: place }, place, deferred: false };
  }
  if (said !== undefined) {
    const { name, tensor } = makeInput(m, said.type, {});
    return { name, tensor: { ...tensor, origin: said.place }, place: said.place, deferred: false };
  }
  const [tensor] = inputsOf(record.model) ?? [];
  if (tensor === undefined) return undefined;
  const made = makeInput(m, { shape: tensor.shape, dtype: tensor.dtype }, {});
  return {
    name: made.name,
    tensor: made.tensor,
    place: value.kind === "instance" ? record.place : m.here,
    deferred: false,
  };
}

/** Calls one layer; a fault is blamed on the line that made the layer, not on the model's. */
function step(m: Machine, layer: Instance, x: Extract<Value, { kind: "tensor" }>): typeof x | undefined {
  const { blame } = m;
  m.blame = recordOf(m, layer)?.place;
  try {
    const output = callLayer(m, layer, positional(x));
    return output.kind === "tensor" ? output : undefined;
  } finally {
    m.blame = blame;
  }
}

/** Builds a model that was not told its input, for this one. Gives its record, built; undefined where that fails. */
export function buildSequential(m: Machine, self: Instance, type: TensorType): LayerRecord | undefined {
  const record = recordOf(m, self);
  if (record?.model?.kind !== "sequential") return undefined;
  const { model } = record;
  if (model.input !== undefined || model.open !== undefined) return record;
  const { name, tensor } = makeInput(m, type, {});
  let output: typeof tensor | undefined = tensor;
  // Keras 2 goes through the model's list of layers here, where each stands once.
  const layers = versionIn(m) === 2 ? distinct(model.layers) : model.layers;
  const { tracer } = m;
  // A run that builds it is told of the call that follows, not of these.
  m.tracer = tracer && (() => undefined);
  try {
    for (const layer of layers) output = output === undefined ? undefined : step(m, layer, output);
  } finally {
    m.tracer = tracer;
  }
  const input: InputRecord = { name, tensor, place: m.here, deferred: true };
  updateRecord(m, self, { built: true, model: { ...model, layers, input, output } });
  nameGraph(m, self);
  return recordOf(m, self);
}

const distinct = (layers: readonly Instance[]): readonly Instance[] => [
  ...new Map(layers.map((it) => [it.id, it])).values(),
];

/** `model.pop()` */
export function popLayer(m: Machine, self: Instance): Value | undefined {
  const record = recordOf(m, self);
  if (record?.model?.kind !== "sequential") return undefined;
  const { model } = record;
  const layers = model.layers.slice(0, -1);
  const previous = recordOf(m, layers.at(-1))?.outputs;
  const input = model.input?.tensor;
  const output =
    input === undefined || (layers.length > 0 && (previous === undefined || !("shape" in previous)))
      ? undefined
      : layers.length === 0
        ? input
        : { ...input, id: m.fresh(), ...(previous as TensorType) };
  updateRecord(m, self, { model: { ...model, layers, output } });
  nameGraph(m, self);
  return model.layers.at(-1);
}
