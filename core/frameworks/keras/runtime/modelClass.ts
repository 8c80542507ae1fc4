import { makeList } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type Args,
  type ClassValue,
  type Instance,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  positional,
  str,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { Shape } from "../../../tensor/shape.ts";
import { bare } from "../../operation/settled.ts";
import { checkArguments } from "../rules/arguments.ts";
import { checkCompile } from "../rules/compiled/index.ts";
import { checkFileName } from "../rules/fileName.ts";
import { removedMethod } from "../rules/removed.ts";
import { removedArgument } from "../rules/removedArgument.ts";
import { classAsLayer } from "../rules/tensorToConstructor.ts";
import { checkTraining } from "../rules/training.ts";
import { versionIn } from "../version.ts";
import { addLoss, addMetric } from "./addedLoss.ts";
import { modelConfig } from "./config.ts";
import { makeFunctional } from "./functional.ts";
import { getLayer } from "./getLayer.ts";
import { bind } from "./given.ts";
import { readShape } from "./input.ts";
import { callLayer } from "./layerCall.ts";
import { LAYER, symbolicOutput } from "./layerClass.ts";
import { createLayer, initialise, method, property } from "./layerObject.ts";
import { methodSignature } from "./methodSignatures.ts";
import { placeNames } from "./named.ts";
import { keepBuild } from "./ownBuild.ts";
import { recordOf, updateRecord } from "./records.ts";
import { modelText, noteSaved } from "./saving.ts";
import { addLayer, buildSequential, nameGraph, popLayer } from "./sequential.ts";
import { EAGER, newTensor } from "./tensors.ts";
import { listedLayers } from "./tracking.ts";
import { shapeValue } from "./userLayer.ts";

/** `keras.Model`, `keras.Sequential`, and what every model can do. */

const FUNCTIONAL_NAMES = ["inputs", "outputs"];
/** `Model(inputs, outputs)` as against a subclass's `super().__init__()`. */
const isFunctional = (args: Args): boolean =>
  args.list.filter((it) => it.name === undefined).length >= 2 ||
  args.list.some((it) => it.name !== undefined && FUNCTIONAL_NAMES.includes(it.name)) ||
  OLD_NAMES.every((name) => args.list.some((it) => it.name === name));
/** Their names in Keras 1. */
const OLD_NAMES = ["input", "output"];

const newModel = nativeMethod("Model.__new__", (m, { list: [type, ...list] }) => {
  if (type?.value.kind !== "class") return unknown("not a class");
  const functional = type.value.id === MODEL.id && isFunctional({ list });
  const self = createLayer(m, functional ? FUNCTIONAL : type.value, { kind: "subclass" });
  if (type.value.members === undefined) updateRecord(m, self, { made: bare(m, { list }) });
  keepBuild(m, self);
  m.mark("model", { id: self.id, self });
  return self;
});

const initModel = method("Model.__init__", (m, self, args) => {
  const named: Record<string, Arg> = {};
  const loose = args.list.filter((it) => it.name === undefined);
  for (const arg of args.list) if (arg.name !== undefined) named[arg.name] = arg;
  const inputs = named["inputs"] ?? named["input"] ?? loose[0];
  const outputs = named["outputs"] ?? named["output"] ?? loose[1];
  if (loose[2] !== undefined) named["name"] ??= loose[2];
  initialise(m, self, undefined, named);
  for (const arg of args.list)
    if (versionIn(m) === 3 && arg.name !== undefined && OLD_NAMES.includes(arg.name) && isFunctional(args))
      removedArgument(m, "Model", arg, arg.name, `${arg.name}s`);
  if (isFunctional(args) && inputs !== undefined && outputs !== undefined) makeFunctional(m, self, inputs, outputs);
  if (args.open !== undefined) updateRecord(m, self, { weightsUnknown: args.open });
  return NONE_VALUE;
});

/** Data that a training method is given, by Keras's own parameter names. */
const training = (name: string) =>
  method(`Model.${name}`, (m, self, args) => {
    const signature = methodSignature(name, versionIn(m));
    const bound = bind(signature, args);
    if (args.open === undefined) checkArguments(m, signature, bound);
    return checkTraining(m, self, name, bound.args);
  });
/** What only older versions have; Keras 3 raises an AttributeError. */
const old = (name: string, now: string) => {
  const { call } = training(now);
  return method(`Model.${name}`, (m, self, args) => {
    if (versionIn(m) === 3) removedMethod(m, name, now);
    // Generators were given in the place of the data, and as many batches as an epoch has.
    const data = args.list.find((it, i) => it.name === "generator" || (i === 0 && it.name === undefined));
    const kept = args.list.filter((it) => it.name !== undefined && METHOD_KEPT.has(it.name));
    const list = data === undefined ? kept : [{ ...data, name: undefined }, ...kept];
    const given = call(m, { list: [{ name: undefined, value: self }, ...list], ...(args.open && { open: args.open }) });
    return name === "predict_classes" ? unknown("the classes of what the model yields are not followed") : given;
  });
};
const METHOD_KEPT = new Set(["steps_per_epoch", "epochs", "validation_data", "steps", "verbose", "callbacks"]);
const positionalNames = (...names: readonly string[]) => ({
  keywords: "*" as const,
  parameters: names.map((name) => ({ name, kind: "positional" as const, default: { literal: null } })),
});

