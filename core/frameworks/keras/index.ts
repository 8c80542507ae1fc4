import { callValue } from "../../interpreter/calls.ts";
import type { Described, Framework } from "../../interpreter/framework.ts";
import { handedOver } from "../../interpreter/handedOver.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  type ClassValue,
  type Instance,
  type NativeValue,
  NONE_VALUE,
  native,
  nativeClass,
  positional,
  str,
  stringOf,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { unknownRank } from "../../tensor/shape.ts";
import { remember } from "../operation/history.ts";
import { applicationFunction, preprocessInput } from "./applications/index.ts";
import { isSameInKeras2 } from "./applications/keras2.ts";
import { detailsOf, madeAt } from "./card/details.ts";
import { DATA } from "./datasets.ts";
import { expandEdit } from "./edits/index.ts";
import { drawModel } from "./forward/draw.ts";
import { lowerModel } from "./forward/model.ts";
import { HELPERS } from "./functions/helpers.ts";
import { INPUT } from "./functions/input.ts";
import { LOSS, LOSS_FUNCTIONS, lossClass, lossFunction, METRIC, metricClass } from "./functions/losses.ts";
import { MERGING, mergingFunction } from "./functions/merging.ts";
import { isSymbolicClass, KERAS, recordOperations } from "./kerasTensor.ts";
import { opsOf } from "./ops/index.ts";
import { refactorings } from "./refactorings/index.ts";
import { removalOf } from "./removed.ts";
import { checkArguments } from "./rules/arguments.ts";
import { KERAS_RULES } from "./rules/catalogue.ts";
import { batchInHugeModels } from "./rules/data/batchInShape.ts";
import { ownBroadcast } from "./rules/labels/ownBroadcast.ts";
import { missingAttribute } from "./rules/missingAttribute.ts";
import { unlikeOperands } from "./rules/refusals/merged.ts";
import { removedName } from "./rules/removed.ts";
import { unknownName } from "./rules/unknownName.ts";
import { untrackedLayers } from "./rules/untrackedLayer.ts";
import { unusedLayers } from "./rules/unusedLayer.ts";
import { forgetNames } from "./runtime/automaticNames.ts";
import { parametersOf } from "./runtime/cost.ts";
import { define } from "./runtime/definitions.ts";
import { bind } from "./runtime/given.ts";
import { graphOperation } from "./runtime/graph.ts";
import { inputLayer, KERAS_TENSOR } from "./runtime/inputLayer.ts";
import { initInputSpec } from "./runtime/inputSpec.ts";
import { declaredClass, LAYER } from "./runtime/layerClass.ts";
import { FUNCTIONAL, MODEL, SEQUENTIAL } from "./runtime/modelClass.ts";
import { OPERATION } from "./runtime/operationClass.ts";
import { initPlain, PLAIN } from "./runtime/plainObject.ts";
import { DTYPE_POLICY, forgetPolicy, globalPolicyName, makePolicy, setGlobalPolicy } from "./runtime/policy.ts";
import { readConfiguration, release, STATE_FUNCTIONS } from "./runtime/processState.ts";
import { recordOf } from "./runtime/records.ts";
import { modelOutputs, modelReports, modelsIn } from "./runtime/reports.ts";
import { callAsSaid } from "./runtime/saidInputs.ts";
import { SAVING } from "./runtime/saving.ts";
import { EAGER } from "./runtime/tensors.ts";
import { annotatedTensor, exercise, suppliedTensor } from "./runtime/uncalled.ts";
import { VARIABLE } from "./runtime/variable.ts";
import { canonical, canonicalNames, lookup, publicNames, type Signature } from "./signatures.ts";
import { readsSource, SOURCE } from "./source.ts";
import { inFull } from "./training/names.ts";
import { markVersion, type Version } from "./version.ts";

