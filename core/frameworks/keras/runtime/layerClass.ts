import { ABSENT, memberOf, setAttribute, storeAttribute } from "../../../interpreter/attributes.ts";
import { makeList } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
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
  str,
  stringOf,
  TRUE,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { isUnknown, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { remember } from "../../operation/history.ts";
import { bare } from "../../operation/settled.ts";
import { noteOwnOperators } from "../../operation/variables.ts";
import type { Violation } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { checkArguments } from "../rules/arguments.ts";
import { tensorToConstructor } from "../rules/tensorToConstructor.ts";
import { checkValues } from "../rules/values.ts";
import { lookup, type Signature } from "../signatures.ts";
import { refusedInKeras2, refusedThere, unknownThere } from "../takenByKeras2.ts";
import { versionIn } from "../version.ts";
import { adapt, vocabulary, vocabularySize } from "./adapting.ts";
import { fromConfig, layerConfig } from "./config.ts";
import { handOn } from "./cooperative.ts";
import { parametersOf } from "./cost.ts";
import { buildLayer, callInside, outputShape } from "./explicit.ts";
import { type Bound, bind } from "./given.ts";
import { readShape } from "./input.ts";
import { layerAttribute } from "./layerAttributes.ts";
import { callLayer, givenOf } from "./layerCall.ts";
import { createLayer, initialise, type Method, method, property } from "./layerObject.ts";
import { takeNames } from "./namesInside.ts";
import { inWordsOfKeras2 } from "./ofKeras1.ts";
import { keepBuild } from "./ownBuild.ts";
import { globalPolicy, ownPolicy, policyOf } from "./policy.ts";
import { namesAreAdded } from "./processState.ts";
import { firstInputs, firstOutputs, recordOf, updateRecord } from "./records.ts";
import { EAGER, newTensor } from "./tensors.ts";
import { TRACKING } from "./tracked.ts";
import { innerLayers } from "./tracking.ts";
import { reportViolations } from "./violations.ts";

/** The members of `keras.Layer`, and the classes of the layers that Keras has. */

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
function initDeclared(name: string, signature: Signature): NativeValue {
  return method(`${name}.__init__`, (m, self, given) => {
    const args = handOn(m, self, name, signature, inWordsOfKeras2(m, signature, given));
    const bound = withOpen(m, name, args, bind(signature, args));
    initialise(m, self, name, bound.args);
    takeNames(m, name, "made");
    // A class of the user's that wraps a layer runs it itself.
    if (name === "Wrapper" && bound.args["layer"] !== undefined)
      setAttribute(m, self, "layer", bound.args["layer"].value);
    const record = recordOf(m, self);
    if (tensorToConstructor(m, name, args)) return NONE_VALUE;
    if (args.open === undefined && !checkArguments(m, signature, bound) && record !== undefined) {
      const declaration = LAYERS.get(name);
      const values = declaration === undefined ? {} : givenOf(m, record, declaration.args);
      const refused = refusedThere(m, name, declaration?.valid(values) ?? [], values);
      const violations = [...refused, ...refusedInKeras2(m, name, values), ...unknownThere(m, values)].filter(
        (it) =>
          !(isLeftOut(bound, it) && memberOf(m, self.class, "build")?.value.kind === "function") &&
          // Keras 3 looks for an activation's name among its own alone.
          !(it.constraint.endsWith("activation-accepted") && versionIn(m) === 2 && namesAreAdded(m)),
      );
      if (violations.length > 0) reportViolations(m, record, violations, []);
      else checkValues(m, signature, bound.args);
    }
    if (args.open !== undefined) updateRecord(m, self, { weightsUnknown: args.open });
    return NONE_VALUE;
  });
}

/** What is not known may hold any argument that is not given; of nobody's call it is supposed to keep the format. */
function withOpen(m: Machine, name: string, { open }: Args, bound: Bound): Bound {
  if (open === undefined) return bound;
  const names = (LAYERS.get(name)?.args ?? []).filter((it) => it !== "data_format" || m.reading === undefined);
  const more = names.map((it) => [it, { name: it, value: unknown(open) }] as const);
  return { ...bound, args: { ...Object.fromEntries(more), ...bound.args } };
}

/** No number of filters is refused only where weights are made: a class that makes its own has no use for it. */
const isLeftOut = ({ args }: Bound, { argument }: Violation): boolean =>
  argument === "filters" && args[argument]?.value.kind === "none";

/** `add_weight(shape, …)`: a weight of the user's own layer. */
const addWeight: Method = (m, self, args) => {
  const { args: bound } = bind(ADD_WEIGHT[versionIn(m)], args);
  const record = recordOf(m, self);
  const shape =
    bound["shape"] === undefined ? readShape(m, { kind: "tuple", items: [] }) : readShape(m, bound["shape"].value);
  const policy = record === undefined ? globalPolicy(m) : policyOf(m, record);
  const dtype = stringOf(bound["dtype"]?.value) ?? policy.variable;
  const trainable = bound["trainable"]?.value.kind !== "bool" || bound["trainable"].value.value;
  const name = stringOf(bound["name"]?.value) ?? "weight";
  const tensor = newTensor(m, { shape, dtype: dtype as typeof policy.variable }, EAGER, false);
  remember(m, "AddWeight", [], [tensor], { args });
  if (versionIn(m) === 3) noteOwnOperators(m, tensor);
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
const weightArguments = (names: string): Pick<Signature, "parameters" | "keywords"> => ({
  keywords: "*",
  parameters: names.split(" ").map((name) => ({ name, kind: "positional", default: { literal: null } })),
});
/** Keras 2 begins with the name. */
const ADD_WEIGHT = {
  2: weightArguments("name shape dtype initializer regularizer trainable constraint"),
  3: weightArguments("shape initializer dtype trainable autocast regularizer constraint"),
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

export const LAYER: ClassValue = nativeClass("keras.layers.Layer", [], {
  __new__: nativeMethod("Layer.__new__", (m, { list: [type, ...list], open }) => {
    if (type?.value.kind !== "class") return unknown("not a class");
    const self = createLayer(m, type.value);
    if (type.value.members === undefined)
      updateRecord(m, self, { made: bare(m, { list, ...(open !== undefined && { open }) }) });
    keepBuild(m, self);
    return self;
  }),
  __init__: method("Layer.__init__", initLayer),
  __call__: method("Layer.__call__", callLayer),
  build: method("Layer.build", buildLayer),
  call: method("Layer.call", callInside),
  add_weight: method("Layer.add_weight", addWeight),
  add_variable: method("Layer.add_variable", addWeight),
  add_loss: method("Layer.add_loss", () => NONE_VALUE),
  add_metric: method("Layer.add_metric", () => NONE_VALUE),
  adapt: method("Layer.adapt", adapt),
  get_vocabulary: method("Layer.get_vocabulary", vocabulary),
  vocabulary_size: method("Layer.vocabulary_size", vocabularySize),
  set_vocabulary: method("Layer.set_vocabulary", adapt),
  count_params: method("Layer.count_params", countParams),
  compute_output_shape: method("Layer.compute_output_shape", outputShape),
  compute_mask: method("Layer.compute_mask", (_, __, { list: [, mask] }) => mask?.value ?? NONE_VALUE),
  get_config: method("Layer.get_config", layerConfig),
  get_weights: method("Layer.get_weights", (m, self) => weightTensors(m, self)),
  set_weights: method("Layer.set_weights", () => NONE_VALUE),
  from_config: {
    kind: "classmethod",
    function: nativeMethod("Layer.from_config", (m, { list: [type, config] }) =>
      type?.value.kind === "class" ? fromConfig(m, type.value, config?.value ?? NONE_VALUE) : unknown("not a class"),
    ),
  },
  name: property("name", (m, self) => str(recordOf(m, self)?.name ?? ""), rename),
  _name: property("_name", privateName, setPrivateName),
  trainable: property("trainable", (m, self) => bool(recordOf(m, self)?.trainable !== false), setTrainable),
  built: property(
    "built",
    (m, self) => {
      const record = recordOf(m, self);
      return record?.built === true && record.building !== true ? TRUE : FALSE;
    },
    (m, self, args) => {
      const value = args.list[0]?.value;
      if (value?.kind === "bool") updateRecord(m, self, { built: value.value, building: false });
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
  dtype: property("dtype", (m, self) => ownType(m, self, "variable")),
  compute_dtype: property("compute_dtype", (m, self) => ownType(m, self, "compute")),
  variable_dtype: property("variable_dtype", (m, self) => ownType(m, self, "variable")),
  dtype_policy: property("dtype_policy", (m, self) => ownPolicy(m, recordOf(m, self)), setPolicy),
  losses: property("losses", () => unknown("which losses are added is not followed", "list")),
  ...TRACKING,
  __getattr__: method("Layer.__getattr__", (m, self, { list: [name] }) =>
    layerAttribute(m, self, stringOf(name?.value) ?? ""),
  ),
});

function ownType(m: Machine, self: Instance, which: "compute" | "variable"): Value {
  const type = policyOf(m, recordOf(m, self) ?? { args: {} })[which];
  return type === undefined ? unknown("a dtype policy that is not known", "str") : str(type);
}

function setPolicy(m: Machine, self: Instance, { list: [policy] }: Args): Value {
  const record = recordOf(m, self);
  if (record !== undefined && policy !== undefined) updateRecord(m, self, { args: { ...record.args, dtype: policy } });
  return NONE_VALUE;
}

/** Where Keras 2 keeps the name, so that programs change it there; to Keras 3 it is an attribute like any other. */
function privateName(m: Machine, self: Instance): Value {
  if (versionIn(m) === 2) return str(recordOf(m, self)?.name ?? "");
  const own = m.read(self.id);
  return (own?.kind === "attributes" ? own.entries.get("_name") : undefined) ?? unknown(ABSENT);
}
function setPrivateName(m: Machine, self: Instance, args: Args): Value {
  if (versionIn(m) === 2) return rename(m, self, args);
  storeAttribute(m, self, "_name", args.list[0]?.value ?? NONE_VALUE);
  return NONE_VALUE;
}
function rename(m: Machine, self: Instance, args: Args): Value {
  const name = stringOf(args.list[0]?.value);
  if (name !== undefined) updateRecord(m, self, { name });
  return NONE_VALUE;
}

/** What nearly every layer of Keras's has of its own, in front of what a class of the user's behind it has. */
const OWN = ["call", "compute_output_shape", "get_config"];

/** The class of a layer that Keras has. */
export function declaredClass(qualifiedName: string, signature: Signature): ClassValue {
  const name = qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
  const names = LAYERS.get(name)?.weighted === false ? OWN : [...OWN, "build"];
  const own = names.flatMap((it) => {
    const member = LAYER.members?.get(it);
    return member?.kind === "native" ? [[it, { ...member, name: `${name}.${it}` }] as const] : [];
  });
  return nativeClass(qualifiedName, [LAYER], { ...Object.fromEntries(own), __init__: initDeclared(name, signature) });
}
