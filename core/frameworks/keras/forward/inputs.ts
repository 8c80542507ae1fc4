import { listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Args, type Place, positional, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { elementType } from "../../../lowering/graph.ts";
import { type LoweredInput, type LoweringOptions, OPEN_AXIS } from "../../../lowering/lowering.ts";
import { NONE, whyNoNumber } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { producerOf } from "../runtime/graph.ts";
import { inputsOf } from "../runtime/modelCall.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { EAGER, newTensor } from "../runtime/tensors.ts";
import { map } from "../runtime/userLayer.ts";
import { whyUnknown } from "./reasons.ts";

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

/** What is not known of the inputs, and where the one is made that it is not known of. */
export interface NoInputs {
  readonly problem: string;
  readonly place?: Place | undefined;
  readonly lacksShape: boolean;
}

/** Says, instead, what is not known of the inputs. */
export function concreteInputs(m: Machine, record: LayerRecord, options: LoweringOptions): Concrete | NoInputs {
  const types = typesOf(record) ?? typesGiven(options);
  if (types.length === 0) return { problem: whyUnknown(record), lacksShape: record.weightsUnknown === undefined };
  const inputs: ConcreteInput[] = [];
  const { model } = record;
  const isCall = model?.kind === "subclass" || (model?.kind === "sequential" && model.input?.deferred === true);
  for (const [i, type] of types.entries()) {
    const name = nameOf(m, record, i, types.length);
    const made = concrete(m, name, isCall ? anyBatch(type) : type, {
      ...options,
      shape: options.shapes?.[name] ?? options.shapes?.[String(i)],
    });
    if ("problem" in made) return { ...made, place: inputLayer(m, record, i)?.place };
    inputs.push(made);
  }
  const tensors = inputs.map((it) => it.tensor);
  return { inputs, args: argumentsFor(m, record, tensors) };
}

/** Of data that is at hand, where the program says nothing of its inputs. */
function typesGiven({ shapes = {} }: LoweringOptions): readonly TensorType[] {
  const types: TensorType[] = [];
  for (let given = shapes["0"]; given !== undefined; given = shapes[String(types.length)])
    types.push({ shape: new Shape(given), dtype: "float32" });
  return types;
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
  return inputLayer(m, record, i)?.name ?? (count === 1 ? "input" : `input_${i + 1}`);
}
function inputLayer(m: Machine, { model }: LayerRecord, i: number): LayerRecord | undefined {
  const tensor = model?.kind === "functional" ? model.flatInputs[i] : undefined;
  const made = tensor === undefined ? undefined : producerOf(m, tensor)?.node.operation;
  return made?.kind === "layer" ? recordOf(m, made.layer) : undefined;
}

function concrete(
  m: Machine,
  name: string,
  { shape: stated, dtype = "float32" }: TensorType,
  { batch, length = OPEN_AXIS, shape: given }: LoweringOptions & { readonly shape: readonly number[] | undefined },
): ConcreteInput | NoInputs {
  const shape = hasRank(stated) || given === undefined ? stated : new Shape([NONE, ...given.slice(1)]);
  if (!hasRank(shape)) return { problem: `the shape of ${name} is not known: ${shape.reason}`, lacksShape: true };
  const element = elementType(dtype);
  if (element === undefined) return { problem: `${name} is of ${dtype}, which is not run yet`, lacksShape: false };
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
      return { problem: `the size of axis ${axis} of ${name} is not known: ${whyNoNumber(dim)}`, lacksShape: true };
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
