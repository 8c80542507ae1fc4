import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, Value } from "../../../interpreter/values.ts";
import type { SavedVariable, SavedWeights } from "../../../lowering/saved.ts";
import type { Weight } from "../define.ts";
import { partsOf } from "../runtime/parts.ts";
import { isLayer, type LayerRecord, recordOf } from "../runtime/records.ts";
import { innerLayers } from "../runtime/tracking.ts";
import { versionIn } from "../version.ts";
import { holdersOf, inFileOrder, joined, uniqueNames } from "./savedPaths.ts";

/** What a run made of layers' weights. */
export interface Lowered {
  /** The tensor that holds a weight, where the run reads it. */
  nameOf(layer: Instance, record: LayerRecord, weight: Weight): string | undefined;
  weightsOf(layer: Instance, record: LayerRecord): readonly Weight[];
}

/** Where a file of weights keeps a model's: by Keras 3's paths, and by the order of layers in older files. */
export function savedWeights(m: Machine, root: Instance, lowered: Lowered): SavedWeights {
  const walk = new Walk(m, lowered);
  walk.visit(root, "");
  return { variables: walk.variables, ...walk.inOrder(root) };
}

interface Own {
  readonly layer: Instance;
  readonly record: LayerRecord;
  readonly weight: Weight;
  /** Its place among the layer's. */
  readonly index: number;
}

/** `_save_state` and `_save_container_state` of saving_lib: keras.src.saving, and otherwise tf_keras.src.saving. */
class Walk {
  readonly variables: SavedVariable[] = [];
  private readonly m: Machine;
  private readonly lowered: Lowered;
  /** Keras 2 goes over all attributes backwards, and over lists once: what it has seen there has no number. */
  private readonly isOlder: boolean;
  private readonly seen = new Set<number>();
  /** The places in `variables` of what is a layer's own, by the layer's id and the weight's place in its record. */
  private readonly places = new Map<string, number>();

  constructor(m: Machine, lowered: Lowered) {
    this.m = m;
    this.lowered = lowered;
    this.isOlder = versionIn(m) === 2;
  }

  visit(layer: Instance, path: string): void {
    const record = recordOf(this.m, layer);
    if (record === undefined || this.seen.has(layer.id)) return;
    this.seen.add(layer.id);
    this.own(layer, record, path);
    for (const inner of record.inner) {
      if (this.isOpen(inner)) this.visit(inner, joined(path, "layer"));
      else this.seen.add(inner.id);
    }
    const { model } = record;
    const { activation } = record.args;
    if (activation !== undefined) this.held(activation.value, joined(path, "activation"), MOST_DEEP);
    if (!this.isOlder && model !== undefined && model.kind !== "subclass")
      this.members(this.layersOf(layer), joined(path, "layers"));
    for (const [name, value] of this.attributes(layer, record)) this.held(value, joined(path, name), 0);
  }
  /** A layer inside a wrapper that holds its weights itself: a model, or one of the user's. */
  private isOpen(inner: Instance): boolean {
    const record = recordOf(this.m, inner);
    return record !== undefined && (record.model !== undefined || record.declared === undefined);
  }

  private own(layer: Instance, record: LayerRecord, path: string): void {
    const holders = new Map<string, Own[]>();
    for (const own of this.weightsOf(layer, record)) {
      const places = record.declared === undefined ? [""] : holdersOf(this.m, record, own.weight.name);
      for (const it of places) holders.set(it, [...(holders.get(it) ?? []), own]);
    }
    for (const [holder, owned] of holders)
      for (const [i, own] of inFileOrder(owned).entries()) {
        const key = keyOf(own);
        if (!this.places.has(key)) this.places.set(key, this.variables.length);
        const { weight } = own;
        this.variables.push({
          path: joined(path, holder, "vars", String(i)),
          name: `${record.name}/${weight.name}`,
          tensor: this.lowered.nameOf(layer, record, weight),
          shape: weight.shape.map((dim) => (typeof dim === "number" ? dim : undefined)),
        });
      }
  }
  /** What a wrapper has of an open layer inside it is that layer's own. */
  private weightsOf(layer: Instance, record: LayerRecord): readonly Own[] {
    if (record.inner.some((it) => this.isOpen(it))) return [];
    return this.lowered.weightsOf(layer, record).map((weight, index) => ({ layer, record, weight, index }));
  }

