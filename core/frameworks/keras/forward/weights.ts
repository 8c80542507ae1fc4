import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, TensorValue } from "../../../interpreter/values.ts";
import { refuse, type Tensor } from "../../../lowering/builder.ts";
import { elementType } from "../../../lowering/graph.ts";
import type { Initializer, LoweredWeight } from "../../../lowering/lowering.ts";
import type { Weight, WeightTensors } from "../define.ts";
import { initializerOf, weightInitializer } from "../runtime/initializers.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { innerLayers } from "../runtime/tracking.ts";

/** The weights that a lowering meets. A layer that is called twice, or stands in two models, has one set. */
export class LoweredWeights {
  private readonly m: Machine;
  private readonly root: Instance;
  private readonly known = new Map<string, LoweredWeight>();
  private readonly names = new Set<string>();
  /** Of layers that nothing called before the run: an activation that is a layer. */
  private readonly unbuilt = new Map<number, readonly Weight[]>();

  constructor(m: Machine, root: Instance) {
    this.m = m;
    this.root = root;
  }

  get all(): readonly LoweredWeight[] {
    return [...this.known.values()];
  }

  /** A layer's own, by Keras's names for the variables; `first` are those that its first call makes. */
  of(layer: Instance, first: readonly Weight[] = []): WeightTensors {
    const record = recordOf(this.m, layer);
    if (record === undefined) return {};
    if (record.weightsUnknown !== undefined) refuse(`its weights are not known: ${record.weightsUnknown}`);
    if (!record.built && first.length > 0) this.unbuilt.set(layer.id, first);
    return Object.fromEntries(
      this.weightsOf(layer, record).map((it) => [
        it.name,
        this.one(layer, record, it, () => this.initial(record, it.name)),
      ]),
    );
  }

  /** What a layer has, with what it will have once it was called. */
  readonly weightsOf = (layer: Instance, record: LayerRecord): readonly Weight[] =>
    record.built ? record.weights : (this.unbuilt.get(layer.id) ?? record.weights);

  /** The weight that `add_weight` gave as this tensor. */
  added(tensor: TensorValue): Tensor | undefined {
    return this.search(this.root, tensor, new Set());
  }
  private search(layer: Instance, tensor: TensorValue, seen: Set<number>): Tensor | undefined {
    if (seen.has(layer.id)) return undefined;
    seen.add(layer.id);
    const record = recordOf(this.m, layer);
    const at = record?.added?.findIndex((it) => it.tensor === tensor.id) ?? -1;
    const [own, weight] = [record?.added?.[at], record?.weights[at]];
    if (record !== undefined && own !== undefined && weight !== undefined)
      return this.one(layer, record, weight, () => initializerOf(this.m, own.initializer) ?? ADDED);
    for (const inner of [...innerLayers(this.m, layer), ...(record?.inner ?? [])]) {
      const found = this.search(inner, tensor, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The name of the tensor that stands for a layer's weight; undefined where nothing has asked for it. */
  readonly nameOf = (layer: Instance, record: LayerRecord, weight: Weight): string | undefined =>
    this.known.get(keyOf(layer, record, weight))?.name;

  private one(layer: Instance, record: LayerRecord, weight: Weight, initializer: () => Initializer): Tensor {
    const key = keyOf(layer, record, weight);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const shape = weight.shape.map((dim) =>
      typeof dim === "number" ? dim : refuse(`the size of its ${weight.name} is not known`),
    );
    const dtype = elementType(weight.dtype) ?? refuse(`its ${weight.name} is of ${weight.dtype}`);
    const owner = record.name;
    const name = this.unique(`${owner}/${weight.name}`);
    const made: LoweredWeight = { name, shape, dtype, owner, weight: weight.name, initializer: initializer() };
    this.known.set(key, made);
    return made;
  }
  private unique(name: string): string {
    let free = name;
    for (let i = 1; this.names.has(free); i++) free = `${name}#${i}`;
    this.names.add(free);
    return free;
  }

  /** Of a wrapper's weight the layer inside answers: `backward/kernel` is the second's `kernel`. */
  private initial(record: LayerRecord, name: string): Initializer {
    const [, prefix = "", rest = name] = /^(forward|backward|\d+)\/(.*)$/.exec(name) ?? [];
    const place = prefix === "backward" ? record.inner.length - 1 : Number(prefix) || 0;
    const inner = recordOf(this.m, record.inner[place]);
    return inner === undefined ? weightInitializer(this.m, record, { name }) : this.initial(inner, rest);
  }
}

const keyOf = (layer: Instance, { weights }: LayerRecord, weight: Weight): string =>
  `${layer.id}/${weight.name}/${weights.indexOf(weight)}`;

/** What `add_weight` fills with unless it is told. */
const ADDED: Initializer = { name: "glorot_uniform", args: {} };
