import { itemsOf, listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Arg, Args, Place, Value } from "../../../interpreter/values.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { isSymbolic } from "../runtime/tensors.ts";
import { versionIn } from "../version.ts";
import { besides } from "./related.ts";

/**
 * `Flatten(x)`: a tensor for the constructor of a layer, which is called only then, `Flatten()(x)`; and a layer where
 * a tensor is wanted, since nobody called it.
 */

/** Constructors that keep whatever they are given: Keras refuses the layer where it is used as a tensor. */
const KEEPING: ReadonlySet<string> = new Set(
  (
    "AdaptiveAveragePooling2D AdaptiveMaxPooling2D AdditiveAttention Attention Concatenate Discretization ELU " +
    "ContrastLimitedAdaptiveHistogramEqualization HashedCrossing LayerNormalization Masking MelSpectrogram MixUp " +
    "Normalization Pipeline RMSNormalization RandomColorJitter RandomFlip Rescaling Reshape Softmax UnitNormalization"
  ).split(" "),
);

/** Says whether Keras refuses a layer for the tensor, or the tensors, that its constructor is given. */
export function tensorToConstructor(m: Machine, name: string, { list: [first] }: Args): boolean {
  if (versionIn(m) !== 3 || first === undefined || first.name !== undefined || !isTensors(m, first.value)) return false;
  if (KEEPING.has(name)) return false;
  report(m, name, m.here, []);
  return true;
}

/** Says whether a layer is given to another as if it were what it yields; Keras 3 refuses it. */
export function layerAsTensor(m: Machine, taker: LayerRecord, value: Value | undefined): boolean {
  const parts = value?.kind === "list" ? listOf(m, value).items : [value];
  const record = parts.map((it) => (it === undefined ? undefined : recordOf(m, it))).find((it) => it !== undefined);
  if (versionIn(m) !== 3 || record === undefined) return false;
  const isGiven = Object.values(record.args).some((it) => isTensors(m, it.value));
  if (isGiven && !KEEPING.has(record.declared ?? "")) return true;
  const here = { place: m.here, message: `Keras raises here: ${taker.name} is given a layer` };
  if (isGiven) report(m, record.type, record.place, [here]);
  else
    m.report({
      code: "incompatible-input",
      severity: "error",
      place: m.here,
      message: `${taker.name} is given ${record.name}, a layer, and not what it yields: ${record.name}(x)`,
      related: besides(m.here, [{ place: record.place, message: `${record.name} is made here` }]),
      repairs: [],
    });
  return true;
}

/** Says whether a layer, a model or a function is given to `Model(inputs, outputs)` in the place of what it yields. */
export function layersAsTensors(m: Machine, { value, place }: Arg, name: string): boolean {
  const parts = itemsOf(m, value) ?? [value];
  const wrong = parts.find((it) => it.kind === "function" || recordOf(m, it) !== undefined);
  if (wrong === undefined) return false;
  const what = wrong.kind === "function" ? "a function" : `${recordOf(m, wrong)?.name ?? "it"}, a layer`;
  const message = `\`${name}\` are tensors, and this is ${what}, not what it yields`;
  m.report({ code: "bad-argument", severity: "error", place: place ?? m.here, message, related: [], repairs: [] });
  return true;
}

/** A class where a Sequential wants a layer: `Flatten` for `Flatten()`. */
export function classAsLayer(m: Machine, value: Value, place: Place | undefined): void {
  if (value.kind !== "class" || !value.mro.some(({ qualifiedName }) => qualifiedName === "keras.layers.Layer")) return;
  m.report({
    code: "bad-argument",
    severity: "error",
    place: place ?? m.here,
    message: `${value.name} is a class, and a Sequential takes layers: ${value.name}() makes one`,
    related: [],
    repairs:
      place === undefined ? [] : [{ title: "()", preferred: true, edits: [{ place, text: "()", form: "behind" }] }],
  });
}

function report(
  m: Machine,
  type: string,
  place: Place,
  related: readonly { readonly place: Place; readonly message: string }[],
): void {
  const call: Repair = {
    title: `${type}()(…)`,
    preferred: true,
    edits: [{ place, text: "()", form: "before arguments" }],
  };
  const message = `${type}(x) makes a layer of its arguments, and x is a tensor: ${type}()(x) calls the layer on it`;
  m.report({ code: "bad-argument", severity: "error", place, message, related, repairs: [call] });
}

function isTensors(m: Machine, value: Value): boolean {
  const items = value.kind === "list" ? listOf(m, value).items : [value];
  return items.length > 0 && items.every((it) => it.kind === "tensor" && isSymbolic(it));
}