const compile = method("Model.compile", (m, self, args) => {
  const signature = methodSignature("compile", versionIn(m));
  const bound = bind(signature, args);
  if (args.open === undefined) checkArguments(m, signature, bound);
  updateRecord(m, self, { compiled: { place: m.here, args: bound.args } });
  const record = recordOf(m, self);
  if (record !== undefined) checkCompile(m, record);
  return NONE_VALUE;
});

const build = method("Model.build", (m, self, args) => {
  const record = recordOf(m, self);
  const given = args.list[0]?.value;
  if (record?.model?.kind === "sequential" && given !== undefined) {
    buildSequential(m, self, { shape: readShape(m, given), dtype: "float32" });
  } else if (record?.model?.kind === "subclass" && given !== undefined) {
    if (versionIn(m) === 2) trace(m, self, given);
    else suppose(m, self, given);
  } else updateRecord(m, self, { built: true });
  return NONE_VALUE;
});

/**
 * `build` of a subclass in Keras 3 makes no weights: it only says that the model is built. What it is called on is told
 * by it all the same, for hints and a forward run.
 */
function suppose(m: Machine, self: Instance, shape: Value): void {
  const before = m.state;
  trace(m, self, shape);
  const { given, inputs, outputs } = recordOf(m, self) ?? {};
  m.state = before;
  updateRecord(m, self, { built: true, given, inputs, outputs });
}

/** `build` of a subclass in Keras 2: it runs its `call` on a tensor of that shape, or on tensors of those shapes. */
function trace(m: Machine, self: Instance, given: Value): void {
  const { items } = given.kind === "tuple" || given.kind === "list" ? iterate(m, given) : { items: [] };
  const several = items.some((it) => it.kind === "tuple" || it.kind === "list");
  const inputs = (several ? items : [given]).map((it) =>
    newTensor(m, { shape: readShape(m, it), dtype: "float32" }, EAGER, false),
  );
  callLayer(m, self, positional(several ? makeList(m, inputs) : (inputs[0] ?? NONE_VALUE)));
  m.note = undefined;
  updateRecord(m, self, { built: true });
}

/** The model's own symbolic tensors: of these, other models are made. */
function symbolic(m: Machine, self: Instance, which: "inputs" | "outputs", asList: boolean): Value {
  const model = recordOf(m, self)?.model;
  const reason = `${recordOf(m, self)?.name ?? "the model"} has no ${which} before it is built`;
  if (model?.kind === "sequential") {
    if (!asList) return symbolicOutput(m, self, which);
    const tensor = which === "inputs" ? model.input?.tensor : model.output;
    return tensor === undefined ? unknown(reason) : makeList(m, [tensor]);
  }
  if (model?.kind !== "functional") return unknown(reason);
  const flat = which === "inputs" ? model.flatInputs : model.flatOutputs;
  if (asList) return makeList(m, flat);
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : which === "inputs" ? model.inputs : model.outputs;
}
const shapesOfModel = (m: Machine, self: Instance, which: "inputs" | "outputs"): Value => {
  const value = symbolic(m, self, which, true);
  if (value.kind !== "list") return value;
  const shapes = iterate(m, value).items.map((it) => (it.kind === "tensor" ? shapeValue(it.shape) : it));
  const [only] = shapes;
  return shapes.length === 1 && only !== undefined ? only : makeList(m, shapes);
};

const namesOf = (m: Machine, self: Instance, which: "inputs" | "outputs"): Value => {
  const model = recordOf(m, self)?.model;
  const names = model?.kind === "functional" ? placeNames(m, model, which) : ["?"];
  return names.includes("?") ? unknown("the names are not known", "list") : makeList(m, names.map(str));
};

