import type { Mark } from "../../../interpreter/framework.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Fault } from "../../../interpreter/record.ts";
import type { Instance, Place } from "../../../interpreter/values.ts";
import { attributeCount } from "../../../python/lost.ts";
import type { Module } from "../../../python/syntax.ts";
import { parametersOf } from "../runtime/cost.ts";
import { callerOf } from "../runtime/inside.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { modelsIn } from "../runtime/reports.ts";
import { heldBy, tracks } from "../runtime/tracking.ts";
import { versionIn } from "../version.ts";

/** What the mark `used inside` holds: a layer that another one calls which does not track it. */
interface UsedInside {
  readonly layer: Instance;
  readonly owner: Instance;
}

/** Looks at a layer that was called: whether the layer whose `call` that was knows of it. */
export function usedInside(m: Machine, layer: Instance, record: LayerRecord): void {
  const owner = callerOf(m);
  const user = owner === undefined ? undefined : recordOf(m, owner);
  if (owner === undefined || user === undefined) return;
  const isTracked = tracks(m, owner, layer);
  if (!isTracked && runsTracked(m, owner, record)) return;
  if (record.within === undefined) {
    if (!isTracked && holdsWeights(m, layer) && record.trainable)
      m.mark("used inside", { layer, owner } satisfies UsedInside);
    return;
  }
  if (isTracked && record.within.id === owner.id && versionIn(m) === 3) m.report(keptInCall(user, record, m.here));
  else if (!isTracked && holdsState(m, layer, record)) m.report(madeInCall(user, record, m.here));
}

/** A wrapper that is made after no pattern has no weights but those of the layers in it, which the owner may have. */
const runsTracked = (m: Machine, owner: Instance, { declared = "", inner }: LayerRecord): boolean =>
  RUNS.has(declared) && inner.length > 0 && inner.every((it) => tracks(m, owner, it));
const RUNS = new Set(["RNN", "TimeDistributed"]);

const holdsWeights = (m: Machine, layer: Instance): boolean => parametersOf(m, layer).weights.length > 0;
/** Weights, or the seed of a generator of Keras 3's. */
const holdsState = (m: Machine, layer: Instance, { declared }: LayerRecord): boolean =>
  holdsWeights(m, layer) || (versionIn(m) === 3 && /Dropout|^Random|Noise$/.test(declared ?? ""));

function keptInCall(user: LayerRecord, { type, place }: LayerRecord, call: Place): Fault {
  return {
    code: "untracked-layer",
    severity: "error",
    place,
    message:
      `This ${type} is stored in ${user.type} while it is called, and a layer takes no new parts once it is built: ` +
      "make it in `__init__` or in `build`",
    related: [{ place: call, message: "it is called here" }],
    repairs: [],
  };
}

function madeInCall(user: LayerRecord, { type, place }: LayerRecord, call: Place): Fault {
  return {
    code: "untracked-layer",
    severity: "warning",
    place,
    message:
      `This ${type} is made anew whenever ${user.type} is called, so its weights are no part of the model: ` +
      "TensorFlow raises where `fit` traces the call, JAX trains nothing of it. Make it in `__init__`",
    related: [{ place: call, message: "it is called here" }],
    repairs: [],
  };
}

/** Attributes by which a program takes weights into its own hands. */
const BY_HAND = ["trainable_variables", "trainable_weights", "variables", "weights", "get_weights", "set_weights"];

/**
 * Layers that are called inside a layer of a model's, or inside a Lambda, and that no model knows of: their weights
 * stay as they were made.
 */
export function untrackedLayers(
  m: Machine,
  marks: readonly Mark[],
  moduleOf: (path: string) => Module | undefined,
): readonly Fault[] {
  const used = marks.filter(({ type }) => type === "used inside");
  if (used.length === 0) return [];
  const models = modelsIn(marks).flatMap((it) => recordOf(m, it) ?? []);
  if (models.some((it) => it.weightsUnknown !== undefined)) return [];
  const held = heldBy(m, models);
  const isHeld = (id: number): boolean => held.some(({ layers }) => layers.has(id));
  return used.flatMap(({ data, place }) => {
    const { layer, owner } = data as UsedInside;
    const [record, user] = [recordOf(m, layer), recordOf(m, owner)];
    if (record === undefined || user === undefined || isHeld(layer.id) || !isHeld(owner.id)) return [];
    const module = moduleOf(place.path);
    if (module === undefined || BY_HAND.some((it) => attributeCount(module, it) > 0)) return [];
    return [untracked(user, record, place)];
  });
}

function untracked(user: LayerRecord, { name, place, type }: LayerRecord, call: Place): Fault {
  const where = user.declared === "Lambda" ? "a function in a Lambda" : `the call of ${user.type}`;
  const instead =
    user.declared === "Lambda"
      ? "call it in the model itself, or in a layer that has it as an attribute"
      : "make it an attribute, in `__init__`";
  return {
    code: "untracked-layer",
    severity: "warning",
    place: call,
    message:
      `${name} is used in ${where}, which does not hold it, ` + `and no model trains or saves its weights: ${instead}`,
    related: [{ place, message: `this ${type} is made here` }],
    repairs: [],
  };
}