/** Keras, by whatever name it is imported: `keras`, `tensorflow.keras`, `tf_keras`. */
export function createKeras(version: Version = 3, exact = true, first = false): Framework {
  recordOperations(graphOperation);
  KERAS.explains = unlikeOperands;
  EAGER.explains = unlikeOperands;
  EAGER.isA = isSymbolicClass(false);
  EAGER.record = (m, type, inputs, outputs, recipe) => {
    remember(m, type, inputs, outputs, recipe);
    ownBroadcast(m, type, inputs);
  };
  const values = new Map<string, Value | undefined>();
  const functions = new Map<string, Value>();
  const framework: Framework = {
    name: "keras",
    roots: ["keras", "tensorflow", "tf_keras", "tree"],
    rules: KERAS_RULES,
    readsSource: (module) => module === "tree" || readsSource(module),
    requires: (module) => version === 3 && REQUIRED.has(module),
    imported: readConfiguration,
    resolve: (_, qualifiedName) => {
      if (IS_RELEASE.test(qualifiedName)) return release(version, exact);
      if (!values.has(qualifiedName)) values.set(qualifiedName, once(functions, resolve(qualifiedName, version)));
      return values.get(qualifiedName);
    },
    lacks: (name) => version === 3 && exact && removalOf(name) !== undefined,
    lacksAttribute: missingAttribute,
    asked: (m, name, place, isImport) => {
      if (version !== 3) return;
      removedName(m, name, place, isImport);
      unknownName(m, name, place);
    },
    names: (module) => publicNames().flatMap((name) => publicName(name, module)),
    describe,
    card: detailsOf,
    madeAt,
    bound: (m, name, value) => {
      if (recordOf(m, value)?.model !== undefined) m.mark("name", { id: (value as Instance).id, name });
      else define(m, name, value);
    },
    models: modelReports,
    lower: (m, marks, { subject, name }, options) => {
      const self = modelsIn(marks).find((it) => it.id === subject);
      return self && lowerModel(m, self, { ...options, name, keras: version });
    },
    draw: (m, marks, { subject, name }) => {
      const self = modelsIn(marks).find((it) => it.id === subject);
      return self && drawModel(m, self, name);
    },
    ended: callAsSaid,
    tensor: suppliedTensor,
    annotated: annotatedTensor,
    exercise,
    conclude: (m, marks, moduleOf) => [
      ...batchInHugeModels(m, modelsIn(marks)),
      ...unusedLayers(m, marks, moduleOf),
      ...untrackedLayers(m, marks, moduleOf),
    ],
    expand: expandEdit,
    refactorings,
  };
  return markVersion(framework, version, exact, first);
}

/** One function in all its spellings, so that it is the same whichever a program took. */
function once(functions: Map<string, Value>, value: Value | undefined): Value | undefined {
  if (value?.kind !== "native") return value;
  const known = functions.get(value.name);
  if (known === undefined) functions.set(value.name, value);
  return known ?? value;
}

const IS_RELEASE = /^(?:tensorflow\.keras|tf_keras|keras)\.__version__$/;
const SPELLED = /^(?:tensorflow\.(?:compat\.v[12]\.|python\.)?keras|tf_keras|keras)(?=\.|$)/;

const first = (table: ReadonlyMap<string, Value>, names: readonly string[]): Value | undefined =>
  names.map((name) => table.get(name)).find((it) => it !== undefined);

/** dm-tree, which Keras 3 was built on, has the functions of `keras.tree`; a project's own `tree` goes before it. */
const TREE = /^tree(?=\.|$)/;

function resolve(said: string, version: Version): Value | undefined {
  const qualifiedName = said.replace(TREE, "keras.tree");
  if (!SPELLED.test(qualifiedName)) return undefined;
  const spelled = qualifiedName.replace(SPELLED, "keras");
  const name = canonical(qualifiedName, version) ?? spelled;
  const own = SOURCE.get(spelled) ?? ofBackend(spelled, version);
  if (own !== undefined) return own;
  // What is followed is listed under Keras 3's names; Keras 2 has some of it under others.
  const names = [name, spelled, canonical(qualifiedName, 3) ?? spelled];
  if (version === 2 && spelled === SYNCHRONISED) return synchronised();
  const signature = lookup(name, version);
  const special = first(SPECIAL, names) ?? first(DATA, names);
  if (special !== undefined) return signature === undefined ? special : refusing(special, signature);
  const operation = first(opsOf(version), names);
  if (operation !== undefined) return operation;
  if (
    spelled === "keras" ||
    signature?.kind === "module" ||
    (signature === undefined && /\.[a-z_0-9]+$/.test(spelled) && isModule(spelled))
  ) {
    // In Keras 3 the two are not the same: most of what `tf.keras.backend` has `keras.backend` has not.
    const isOfTensorflow = version === 3 && qualifiedName.startsWith("tensorflow.");
    return { kind: "module", name: isOfTensorflow ? `tensorflow.${spelled}` : spelled };
  }
  return signature === undefined ? undefined : named(signature, version);
}

/** A function that looks at its arguments' names first, as Python does. Tensor functions do that by themselves. */
function refusing(value: Value, signature: Signature): Value {
  if (value.kind !== "native" || signature.kind !== "function") return value;
  const call: NativeValue["call"] = (m, args) => {
    refuse(m, signature, args);
    return value.call(m, args);
  };
  return { ...value, call };
}
function refuse(m: Machine, signature: Signature, args: Args): void {
  if (args.open === undefined && signature.parameters !== undefined)
    checkArguments(m, signature, bind(signature, args));
}
/** A BatchNormalization of its own name, which Keras 3 has as an argument of that. */
const SYNCHRONISED = "keras.layers.experimental.SyncBatchNormalization";
const synchronised = (): Value | undefined => {
  const base = resolve("keras.layers.BatchNormalization", 2);
  return base?.kind === "class" ? nativeClass(SYNCHRONISED, [base], {}) : undefined;
};