  // ---- what an object holds
  // ------------------------------------------------------------------------------------------------

  /**
   * As `dir` sorts them, private ones last, or backwards. A model of the user's has its list of layers among them, and
   * in Keras 2 every model.
   */
  private attributes(layer: Instance, { model }: LayerRecord): readonly (readonly [string, Value])[] {
    const entry = this.m.read(layer.id);
    const own = entry?.kind === "attributes" ? [...entry.entries] : [];
    const layers: Value = { kind: "tuple", items: this.layersOf(layer) };
    const hasLayers = this.isOlder ? model !== undefined : model?.kind === "subclass";
    const all = (hasLayers ? [...own, ["layers", layers] as const] : own).filter(([name]) => !name.startsWith("__"));
    if (this.isOlder) return all.sort(([a], [b]) => (a < b ? 1 : -1));
    const key = (name: string): string => (name.startsWith("_") ? `~${name}` : name);
    return all.sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
  }
  /** `model.layers`: of a graph those that stand in it, whatever else the model holds. */
  private layersOf(layer: Instance): readonly Instance[] {
    const model = recordOf(this.m, layer)?.model;
    if (model?.kind !== "functional") return innerLayers(this.m, layer);
    return model.operations.flatMap((it) => (it.kind === "layer" ? [it.layer] : []));
  }
  private held(value: Value, path: string, depth: number): void {
    if (isLayer(this.m, value)) this.visit(value, path);
    else if (depth < MOST_DEEP && isContainer(value)) this.members(partsOf(this.m, value), path, depth);
  }
  private members(values: readonly Value[], path: string, depth = 0): void {
    const kept = values.filter((it) =>
      isLayer(this.m, it) ? !(this.isOlder && this.seen.has(it.id)) : !this.isOlder && isContainer(it),
    );
    const names = uniqueNames(kept.map((it) => recordOf(this.m, it)?.type ?? "container"));
    for (const [i, value] of kept.entries()) this.held(value, joined(path, names[i] ?? ""), depth + 1);
  }

  // ---- older files
  // ---------------------------------------------------------------------------------------------------------

  /** `save_weights_to_hdf5_group` of keras.src.legacy.saving.legacy_h5_format. */
  inOrder(root: Instance): Pick<SavedWeights, "layers" | "top"> {
    const record = recordOf(this.m, root);
    const trains = record?.trainable !== false;
    const layers = this.layersOf(root).map((it) => {
      const own = this.gathered(it, trains, new Set());
      return { name: recordOf(this.m, it)?.name ?? "?", variables: this.inLegacyOrder(own) };
    });
    const top = record === undefined ? [] : this.weightsOf(root, record).map((own) => ({ own, trains }));
    return { layers, top: this.inLegacyOrder(top) };
  }
  private inLegacyOrder(list: readonly { readonly own: Own; readonly trains: boolean }[]): readonly number[] {
    const trainable = list.filter(({ own, trains }) => trains && own.weight.trainable);
    const frozen = list.filter(({ own, trains }) => !(trains && own.weight.trainable));
    return [...trainable, ...frozen].flatMap(({ own }) => this.places.get(keyOf(own)) ?? []);
  }
  /** A layer's weights and those of the layers inside it, each layer once; a frozen one freezes what is inside. */
  private gathered(layer: Instance, trainable: boolean, seen: Set<number>): { own: Own; trains: boolean }[] {
    const record = recordOf(this.m, layer);
    if (record === undefined || seen.has(layer.id)) return [];
    seen.add(layer.id);
    const trains = trainable && record.trainable;
    const activation = record.args["activation"]?.value;
    const inside = [
      ...(activation?.kind === "instance" ? [activation] : []),
      ...record.inner.filter((it) => this.isOpen(it)),
      ...this.layersOf(layer),
    ];
    return [
      ...this.weightsOf(layer, record).map((own) => ({ own, trains })),
      ...inside.flatMap((it) => this.gathered(it, trains, seen)),
    ];
  }
}

const MOST_DEEP = 6;
const isContainer = ({ kind }: Value): boolean => kind === "list" || kind === "tuple" || kind === "dict";
const keyOf = ({ layer, index }: Own): string => `${layer.id}/${index}`;
