import { callValue } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  entry,
  type Instance,
  type NativeValue,
  NONE_VALUE,
  positional,
  stringOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { checkFileName } from "../rules/fileName.ts";
import { lookup } from "../signatures.ts";
import { modelFromArchitecture } from "./architecture.ts";
import { cloneModel } from "./clone.ts";
import { deserialize, serialize } from "./config.ts";
import { bind } from "./given.ts";
import { isLayer, recordOf, updateRecord } from "./records.ts";

/** Models that are saved, written as text and cloned, and come back in the same program. */

/** `model.to_json()`: a text that stands for the model. */
const TEXT = "model as text";
export const modelText = (m: Machine, self: Instance): Value =>
  recordOf(m, self)?.model?.kind === "subclass"
    ? unknown("a model as text", "str")
    : { kind: "opaque", type: TEXT, data: { model: self } };
const modelIn = (value: Value | undefined): Instance | undefined =>
  value?.kind === "opaque" && value.type === TEXT ? (value.data as { readonly model: Instance }).model : undefined;

interface Saved {
  readonly model: Instance;
}
const savedAs = (m: Machine, path: string): number => m.named(`keras saved ${path}`);

/** `model.save(path)`, or a callback that does it while it trains. */
export function noteSaved(m: Machine, self: Instance, path: Value | undefined): Value {
  const name = stringOf(path);
  if (name !== undefined) m.setSlot(savedAs(m, name), { model: self } satisfies Saved);
  return NONE_VALUE;
}

const argumentsOf = (name: string, args: Args) => bind(lookup(name) ?? { parameters: [], keywords: "*" }, args).args;

/** The model as it was saved: its architecture, names, and what of it trains. */
function loadModel(m: Machine, args: Args): Value {
  const path = stringOf(argumentsOf("keras.saving.load_model", args)["filepath"]?.value);
  if (path === undefined) return unknown("which model is loaded is not known");
  const saved = m.slot<Partial<Saved>>(savedAs(m, path))?.model;
  if (saved === undefined)
    return modelInFile(m, path, argumentsOf("keras.saving.load_model", args)["custom_objects"]?.value);
  const loaded = cloneModel(m, saved);
  if (loaded.kind === "instance") updateRecord(m, loaded, { compiled: recordOf(m, saved)?.compiled });
  return loaded;
}

/** A file of the workspace says what the model is made of. */
function modelInFile(m: Machine, path: string, custom: Value | undefined): Value {
  const found = m.dataFile(path, "model");
  if (found === "pending") return unknown(`${path} is not read yet`);
  if (found === undefined)
    return unknown(`the workspace has no ${path} with a model's architecture: a .keras or .h5 file that save() wrote`);
  return modelFromArchitecture(m, found.text, custom);
}

function cloned(m: Machine, args: Args): Value {
  const { model, input_tensors, clone_function } = argumentsOf("keras.models.clone_model", args);
  if (model === undefined || !isLayer(m, model.value)) return unknown("the model that is cloned is not known");
  const inputs = input_tensors === undefined || input_tensors.value.kind === "none" ? undefined : input_tensors.value;
  const by = clone_function?.value;
  const cloner =
    by === undefined || by.kind === "none" ? undefined : (it: Instance) => callValue(m, by, positional(it));
  return cloneModel(m, model.value, { inputs, one: cloner, namesByTensor: true });
}

function modelFromText(m: Machine, args: Args): Value {
  const { json_string, custom_objects } = argumentsOf("keras.models.model_from_json", args);
  const model = modelIn(json_string?.value);
  if (model !== undefined) return cloneModel(m, model);
  const text = stringOf(json_string?.value);
  return text === undefined
    ? unknown("the text of the model is not known")
    : modelFromArchitecture(m, text, custom_objects?.value);
}

function serialized(m: Machine, { list: [first] }: Args): Value {
  return first !== undefined && isLayer(m, first.value)
    ? serialize(m, first.value)
    : unknown("what is serialized is not a layer");
}
function deserialized(m: Machine, { list: [config, custom] }: Args): Value {
  const made = config === undefined ? undefined : deserialize(m, config.value, custom?.value);
  return made ?? unknown("the configuration is not known");
}

export const SAVING: readonly (readonly [string, NativeValue])[] = [
  entry("keras.models.clone_model", cloned),
  entry("keras.saving.load_model", loadModel),
  ...["keras.saving.save_model", "keras.models.save_model"].map((name) =>
    entry(name, (m, args) => {
      const { model, filepath } = argumentsOf(name, args);
      checkFileName(m, "model", filepath);
      return model !== undefined && isLayer(m, model.value) ? noteSaved(m, model.value, filepath?.value) : NONE_VALUE;
    }),
  ),
  entry("keras.models.model_from_json", modelFromText),
  entry("keras.layers.serialize", serialized),
  entry("keras.layers.deserialize", deserialized),
  entry("keras.saving.serialize_keras_object", serialized),
  entry("keras.saving.deserialize_keras_object", deserialized),
  entry("keras.activations.serialize", (_, { list: [first] }) => first?.value ?? NONE_VALUE),
];