/** Keras's own backend is not the public `keras.backend`: its functions are those of keras.ops. */
function ofBackend(spelled: string, version: Version): Value | undefined {
  const [, name] = /^keras\.src\.backend\.(?:(?:numpy|nn|core|math|config|common)\.)?(\w+)$/.exec(spelled) ?? [];
  if (name === undefined) return undefined;
  for (const place of ["config", "ops", "utils"]) {
    if (canonical(`keras.${place}.${name}`, version) !== undefined) return resolve(`keras.${place}.${name}`, version);
  }
  return undefined;
}

const MODULES = new Set(canonicalNames().flatMap((name) => prefixes(name)));
function prefixes(name: string): readonly string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("."));
}
/** A module that Keras has or that an older version had: names inside it are resolved one by one. */
const isModule = (spelled: string): boolean =>
  MODULES.has(spelled) ||
  /^keras\.(?:src|engine|layers|legacy|utils|models|optimizers|preprocessing|applications)\b/.test(spelled);

const publicName = (name: string, module: string): readonly string[] => {
  const prefix = `${module.replace(SPELLED, "keras")}.`;
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return rest === "" || rest.includes(".") ? [] : [rest];
};

const classes: Readonly<Record<Version, Map<string, ClassValue>>> = { 2: new Map(), 3: new Map() };
/** A class or function of Keras's, by its generated signature. */
function named(signature: Signature, version: Version): Value {
  const { name, kind } = signature;
  const short = name.slice(name.lastIndexOf(".") + 1);
  if (kind === "function") {
    const layer = name.startsWith("keras.layers.") ? lookup(`keras.layers.${MERGING[short]}`, version) : undefined;
    const merged = layer === undefined ? undefined : named(layer, version);
    if (merged?.kind === "class") return mergingFunction(signature, merged);
    // Keras 2 has `MSE` for the name.
    const loss = /^keras\.(?:losses|metrics)\.(\w+)$/.exec(canonical(name, 3) ?? name)?.[1];
    if (loss !== undefined && LOSS_FUNCTIONS.has(loss)) return refusing(lossFunction(signature, loss), signature);
    const model = application(signature, version);
    if (model !== undefined) return refusing(model, signature);
    return native(name, (m, args) => {
      refuse(m, signature, args);
      handedOver(m, args, `${name} may call it`);
      return unknown(`what ${name} yields is not followed`);
    });
  }
  if (kind === "constant") return unknown(`${name} is not followed`);
  const known = classes[version].get(name);
  if (known !== undefined) return known;
  // An InputSpec is none, though it stands among them.
  const isLayer = name.startsWith("keras.layers.") && signature.bases.length > 0;
  // Of several public names the class has one, which Keras 3 takes for the canonical one.
  const own = isLayer ? (canonical(name) ?? name) : name;
  const made = isLayer
    ? declaredClass(own, signature)
    : name.startsWith("keras.losses.")
      ? lossClass(signature)
      : name.startsWith("keras.metrics.")
        ? metricClass(signature)
        : nativeClass(name, [PLAIN], {
            __init__: short === "InputSpec" ? initInputSpec(signature) : initPlain(signature),
          });
  classes[version].set(name, made);
  return made;
}

function describe(m: Machine, value: Value): Described | undefined {
  const record = recordOf(m, value);
  if (record?.model === undefined || value.kind !== "instance") return undefined;
  return {
    outputs: modelOutputs(m, record) ?? { shape: unknownRank("its input is not known yet"), dtype: undefined },
    note: { kind: "model", type: record.type, params: parametersOf(m, value).total, subject: value.id, about: value },
  };
}

/** A function of `keras.applications` that is followed. */
function application(signature: Signature, version: Version): Value | undefined {
  const [, , module = "", short] = signature.name.split(".");
  if (!signature.name.startsWith("keras.applications.")) return undefined;
  if (short === "preprocess_input") return preprocessInput(module);
  if (version === 2 && !isSameInKeras2(short ?? module)) return undefined;
  // Keras 3's signature says the model's name, which is the same.
  return applicationFunction(lookup(signature.name) ?? signature, (type) => {
    const layer = lookup(`keras.layers.${type}`, version);
    const made = layer === undefined ? undefined : named(layer, version);
    return made?.kind === "class" ? made : undefined;
  });
}

