import { ABSENT, storeAttribute } from "../../../interpreter/attributes.ts";
import { emptyInstance, instantiate } from "../../../interpreter/classes.ts";
import { makeList, makeRecord } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { callersOf } from "../../../interpreter/scope.ts";
import {
  type Arg,
  type Args,
  bool,
  type ClassValue,
  FALSE,
  type Instance,
  int,
  type NativeValue,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  positional,
  str,
  stringOf,
  TRUE,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { isUnknown, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { LAYERS } from "../layers/index.ts";
import { checkArguments } from "../rules/arguments.ts";
import { lookup, type Signature } from "../signatures.ts";
import { parametersOf } from "./cost.ts";
import { bind } from "./given.ts";
import { readShape } from "./input.ts";
import { joinRecords } from "./joinRecords.ts";
import { callLayer, givenOf } from "./layerCall.ts";
import { takeNames } from "./namesInside.ts";
import { globalPolicy } from "./policy.ts";
import {
  automaticName,
  firstInputs,
  firstOutputs,
  innerLayers,
  type LayerRecord,
  recordOf,
  setRecord,
  updateRecord,
} from "./records.ts";
import { EAGER, newTensor } from "./tensors.ts";
import { shapeValue } from "./userLayer.ts";
import { reportViolations } from "./violations.ts";

/** The members of `keras.Layer`, and the classes of the layers that Keras has. */

type Method = (m: Machine, self: Instance, args: Args) => Value;
/** A native method of a layer: without a layer there is nothing to say. */
export const method = (name: string, body: Method): NativeValue =>
  nativeMethod(name, (m, { list: [self, ...list], open }) =>
    self?.value.kind === "instance"
      ? body(m, self.value, open === undefined ? { list } : { list, open })
      : unknown(`${name} of something that is not a layer`),
  );
export const property = (name: string, get: (m: Machine, self: Instance) => Value, set?: Method): Value => ({
  kind: "property",
  get: method(name, (m, self) => get(m, self)),
  ...(set !== undefined && { set: method(`${name}.setter`, set) }),
});

// One function for all, so that equal records compare equal.
function joined(this: LayerRecord, other: object): object {
  return joinRecords(this, other as LayerRecord);
}

/** GroupQueryAttention's class calls itself GroupedQueryAttention, and so do names and tables. */
const definedName = ({ name, qualifiedName }: ClassValue): string =>
  lookup(qualifiedName)?.defined?.split(".").at(-1) ?? name;

/** Makes the object and its record; the constructor fills it in. */
export function createLayer(m: Machine, type: ClassValue, model?: LayerRecord["model"]): Instance {
  const self = emptyInstance(m, type);
  storeAttribute(m, self, "%self", self);
  setRecord(m, self, {
    type: definedName(type),
    declared: undefined,
    name: "",
    place: m.here,
    callers: callersOf(m.context),
    args: {},
    trainable: true,
    built: false,
    weights: [],
    inner: [],
    calls: 0,
    model,
    joined,
  });
  return self;
}

/** Names the layer and keeps its arguments. */
export function initialise(
  m: Machine,
  self: Instance,
  declared: string | undefined,
  args: Readonly<Record<string, Arg>>,
): void {
  const record = recordOf(m, self);
  if (record === undefined) return;
  const given = stringOf(args["name"]?.value);
  const unknownName = args["name"] !== undefined && args["name"].value.kind === "unknown";
  const name = given ?? (unknownName ? "?" : automaticName(m, record.type));
  const trainable = args["trainable"]?.value.kind === "bool" ? args["trainable"].value.value : true;
  setRecord(m, self, { ...record, declared: declared ?? record.declared, name, args, trainable });
}

/** What a `keras.Layer` subclass passes up: name, trainable, dtype. */
const initLayer: Method = (m, self, args) => {
  const signature = lookup("keras.Layer");
  const bound = bind(signature ?? { parameters: [], keywords: "*" }, args);
  initialise(m, self, undefined, bound.args);
  const [unexpected] = bound.unexpected;
  if (signature !== undefined && unexpected !== undefined && args.open === undefined)
    checkArguments(m, { ...signature, name: self.class.qualifiedName }, bound);
  return NONE_VALUE;
};

/** The constructor of a layer that Keras has. */
export function initDeclared(name: string, signature: Signature): NativeValue {
  return method(`${name}.__init__`, (m, self, args) => {
    const bound = bind(signature, args);
    initialise(m, self, name, bound.args);
    takeNames(m, name, "made");
    if (args.open === undefined) checkArguments(m, signature, bound);
    const record = recordOf(m, self);
    const declaration = LAYERS.get(name);
    if (record !== undefined && declaration !== undefined && bound.missing.length === 0 && args.open === undefined) {
      reportViolations(m, record, declaration.valid(givenOf(m, record, declaration.args)), []);
    }
    if (args.open !== undefined) updateRecord(m, self, { weightsUnknown: args.open });
    return NONE_VALUE;
  });
}

/** `add_weight(shape, …)`: a weight of the user's own layer. */
const addWeight: Method = (m, self, args) => {
  const { args: bound } = bind(lookup("keras.Layer.add_weight") ?? ADD_WEIGHT, args);
  const record = recordOf(m, self);
  const shape =
    bound["shape"] === undefined ? readShape(m, { kind: "tuple", items: [] }) : readShape(m, bound["shape"].value);
  const policy = globalPolicy(m);
  const dtype = stringOf(bound["dtype"]?.value) ?? policy.variable;
  const trainable = bound["trainable"]?.value.kind !== "bool" || bound["trainable"].value.value;
  const name = stringOf(bound["name"]?.value) ?? "weight";
  const tensor = newTensor(m, { shape, dtype: dtype as typeof policy.variable }, EAGER, false);
  if (record !== undefined) {
    const added = { tensor: tensor.id, name, initializer: bound["initializer"]?.value };
    if (hasRank(shape)) updateRecord(m, self, { added: [...(record.added ?? []), added] });
    if (!hasRank(shape)) updateRecord(m, self, { weightsUnknown: record.weightsUnknown ?? shape.reason });
    else {
      const weight = { name, shape: shape.dims, trainable, dtype: dtype as typeof policy.variable };
      const doubt = shape.dims.find(isUnknown)?.reason;
      updateRecord(m, self, { weights: [...record.weights, weight], weightsUnknown: record.weightsUnknown ?? doubt });
    }
  }
  return tensor;
};
const ADD_WEIGHT: Pick<Signature, "parameters" | "keywords"> = {
  keywords: "*",
  parameters: ["shape", "initializer", "dtype", "trainable", "autocast", "regularizer", "constraint"].map((name) => ({
    name,
    kind: "positional",
    default: { literal: null },
  })),
};

/** The tensors of the layer's place in a graph; of a layer that no graph has, Keras has none to give. */
export const symbolicOutput = (m: Machine, self: Instance, which: "inputs" | "outputs"): Value => {
  const tensors = which === "inputs" ? firstInputs(m, self) : firstOutputs(m, self);
  const [only] = tensors ?? [];
  if (tensors === undefined || only === undefined)
    return unknown(`${recordOf(m, self)?.name ?? "the layer"} has not been called on a model's tensors yet`);
  return tensors.length === 1 ? only : makeList(m, tensors);
};

const setTrainable: Method = (m, self, args) => {
  const value = args.list[0]?.value;
  if (value?.kind !== "bool") return NONE_VALUE;
  const freeze = (layer: Instance): void => {
    updateRecord(m, layer, { trainable: value.value });
    for (const inner of [...innerLayers(m, layer), ...(recordOf(m, layer)?.inner ?? [])]) freeze(inner);
  };
  freeze(self);
  return NONE_VALUE;
};

const weightTensors = (m: Machine, self: Instance, trainable?: boolean): Value => {
  const { weights, total } = parametersOf(m, self);
  if (total === undefined) return unknown("the weights are not known", "list");
  const wanted = weights.filter((it) => trainable === undefined || it.trainable === trainable);
  return makeList(
    m,
    wanted.map((it) => newTensor(m, { shape: new Shape(it.shape), dtype: it.dtype }, EAGER, false)),
  );
};
const countParams: Method = (m, self) => {
  const { total } = parametersOf(m, self);
  return int(total ?? unknownDim("the weights are not all known"));
};

/** `__call__` with the shape alone. */
const computeOutputShape: Method = (m, self, args) => {
  const input = args.list[0]?.value;
  if (input === undefined) return unknown("no input shape");
  const shape = readShape(m, input);
  m.quiet++;
  try {
    const out = callLayer(m, self, positional(newTensor(m, { shape, dtype: "float32" }, EAGER, true)));
    return out.kind === "tensor" ? shapeValue(out.shape) : unknown("the output's shape is not known");
  } finally {
    m.quiet--;
  }
};

export const LAYER: ClassValue = nativeClass("keras.layers.Layer", [], {
  __new__: nativeMethod("Layer.__new__", (m, { list: [type] }) =>
    type?.value.kind === "class" ? createLayer(m, type.value) : unknown("not a class"),
  ),
  __init__: method("Layer.__init__", initLayer),
  __call__: method("Layer.__call__", callLayer),
  build: method("Layer.build", (m, self) => {
    updateRecord(m, self, { built: true });
    return NONE_VALUE;
  }),
  add_weight: method("Layer.add_weight", addWeight),
  add_variable: method("Layer.add_variable", addWeight),
  add_loss: method("Layer.add_loss", () => NONE_VALUE),
  add_metric: method("Layer.add_metric", () => NONE_VALUE),
  count_params: method("Layer.count_params", countParams),
  compute_output_shape: method("Layer.compute_output_shape", computeOutputShape),
  compute_mask: method("Layer.compute_mask", (_, __, { list: [, mask] }) => mask?.value ?? NONE_VALUE),
  get_config: method("Layer.get_config", (m, self) => {
    const record = recordOf(m, self);
    return makeRecord(m, {
      name: str(record?.name ?? ""),
      trainable: bool(record?.trainable !== false),
      dtype: unknown("a dtype policy"),
    });
  }),
  get_weights: method("Layer.get_weights", (m, self) => weightTensors(m, self)),
  set_weights: method("Layer.set_weights", () => NONE_VALUE),
  from_config: {
    kind: "classmethod",
    function: nativeMethod("Layer.from_config", (m, { list: [type, config] }) =>
      type?.value.kind === "class" && config !== undefined && !isPlainModel(type.value)
        ? (callMethodOfClass(m, type.value, config.value) ??
          unknown("from_config of a configuration that is not known"))
        : unknown("what from_config makes of this is not followed"),
    ),
  },
  name: property("name", (m, self) => str(recordOf(m, self)?.name ?? ""), rename),
  trainable: property("trainable", (m, self) => bool(recordOf(m, self)?.trainable !== false), setTrainable),
  built: property(
    "built",
    (m, self) => (recordOf(m, self)?.built === true ? TRUE : FALSE),
    (m, self, args) => {
      if (args.list[0]?.value.kind === "bool") updateRecord(m, self, { built: args.list[0].value.value });
      return NONE_VALUE;
    },
  ),
  weights: property("weights", (m, self) => weightTensors(m, self)),
  variables: property("variables", (m, self) => weightTensors(m, self)),
  trainable_weights: property("trainable_weights", (m, self) => weightTensors(m, self, true)),
  trainable_variables: property("trainable_variables", (m, self) => weightTensors(m, self, true)),
  non_trainable_weights: property("non_trainable_weights", (m, self) => weightTensors(m, self, false)),
  non_trainable_variables: property("non_trainable_variables", (m, self) => weightTensors(m, self, false)),
  output: property("output", (m, self) => symbolicOutput(m, self, "outputs")),
  input: property("input", (m, self) => symbolicOutput(m, self, "inputs")),
  dtype: property("dtype", (m) => str(globalPolicy(m).variable)),
  compute_dtype: property("compute_dtype", (m) => {
    const { compute } = globalPolicy(m);
    return compute === undefined ? unknown("a dtype policy that is not known") : str(compute);
  }),
  variable_dtype: property("variable_dtype", (m) => str(globalPolicy(m).variable)),
  losses: property("losses", (m) => makeList(m, [])),
  __getattr__: method("Layer.__getattr__", (m, self, { list: [name] }) =>
    argumentAttribute(m, self, stringOf(name?.value) ?? ""),
  ),
});

function rename(m: Machine, self: Instance, args: Args): Value {
  const name = stringOf(args.list[0]?.value);
  if (name !== undefined) updateRecord(m, self, { name });
  return NONE_VALUE;
}

/** Keras keeps most constructor arguments as attributes of the same name; a default too. */
function argumentAttribute(m: Machine, self: Instance, name: string): Value {
  const record = recordOf(m, self);
  const given = record?.args[name]?.value;
  if (given !== undefined) return given;
  const parameter = lookup(`keras.layers.${record?.declared}`)?.parameters?.find((it) => it.name === name);
  const literal =
    parameter?.default !== undefined && "literal" in parameter.default ? parameter.default.literal : undefined;
  if (literal === undefined || record?.declared === undefined)
    return unknown(record?.declared === undefined ? ABSENT : `${name} is not followed`);
  if (literal === null) return NONE_VALUE;
  if (typeof literal === "boolean") return bool(literal);
  if (typeof literal === "string") return str(literal);
  return "int" in literal ? int(literal.int) : unknown(`${name} is not followed`);
}

/** Of a model that is no class of the user's the configuration is its whole graph. */
const isPlainModel = ({ members, mro }: ClassValue): boolean =>
  members !== undefined && mro.some((it) => it.qualifiedName === "keras.Model");

function callMethodOfClass(m: Machine, type: ClassValue, config: Value): Value | undefined {
  if (config.kind !== "dict") return undefined;
  const entry = m.read(config.id);
  if (entry?.kind !== "dictObject" || entry.open !== undefined) return undefined;
  const list = [...entry.entries.values()].flatMap(({ key, value }) =>
    key.kind === "str" ? [{ name: key.value, value }] : [],
  );
  return instantiate(m, type, { list });
}