export const MODEL: ClassValue = nativeClass("keras.Model", [LAYER], {
  __new__: newModel,
  __init__: initModel,
  build,
  compile,
  fit: training("fit"),
  evaluate: training("evaluate"),
  predict: training("predict"),
  train_on_batch: training("train_on_batch"),
  test_on_batch: training("test_on_batch"),
  predict_on_batch: training("predict_on_batch"),
  fit_generator: old("fit_generator", "fit"),
  evaluate_generator: old("evaluate_generator", "evaluate"),
  predict_generator: old("predict_generator", "predict"),
  predict_classes: old("predict_classes", "predict"),
  predict_proba: old("predict_proba", "predict"),
  // What losses the program has compiled are added up.
  compute_loss: method("Model.compute_loss", (m) =>
    newTensor(m, { shape: new Shape([]), dtype: "float32" }, EAGER, false),
  ),
  compute_metrics: method("Model.compute_metrics", () => unknown("what it measures is known when it runs", "dict")),
  metrics: property("metrics", () => unknown("the metrics are made when it is compiled", "list")),
  add_loss: addLoss,
  add_metric: addMetric,
  summary: method("Model.summary", () => NONE_VALUE),
  save: method("Model.save", (m, self, args) => {
    const { filepath } = bind(positionalNames("filepath"), args).args;
    checkFileName(m, "model", filepath);
    return noteSaved(m, self, filepath?.value);
  }),
  save_weights: method("Model.save_weights", (m, _, args) => {
    const { filepath, max_shard_size: shard } = bind(positionalNames("filepath"), args).args;
    if (shard === undefined && args.open === undefined) checkFileName(m, "weights", filepath);
    return NONE_VALUE;
  }),
  load_weights: method("Model.load_weights", () => NONE_VALUE),
  export: method("Model.export", () => NONE_VALUE),
  get_layer: method("Model.get_layer", (m, self, args) => {
    const { args: bound } = bind(positionalNames("name", "index"), args);
    return getLayer(m, self, bound["name"], bound["index"]);
  }),
  layers: property("layers", (m, self) => makeList(m, listedLayers(m, self))),
  input: property("input", (m, self) => symbolic(m, self, "inputs", false)),
  output: property("output", (m, self) => symbolic(m, self, "outputs", false)),
  inputs: property("inputs", (m, self) => symbolic(m, self, "inputs", true)),
  outputs: property("outputs", (m, self) => symbolic(m, self, "outputs", true)),
  input_shape: property("input_shape", (m, self) => shapesOfModel(m, self, "inputs")),
  output_shape: property("output_shape", (m, self) => shapesOfModel(m, self, "outputs")),
  get_config: method("Model.get_config", modelConfig),
  to_json: method("Model.to_json", modelText),
  input_names: property("input_names", (m, self) => namesOf(m, self, "inputs")),
  output_names: property("output_names", (m, self) => namesOf(m, self, "outputs")),
  optimizer: property("optimizer", (m, self) => recordOf(m, self)?.compiled?.args["optimizer"]?.value ?? NONE_VALUE),
  loss: property("loss", (m, self) => recordOf(m, self)?.compiled?.args["loss"]?.value ?? NONE_VALUE),
});

export const FUNCTIONAL: ClassValue = nativeClass("keras.src.models.functional.Functional", [MODEL], {});

/** `Sequential(layer)`, `Sequential(layer, layer)`: Keras 3 takes one list of them. */
function layersInNoList(m: Machine, { layers, trainable }: Readonly<Record<string, Arg>>): void {
  const wrong = [layers, trainable].find((it) => it !== undefined && recordOf(m, it.value) !== undefined);
  if (wrong === undefined) return;
  const message = "A Sequential is made of a list of layers: Sequential([…])";
  const place = wrong.place ?? m.here;
  m.report({ code: "bad-argument", severity: "error", place, message, related: [], repairs: [] });
}

export const SEQUENTIAL: ClassValue = nativeClass("keras.Sequential", [MODEL], {
  __new__: nativeMethod("Sequential.__new__", (m, { list: [type] }) => {
    if (type?.value.kind !== "class") return unknown("not a class");
    const self = createLayer(m, type.value, { kind: "sequential", layers: [] });
    m.mark("model", { id: self.id, self });
    return self;
  }),
  __init__: method("Sequential.__init__", (m, self, args) => {
    const { args: bound } = bind(positionalNames("layers", "trainable", "name"), args);
    initialise(m, self, undefined, bound);
    const layers = bound["layers"]?.value;
    if (layers === undefined || layers.kind === "none") return NONE_VALUE;
    if (versionIn(m) === 3) layersInNoList(m, bound);
    const { items, rest } = iterate(m, layers);
    const node = bound["layers"]?.node;
    const nodes = node?.kind === "List" || node?.kind === "Tuple" ? node.items : [];
    items.forEach((item, i) => {
      const at = nodes.length === items.length ? nodes[i] : undefined;
      classAsLayer(m, item, at === undefined ? undefined : m.place(at));
      addLayer(m, self, item);
    });
    if (rest !== undefined) addLayer(m, self, unknown(rest.reason));
    nameGraph(m, self);
    return NONE_VALUE;
  }),
  add: method("Sequential.add", (m, self, args) => {
    const [{ value, place } = {}] = args.list;
    if (value !== undefined) {
      classAsLayer(m, value, place);
      addLayer(m, self, value);
    }
    nameGraph(m, self);
    return NONE_VALUE;
  }),
  pop: method("Sequential.pop", (m, self) => popLayer(m, self) ?? NONE_VALUE),
});