/** A decorator that keeps what it decorates, with arguments or without. */
const keepingDecorator = (name: string): NativeValue =>
  native(name, (_, args: Args) => {
    const [first] = args.list;
    return first !== undefined && ["function", "class", "method"].includes(first.value.kind) ? first.value : KEEP;
  });
const KEEP = native("keep", (_, { list: [only] }) => only?.value ?? NONE_VALUE);

/** The packages that Keras 3 is installed with: a `try` around their import goes through. */
const REQUIRED: ReadonlySet<string> = new Set(["absl", "h5py", "ml_dtypes", "namex", "optree", "packaging", "rich"]);

const SPECIAL: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["keras.Input", INPUT],
  ["keras.layers.Input", INPUT],
  ["keras.layers.InputLayer", inputLayer()],
  ["keras.KerasTensor", KERAS_TENSOR],
  ["keras.Operation", OPERATION],
  ["keras.Layer", LAYER],
  ["keras.layers.Layer", LAYER],
  // Of Keras 2: a layer that is to say its `state_size`.
  ["keras.layers.AbstractRNNCell", LAYER],
  ["keras.Model", MODEL],
  ["keras.models.Model", MODEL],
  ["keras.Sequential", SEQUENTIAL],
  ["keras.src.models.functional.Functional", FUNCTIONAL],
  ["keras.saving.register_keras_serializable", keepingDecorator("keras.saving.register_keras_serializable")],
  ["keras.Loss", LOSS],
  ["keras.losses.Loss", LOSS],
  ["keras.Metric", METRIC],
  ["keras.metrics.Metric", METRIC],
  ["keras.activations.get", native("keras.activations.get", getActivation)],
  ...["initializers", "regularizers", "constraints", "optimizers", "losses"].map((area): readonly [string, Value] => [
    `keras.${area}.get`,
    native(`keras.${area}.get`, (m, args) => getObject(m, area, args)),
  ]),
  ...["initializers", "regularizers", "constraints", "optimizers", "losses", "metrics", "layers"].map(
    (area): readonly [string, Value] => [
      `keras.${area}.serialize`,
      native(`keras.${area}.serialize`, () => unknown("the configuration of an object", "dict")),
    ],
  ),
  ["keras.activations.serialize", native("keras.activations.serialize", serializeActivation)],
  ["keras.utils.clear_session", native("keras.utils.clear_session", clear)],
  ["keras.backend.clear_session", native("keras.backend.clear_session", clear)],
  [
    "keras.config.set_dtype_policy",
    native("keras.config.set_dtype_policy", (m, { list: [policy] }) => {
      setGlobalPolicy(m, policy?.value);
      return NONE_VALUE;
    }),
  ],
  ["keras.config.dtype_policy", native("keras.config.dtype_policy", (m) => makePolicy(m, globalPolicyName(m)))],
  ["keras.DTypePolicy", DTYPE_POLICY],
  ["keras.Variable", VARIABLE],
  ...STATE_FUNCTIONS,
  ...SAVING,
  ...HELPERS,
  ["keras.activations.deserialize", native("keras.activations.deserialize", getActivation)],
  ["keras.utils.set_random_seed", native("keras.utils.set_random_seed", () => NONE_VALUE)],
]);

/** `activations.get`: by name, `None` for none at all, a function as it is. */
function getActivation(_: Machine, { list: [identifier] }: Args): Value {
  const given = identifier?.value ?? NONE_VALUE;
  const name = given.kind === "none" ? "linear" : stringOf(given);
  if (name === undefined) return given;
  return resolve(`keras.activations.${name}`, 3) ?? unknown(`the activation ${name} is not known`);
}

/** The name of one of Keras's own; of another function a dictionary says where it is. */
function serializeActivation(_: Machine, { list: [activation] }: Args): Value {
  const [, name] =
    activation?.value.kind === "native" ? (/^keras\.activations\.(\w+)$/.exec(activation.value.name) ?? []) : [];
  return name === undefined ? unknown("the configuration of an activation", "dict") : str(name);
}

/** `initializers.get` and its kin: by name, or by a configuration; `None` and an object as they are. */
function getObject(m: Machine, area: string, { list: [identifier] }: Args): Value {
  const given = identifier?.value ?? NONE_VALUE;
  if (given.kind !== "str" && given.kind !== "dict") return given;
  const name = given.kind === "str" ? (inFull(given.value) ?? given.value) : undefined;
  const found = name === undefined ? undefined : resolve(`keras.${area}.${name}`, 3);
  // Losses may be functions.
  if (found?.kind === "native") return found;
  return callValue(m, found?.kind === "class" ? found : PLAIN, positional());
}

function clear(m: Machine): Value {
  forgetNames(m);
  forgetPolicy(m);
  return NONE_VALUE;
}
