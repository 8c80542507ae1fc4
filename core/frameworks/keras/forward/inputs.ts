import { listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Args, positional, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { elementType } from "../../../lowering/graph.ts";
import { type LoweredInput, type LoweringOptions, OPEN_AXIS } from "../../../lowering/lowering.ts";
import { isUnknown, NONE, printDim } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { producerOf } from "../runtime/graph.ts";
import { inputsOf } from "../runtime/modelCall.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { EAGER, newTensor } from "../runtime/tensors.ts";
import { map } from "../runtime/userLayer.ts";

/** A model's input with a number for every axis, and the tensor that stands for it. */
export interface ConcreteInput {
  readonly tensor: TensorValue;
  readonly input: Omit<LoweredInput, "kind">;
}
export interface Concrete {
  readonly inputs: readonly ConcreteInput[];
  /** What the model is called with. */
  readonly args: Args;
}

/** Says, instead, what is not known of the inputs. */
export function concreteInputs(
  m: Machine,
  record: LayerRecord,
  options: LoweringOptions,
): Concrete | { readonly problem: string } {
  const types = typesOf(record);
  if (types === undefined || types.length === 0) return { problem: whyUnknown(record) };
  const inputs: ConcreteInput[] = [];
  const { model } = record;
  const isCall = model?.kind === "subclass" || (model?.kind === "sequential" && model.input?.deferred === true);
  for (const [i, type] of types.entries()) {
    const name = nameOf(m, record, i, types.length);
    const made = concrete(m, name, isCall ? anyBatch(type) : type, {
      ...options,
      shape: options.shapes?.[name] ?? options.shapes?.[String(i)],
    });
    if ("problem" in made) return made;
    inputs.push(made);
  }
  const tensors = inputs.map((it) => it.tensor);
  return { inputs, args: argumentsFor(m, record, tensors) };
}

/** Why it is not known what its inputs are. */
export function whyUnknown(record: LayerRecord): string {
  const how =
    record.model?.kind === "subclass" ? "no call of it is seen; Inlayer: Set Input Shape says it" : "it has no Input";
  return `the shape of ${record.name}'s input is not known: ${record.weightsUnknown ?? how}`;
}

/** How many samples a program happened to call a model with says nothing of others. */
const anyBatch = ({ shape, dtype }: TensorType): TensorType => ({
  shape: hasRank(shape) && shape.rank > 0 ? shape.withBatch(NONE) : shape,
  dtype,
});

/** Of its inputs, where they are known: as it was built, or last called. */
export const typesOf = (record: LayerRecord): readonly TensorType[] | undefined =>
  inputsOf(record.model) ?? (record.model?.kind === "subclass" ? record.inputs : undefined);

export function nameOf(m: Machine, record: LayerRecord, i: number, count: number): string {
  const { model } = record;
  if (model?.kind === "sequential" && model.input !== undefined) return model.input.name;
  const tensor = model?.kind === "functional" ? model.flatInputs[i] : undefined;
  const made = tensor === undefined ? undefined : producerOf(m, tensor)?.node.operation;
  const layer = made?.kind === "layer" ? recordOf(m, made.layer)?.name : undefined;
  return layer ?? (count === 1 ? "input" : `input_${i + 1}`);
}

function concrete(
  m: Machine,
  name: string,
  { shape, dtype = "float32" }: TensorType,
  { batch, length = OPEN_AXIS, shape: given }: LoweringOptions & { readonly shape: readonly number[] | undefined },
): ConcreteInput | { readonly problem: string } {
  if (!hasRank(shape)) return { problem: `the shape of ${name} is not known: ${shape.reason}` };
  const element = elementType(dtype);
  if (element === undefined) return { problem: `${name} is of ${dtype}, which is not run yet` };
  const assumed: { axis: number; size: number }[] = [];
  const sizes: number[] = [];
  for (const [axis, dim] of shape.dims.entries()) {
    if (axis === 0) sizes.push(typeof dim === "number" ? dim : batch);
    else if (typeof dim === "number") sizes.push(dim);
    else if (given?.[axis] !== undefined) sizes.push(given[axis]);
    else if (dim === NONE) {
      sizes.push(length);
      assumed.push({ axis, size: length });
    } else {
      const why = isUnknown(dim) ? dim.reason : `it is ${printDim(dim)}, which no number is given for`;
      return { problem: `the size of axis ${axis} of ${name} is not known: ${why}` };
    }
  }
  const tensor = newTensor(m, { shape: new Shape(sizes), dtype }, EAGER, false);
  return { tensor, input: { name: `input ${name}`, input: name, shape: sizes, dtype: element, assumed } };
}

/** The call's arguments as the model wants them: one tensor, or the structure that it was built with or called on. */
export function argumentsFor(m: Machine, record: LayerRecord, tensors: readonly TensorValue[]): Args {
  const [first] = tensors;
  const { model, given } = record;
  const next = tensors.values();
  const renew = (value: Value): Value => map(m, value, (old) => next.next().value ?? old);
  if (model?.kind === "functional") {
    const places = new Map(model.flatInputs.map((it, i) => [it.id, tensors[i] ?? it]));
    return positional(map(m, model.inputs, (it) => places.get(it.id) ?? it));
  }
  if (first !== undefined && tensors.length === 1 && !isList(m, given?.list[0]?.value)) return positional(first);
  if (given !== undefined) return { list: given.list.map(({ name, value }) => ({ name, value: renew(value) })) };
  return positional(...tensors);
}
const isList = (m: Machine, value: Value | undefined): boolean =>
  value?.kind === "tuple" || value?.kind === "dict" || (value?.kind === "list" && listOf(m, value).items.length > 0);
