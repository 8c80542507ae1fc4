import type { Machine } from "../../../interpreter/machine.ts";
import { lookupIn } from "../../../interpreter/names.ts";
import { type Instance, type Place, stringOf, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { hasRank, printShape } from "../../../tensor/shape.ts";
import { environment } from "../../python/system.ts";
import { ATTRIBUTES } from "../generated/attributes.ts";
import { GET_SHAPE, KERAS } from "../kerasTensor.ts";
import { recordOf } from "../runtime/records.ts";
import { EAGER } from "../runtime/tensors.ts";
import type { KerasVersion } from "../signatures.ts";
import { isExact, versionIn } from "../version.ts";
import { nearest } from "./near.ts";

/**
 * An attribute that a tensor, a layer or a model of Keras's own certainly has not, by what was generated from the
 * installed packages: who tells of it at its name. Of a class of the user's own nothing is said.
 */
export function missingAttribute(
  m: Machine,
  object: Value,
  name: string,
): ((place: Place) => Value | undefined) | undefined {
  const kind =
    object.kind === "tensor" ? kindOfTensor(object) : object.kind === "instance" ? kindOf(m, object) : undefined;
  if (kind === undefined || !lacksName(kind, name, versionIn(m)) || !isExact(m) || isOnTorch(m)) return undefined;
  return (place) => {
    // A function that nobody calls may never run.
    if (!m.isStrict) report(m, object, kind, name, place);
    const isOld = object.kind === "tensor" && kind === "KerasTensor" && name === "get_shape";
    return isOld ? { kind: "method", self: object, function: GET_SHAPE } : undefined;
  };
}

/** Whether a layer of Keras's own has no such attribute. */
export function lacksAttribute(m: Machine, self: Instance, name: string): boolean {
  const kind = kindOf(m, self);
  return kind !== undefined && lacksName(kind, name, versionIn(m)) && isExact(m) && !isOnTorch(m);
}

/** What TensorFlow makes of something unknown may be ragged, sparse or of an ExtensionType: it has names of its own. */
function kindOfTensor({ family, assumed, shape }: TensorValue): string | undefined {
  if (assumed === true || !hasRank(shape)) return undefined;
  return family === KERAS ? "KerasTensor" : family === EAGER ? "Tensor" : undefined;
}

/** A class's line in the table; undefined for one of the user's, and where attributes were set that are not known. */
function kindOf(m: Machine, self: Instance): string | undefined {
  const own = m.read(self.id);
  if (self.class.members === undefined || own?.kind !== "attributes" || own.open !== undefined) return undefined;
  const isModel = self.class.mro.some((it) => it.qualifiedName === "keras.Model");
  return isModel ? "Model" : recordOf(m, self)?.declared;
}

/** PyTorch's tensors, and layers on it, have many attributes more. */
function isOnTorch(m: Machine): boolean {
  const variables = m.read(environment(m).id);
  const backend = variables?.kind === "dictObject" ? variables.entries.get("s:KERAS_BACKEND")?.value : undefined;
  const isOther = backend !== undefined && !["tensorflow", "jax"].includes(stringOf(backend) ?? "");
  return isOther || lookupIn(m, m.scope, "torch") !== undefined;
}

const known = new Map<string, ReadonlySet<string> | undefined>();
/** The names that an object of a class has; undefined where it may have any. Made when somebody asks: few are asked. */
function namesOf(kind: string, version: KerasVersion): ReadonlySet<string> | undefined {
  const key = `${version} ${kind}`;
  if (!known.has(key)) {
    const line = ATTRIBUTES[version].split("\n").find((it) => it === kind || it.startsWith(`${kind} `));
    known.set(key, line === undefined ? undefined : new Set(line.split(" ").slice(1)));
  }
  return known.get(key);
}

/** Lines that are whole; the others go on from that of every layer. */
const WHOLE = new Set(["Model", "KerasTensor", "Tensor"]);
const allNames = (kind: string, version: KerasVersion): readonly string[] =>
  [kind, ...(WHOLE.has(kind) ? [] : ["Layer"])].flatMap((it) => [...(namesOf(it, version) ?? [])]);

function lacksName(kind: string, name: string, version: KerasVersion): boolean {
  const names = name.startsWith("_") ? undefined : namesOf(kind, version);
  if (names === undefined || names.has(name)) return false;
  return WHOLE.has(kind) || namesOf("Layer", version)?.has(name) === false;
}

/** What Keras 3 says for what went. */
const NOW: Readonly<Record<string, string>> = {
  input_shape: "input.shape",
  output_shape: "output.shape",
  get_shape: "shape",
};

function report(m: Machine, object: Value, kind: string, name: string, place: Place): void {
  const version = versionIn(m);
  const isGone = version === 3 && namesOf(kind, 2) !== undefined && !lacksName(kind, name, 2);
  const now = isGone ? NOW[name] : nearest(name, allNames(kind, version));
  const what =
    object.kind === "tensor"
      ? `${object.family === KERAS ? "a symbolic tensor" : "a tensor"} ${printShape(object.shape)}`
      : `a ${kind}`;
  const advice = now === undefined ? "" : isGone ? ` Use ${now}.` : ` Did you mean ${now}?`;
  m.report({
    code: isGone ? "removed-in-keras-3" : "unknown-attribute",
    severity: "error",
    place,
    message: `${what} has no attribute ${name}${isGone ? " in Keras 3" : ""}: that raises an AttributeError.${advice}`,
    related: [],
    repairs: now === undefined ? [] : [{ title: now, preferred: true, edits: [{ place, text: now }] }],
  });
}
