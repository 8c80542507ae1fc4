import { same } from "../../../interpreter/heap.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance } from "../../../interpreter/values.ts";
import { product } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import type { Weight } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { versionIn } from "../version.ts";
import { weightsOfMetrics } from "./metricWeights.ts";
import { type LayerRecord, recordOf } from "./records.ts";
import { attributesWithLayers, innerLayers, untracked } from "./tracking.ts";
import { variablesOf } from "./variable.ts";

/** Counts of parameters; undefined where one of them is not known. */
export interface Cost {
  readonly total: number | undefined;
  readonly trainable: number | undefined;
  readonly weights: readonly Weight[];
}

/** All weights of a layer and of the layers inside it, each layer once, as Keras's `count_params` counts. */
export function parametersOf(m: Machine, layer: Instance): Cost {
  const own = ownWeights(m, layer);
  if (own !== undefined) return { total: count(own), trainable: count(own.filter((it) => it.trainable)), weights: own };
  const weights: Weight[] = [];
  const known = gather(m, layer, true, weights, new Set());
  const total = known ? count(weights) : undefined;
  const trainable = known ? count(weights.filter((weight) => weight.trainable)) : undefined;
  return { total, trainable, weights };
}

/** The weights of a layer that is built, trains and holds nothing but them, as nearly every one does. */
function ownWeights(m: Machine, layer: Instance): readonly Weight[] | undefined {
  const entry = m.read(layer.id);
  if (entry?.kind !== "attributes" || entry.entries.size > 0) return undefined;
  const record = entry.record as LayerRecord | undefined;
  const isPlain = record?.declared !== undefined && record.model === undefined && record.inner.length === 0;
  return isPlain && record.built && record.trainable && record.weightsUnknown === undefined
    ? record.weights
    : undefined;
}

/** Adds the weights; false where they are not all known. A frozen layer freezes what is inside it. */
function gather(m: Machine, layer: Instance, trainable: boolean, into: Weight[], seen: Set<number>): boolean {
  if (seen.has(layer.id)) return true;
  seen.add(layer.id);
  const record = recordOf(m, layer);
  if (record === undefined) return false;
  const trains = trainable && record.trainable;
  const isKeras = record.declared !== undefined && layer.class.members !== undefined;
  const variables = isKeras ? [] : variablesOf(m, layer);
  const held = heldInside(m, record);
  const counted = held.filter((it) => seen.has(it.id)).flatMap((it) => weightsApart(m, it));
  const own = [...without(record.weights, counted), ...(variables ?? [])];
  const metrics = record.model === undefined ? [] : weightsOfMetrics(m, layer);
  for (const weight of metrics ?? []) into.push(weight);
  // A wrapper's weights are those of the layers inside it.
  for (const inner of held) seen.add(inner.id);
  let known =
    record.weightsUnknown === undefined && (record.built || record.unseen === undefined || isWeightless(layer, record));
  if (variables === undefined || metrics === undefined || untracked(m, layer) !== undefined) known = false;
  const add = (): void => {
    for (const weight of trainableFirst(own)) into.push(trains ? weight : { ...weight, trainable: false });
  };
  const start = into.length;
  const isOld = versionIn(m) === 2;
  const isOldModel = isOld && record.model !== undefined;
  if (!isOldModel) add();
  for (const group of isOldModel ? groupsOf(m, layer, record) : [innerLayers(m, layer)]) {
    const first = into.length;
    for (const inner of group) known = gather(m, inner, trains, into, seen) && known;
    if (isOldModel && group.length > 1) sortFrom(into, first);
  }
  if (isOldModel) add();
  else if (isOld) sortFrom(into, start);
  return known;
}

/** Those of a layer that are not those of one inside it. */
function weightsApart(m: Machine, layer: Instance): readonly Weight[] {
  const record = recordOf(m, layer);
  return record === undefined || record.inner.length > 0 ? [] : record.weights;
}

/** The layers, at any depth, whose weights a wrapper has for its own. */
function heldInside(m: Machine, { declared = "", inner }: LayerRecord): readonly Instance[] {
  if (inner.length === 0) return [];
  const held = new Map<number, Instance>();
  const visit = (layer: Instance): void => {
    if (held.has(layer.id)) return;
    held.set(layer.id, layer);
    for (const it of [...(recordOf(m, layer)?.inner ?? []), ...innerLayers(m, layer)]) visit(it);
  };
  for (const it of inner.slice(LAYERS.get(declared)?.copies === undefined ? 0 : 1)) visit(it);
  return [...held.values()];
}

/** A layer that stands in a wrapper and elsewhere has its weights once. */
function without(weights: readonly Weight[], counted: readonly Weight[]): readonly Weight[] {
  const left = [...weights];
  for (const { shape, trainable } of counted) {
    const place = left.findIndex((it) => it.trainable === trainable && same(it.shape, shape));
    if (place >= 0) left.splice(place, 1);
  }
  return left;
}

/**
 * A model of Keras 2 lists the weights of each of its parts in turn, and its own behind them. A container is a part
 * that lists those that train first, as every layer does.
 */
const groupsOf = (m: Machine, layer: Instance, { model }: LayerRecord): readonly (readonly Instance[])[] =>
  model?.kind === "subclass" ? attributesWithLayers(m, layer) : innerLayers(m, layer).map((it) => [it]);
const sortFrom = (into: Weight[], start: number): void => {
  for (const it of trainableFirst(into.splice(start))) into.push(it);
};

/** Keras keeps those that train and those that do not apart. */
const trainableFirst = (weights: readonly Weight[]): readonly Weight[] => [
  ...weights.filter((it) => it.trainable),
  ...weights.filter((it) => !it.trainable),
];

/** Whatever it was run on, Keras's own Dropout has no weights. */
const isWeightless = ({ class: { members } }: Instance, { declared = "", inner, model }: LayerRecord): boolean =>
  members !== undefined && inner.length === 0 && model === undefined && LAYERS.get(declared)?.weighted === false;

const count = (weights: readonly Weight[]): number | undefined => {
  let sum = 0;
  for (const { shape } of weights) {
    const size = product(shape);
    if (typeof size !== "number") return undefined;
    sum += size;
  }
  return sum;
};

const widths = new Map<DType, number>();
function bitsOf(dtype: DType): number {
  const bits = widths.get(dtype) ?? Number(/\d+$/.exec(dtype)?.[0] ?? 8);
  widths.set(dtype, bits);
  return bits;
}

/** Bytes of a weight as it is stored; undefined where a size is not known. */
export function bytesOf({ shape, dtype }: Weight): number | undefined {
  const size = product(shape);
  return typeof size === "number" ? (size * bitsOf(dtype)) / 8 : undefined;
}
/** Bytes of all of them. */
export function weightBytes(weights: readonly Weight[]): number | undefined {
  const sizes = weights.map(bytesOf);
  return sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
