import type { Machine } from "../../../interpreter/machine.ts";
import { type Instance, numberOf, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { refuse, size, type Tensor } from "../../../lowering/builder.ts";
import { elementType } from "../../../lowering/graph.ts";
import type { Initializer, LoweredWeight } from "../../../lowering/lowering.ts";
import { operandOf } from "../../operation/operand.ts";
import { recall } from "../../operation/recipes.ts";
import { variableFacts } from "../../operation/variables.ts";
import type { Weight, WeightTensors } from "../define.ts";
import { initializerOf, weightInitializer } from "../runtime/initializers.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { innerLayers } from "../runtime/tracking.ts";
import { type HeldVariable, heldTensors, heldVariables } from "../runtime/variable.ts";

/** The weights that a lowering meets. A layer that is called twice, or stands in two models, has one set. */
export class LoweredWeights {
  private readonly m: Machine;
  private readonly root: Instance;
  private readonly known = new Map<string, LoweredWeight>();
  private readonly names = new Set<string>();
  /**
   * As the run's first call makes them: of layers that nothing called before, such as an activation that is a layer,
   * and of those that were built on a size that only the run knows.
   */
  private readonly first = new Map<number, readonly Weight[]>();
  /** By their tensors. */
  private readonly held = new Map<number, HeldVariable>();

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
    if (first.length > 0 && !this.first.has(layer.id)) this.first.set(layer.id, first);
    return Object.fromEntries(
      this.weightsOf(layer, record).map((it) => [
        it.name,
        this.one(layer, record, it, () => this.initial(record, it.name)),
      ]),
    );
  }

  /** What a layer has, with what it will have once it was called, and the variables that it holds as attributes. */
  readonly weightsOf = (layer: Instance, record: LayerRecord): readonly Weight[] => {
    const own = this.ownOf(layer, record);
    const held = record.declared === undefined ? this.variablesOf(layer) : [];
    if (held.length === 0) return own;
    // Keras counts both in the order in which they came to the layer, as its attributes did.
    const order = heldTensors(this.m, layer).map((it) => it.id);
    let at = -1;
    const placed = own.map((weight, i) => {
      at = Math.max(at, order.indexOf(record.added?.[i]?.tensor ?? Number.NaN));
      return { at, weight };
    });
    const variables = held.map(({ tensor, weight }) => ({ at: order.indexOf(tensor.id), weight }));
    return [...placed, ...variables].sort((a, b) => a.at - b.at).map((it) => it.weight);
  };
  private ownOf = (layer: Instance, record: LayerRecord): readonly Weight[] =>
    this.first.get(layer.id) ?? record.weights;
  private variablesOf(layer: Instance): readonly HeldVariable[] {
    return (heldVariables(this.m, layer) ?? []).map((it) => {
      const held = this.held.get(it.tensor.id) ?? it;
      this.held.set(it.tensor.id, held);
      return held;
    });
  }

  /** It was built on sizes that are all known, or nobody knows its weights. */
  readonly isSettled = ({ built, weights, weightsUnknown }: LayerRecord): boolean =>
    weightsUnknown !== undefined ||
    (built && weights.every(({ shape }) => shape.every((dim) => typeof dim === "number")));

  /** The weight that `add_weight` gave as this tensor, or the variable that is an attribute of a layer. */
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
    const facts = record?.declared === undefined ? variableFacts(this.m, tensor) : undefined;
    const held = facts && this.variablesOf(layer).find((it) => it.tensor.id === tensor.id);
    const first = held && beginning(this.m, facts?.initial);
    if (record !== undefined && held !== undefined && first !== undefined)
      // A table that was computed and that nothing trains stays what it is: it is made again as a constant.
      return first === "computed" && !held.weight.trainable
        ? undefined
        : this.one(layer, record, held.weight, () => (first === "computed" ? ADDED : first));
    for (const inner of [...innerLayers(this.m, layer), ...(record?.inner ?? [])]) {
      const found = this.search(inner, tensor, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The name of the tensor that stands for a layer's weight; undefined where nothing has asked for it. */
  readonly nameOf = (layer: Instance, record: LayerRecord, weight: Weight): string | undefined =>
    this.known.get(this.keyOf(layer, record, weight))?.name;

  private one(layer: Instance, record: LayerRecord, weight: Weight, initializer: () => Initializer): Tensor {
    const key = this.keyOf(layer, record, weight);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const shape = weight.shape.map((dim) => size(dim, `the size of its ${weight.name}`));
    const dtype = elementType(weight.dtype) ?? refuse(`its ${weight.name} is of ${weight.dtype}`);
    const owner = record.name;
    const name = this.unique(`${owner}/${weight.name}`);
    const made: LoweredWeight = { name, shape, dtype, owner, weight: weight.name, initializer: initializer() };
    this.known.set(key, made);
    return made;
  }
  private keyOf(layer: Instance, record: LayerRecord, weight: Weight): string {
    const held = [...this.held.values()].find((it) => it.weight === weight);
    const place = held?.tensor.id ?? `own ${this.ownOf(layer, record).indexOf(weight)}`;
    return `${layer.id}/${weight.name}/${place}`;
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

/** What a variable began with; numbers that nobody knows are drawn. */
function beginning(m: Machine, initial: Value | undefined): Initializer | "computed" {
  const number = initial && numberOf(initial);
  if (number !== undefined) return { name: "constant", args: { value: number } };
  const values = initial && operandOf(m, initial).values;
  if (values !== undefined) return { ...ADDED, values };
  if (initial?.kind !== "tensor") return initializerOf(m, initial) ?? ADDED;
  const made = recall(initial)?.recipe.function;
  const name = made?.kind === "native" ? made.name : "";
  const [, filled] = /\b(zeros|ones|eye|identity)(?:_like)?$/.exec(name) ?? [];
  if (filled !== undefined) return { name: filled === "eye" ? "identity" : filled, args: {} };
  return name === "" || /random/.test(name) ? ADDED : "computed";
}

/** What `add_weight` fills with unless it is told. */
const ADDED: Initializer = { name: "glorot_uniform", args: {} };
