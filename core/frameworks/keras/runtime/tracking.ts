import { memberOf } from "../../../interpreter/attributes.ts";
import { dictOf, listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { plainOf } from "../../../interpreter/methods/receiver.ts";
import { type Instance, numberOf, stringOf, type Value } from "../../../interpreter/values.ts";
import { versionIn } from "../version.ts";
import { partsOf } from "./parts.ts";
import { isLayer, type LayerRecord, type Operation, recordIn, recordOf, updateRecord } from "./records.ts";

/** The layers that an object holds as Keras tracks them. */
export function trackedLayers(m: Machine, layer: Instance): readonly Instance[] {
  if (versionIn(m) === 2)
    return [
      ...new Map(
        attributesWithLayers(m, layer)
          .flat()
          .map((it) => [it.id, it]),
      ).values(),
    ];
  const tracked = recordOf(m, layer)?.tracked;
  if (tracked === undefined || tracked.length === 0) return NO_LAYERS;
  return tracked.flatMap((id) => recordIn(m.read(id))?.self ?? []);
}
const NO_LAYERS: readonly Instance[] = [];

/**
 * Keras 2 looks at the attributes as they stand, in order, and at what lists and dictionaries in them hold. A name that
 * its class has too is none to it.
 */
export function attributesWithLayers(m: Machine, layer: Instance): readonly (readonly Instance[])[] {
  const entry = m.read(layer.id);
  if (entry?.kind !== "attributes" || entry.entries.size === 0) return [];
  const layersIn = (value: Value, depth: number): readonly Instance[] =>
    isLayer(m, value)
      ? value.id === layer.id
        ? NO_LAYERS
        : [value]
      : depth < DEEPEST
        ? sortedParts(m, plainOf(m, value)).flatMap((part) => layersIn(part, depth + 1))
        : NO_LAYERS;
  return [...entry.entries].flatMap(([name, value]) => {
    const found = layersIn(value, 0);
    return found.length === 0 || memberOf(m, layer.class, name) !== undefined ? [] : [found];
  });
}
/** As deep as layers are looked for in lists and dictionaries. */
const DEEPEST = 6;
/** Dictionaries by their keys, as Keras 2 goes through them. */
function sortedParts(m: Machine, value: Value): readonly Value[] {
  if (value.kind !== "dict") return partsOf(m, value);
  const entries = [...dictOf(m, value).entries.values()];
  const before = (a: Value, b: Value): boolean => {
    const [x, y] = [numberOf(a) ?? stringOf(a) ?? "", numberOf(b) ?? stringOf(b) ?? ""];
    return x < y;
  };
  return entries.sort((a, b) => (before(a.key, b.key) ? -1 : before(b.key, a.key) ? 1 : 0)).map((it) => it.value);
}

/** Whether that layer is one of them. */
export const tracks = (m: Machine, owner: Instance, layer: Instance): boolean =>
  versionIn(m) === 2
    ? attributesWithLayers(m, owner).some((all) => all.some((it) => it.id === layer.id))
    : recordOf(m, owner)?.tracked.includes(layer.id) === true;

/** Why the layers in an object are not all known: an attribute of which nothing is known may be one, or hold one. */
export function untracked(m: Machine, layer: Instance): string | undefined {
  const entry = m.read(layer.id);
  if (entry?.kind !== "attributes") return undefined;
  for (const value of entry.entries.values()) {
    const why = doubtOf(m, value, 0);
    if (why !== undefined) return why;
  }
  return undefined;
}
function doubtOf(m: Machine, value: Value, depth: number): string | undefined {
  if (value.kind === "unknown") return value.type === undefined ? value.reason : undefined;
  if (depth > 3) return undefined;
  const rest = value.kind === "list" ? listOf(m, value).rest : undefined;
  if (rest !== undefined && isLayer(m, rest.element)) return rest.reason;
  const parts = rest === undefined ? partsOf(m, value) : [...partsOf(m, value), rest.element];
  for (const part of parts) {
    const why = doubtOf(m, part, depth + 1);
    if (why !== undefined) return why;
  }
  return value.kind === "dict" ? dictOf(m, value).open : undefined;
}

/** The layers directly inside a layer or a model, in Keras's order. */
export function innerLayers(m: Machine, layer: Instance): readonly Instance[] {
  const model = recordOf(m, layer)?.model;
  if (model?.kind === "sequential") return model.layers;
  if (model?.kind === "functional") return [...layersIn(model.operations), ...besides(m, layer, model.operations)];
  return trackedLayers(m, layer);
}
const layersIn = (operations: readonly Operation[]): readonly Instance[] =>
  operations.flatMap((it) => (it.kind === "layer" ? [it.layer] : []));

/** The layers that are attributes of a functional model, beside those of its graph. */
export function besides(m: Machine, self: Instance, operations: readonly Operation[]): readonly Instance[] {
  const own = new Set(layersIn(operations).map((it) => it.id));
  return trackedLayers(m, self).filter((it) => !own.has(it.id));
}

/** `model.layers`: Keras 2 makes a layer of each operation of the graph, and lists them too. */
export function listedLayers(m: Machine, self: Instance): readonly Value[] {
  const model = recordOf(m, self)?.model;
  if (model?.kind !== "functional" || versionIn(m) === 3) return innerLayers(m, self);
  const listed = model.operations.map((it): Value => (it.kind === "layer" ? it.layer : OPERATION));
  return [...listed, ...besides(m, self, model.operations)];
}
const OPERATION: Value = { kind: "opaque", type: "TFOpLambda", data: {} };

export interface Held {
  readonly layers: ReadonlySet<number>;
  readonly nodes: ReadonlySet<number>;
}

/** All layers that models hold, at any depth, and the calls that their graphs are made of; of each model by itself. */
export const heldBy = (m: Machine, models: readonly LayerRecord[]): readonly Held[] =>
  models.map((it) => m.derived(it, () => heldByOne(m, it)));
function heldByOne(m: Machine, { self, model }: LayerRecord): Held {
  const layers = new Set<number>();
  const visit = (layer: Instance): void => {
    if (layers.has(layer.id)) return;
    layers.add(layer.id);
    const record = recordOf(m, layer);
    for (const it of [...innerLayers(m, layer), ...(record?.inner ?? [])]) visit(it);
  };
  visit(self);
  return { layers, nodes: new Set(model?.kind === "functional" ? model.nodes : []) };
}

/** The layer was run on something unknown: what is not built in it may be by now. */
export function noteUnseen(m: Machine, layer: Instance, reason: string): void {
  const record = recordOf(m, layer);
  if (record === undefined || record.built || record.unseen !== undefined) return;
  updateRecord(m, layer, { unseen: reason });
  for (const inner of innerLayers(m, layer)) noteUnseen(m, inner, reason);
}
