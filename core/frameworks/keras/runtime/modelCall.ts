import { callValue } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { usedAsTensor } from "../../../interpreter/reading.ts";
import {
  type Arg,
  type Args,
  type Instance,
  positional,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { identical } from "../../../tensor/dim.ts";
import { hasRank, identicalShapes, shape as shapeFrom } from "../../../tensor/shape.ts";
import { notRun } from "../../operation/rounds.ts";
import { adapt } from "../rules/data/adapt.ts";
import { graphCall } from "./graph.ts";
import { callLayer } from "./layerCall.ts";
import { inOrder } from "./named.ts";
import { flatTensors, reasonInside } from "./parts.ts";
import { type GraphNode, type LayerRecord, type ModelRecord, nodeOf } from "./records.ts";
import { buildSequential } from "./sequential.ts";
import { EAGER, isSymbolic, KERAS, newTensor, typeOf } from "./tensors.ts";
import { noteUnseen } from "./tracking.ts";
import { map } from "./userLayer.ts";

type Built = Exclude<ModelRecord, { readonly kind: "subclass" }>;

/** A Sequential or functional model called on tensors: its graph runs again on their shapes. */
export function callModel(m: Machine, self: Instance, record: LayerRecord, model: Built, args: Args): Value {
  const input = args.list[0]?.value;
  const given = input === undefined ? undefined : inOrder(m, model, "inputs", input);
  if (input === undefined || given === undefined || given.length === 0) {
    usedAsTensor(m, input);
    const reason = reasonInside(m, input);
    noteUnseen(m, self, reason ?? "it was called on something that is not known");
    return unknown(reason ?? `what ${record.name} is called on is not a tensor`);
  }
  if (model.kind === "sequential" && model.open !== undefined) return unknown(model.open);
  const ready = model.kind === "sequential" ? buildSequential(m, self, typeOf(given[0] as TensorValue)) : record;
  const expected = inputsOf(ready?.model);
  if (ready === undefined || expected === undefined) return unknown(`${record.name} could not be built`);
  const assumed = given.some((it) => it.assumed) || expected.some((it) => it.assumed);
  const fitting = adapt(m, self, record, expected, { tensors: given, place: m.here, arg: args.list[0], assumed });
  const outputs = again(m, ready, fitting.tensors, assumed || !fitting.fits);
  if (!given.some(isSymbolic)) return outputs;
  const flat = flatTensors(m, outputs) ?? [];
  // What the call says of training holds for all that runs in the model, and when it runs again.
  const training = trainingGiven(args);
  graphCall(m, self, given, flat, training && { list: [...positional(together(given)).list, training] });
  return outputs;
}

/** What a model's call says of training, which Keras 2 also takes behind the input. */
export function trainingGiven(args: Args): Arg | undefined {
  const [, second] = args.list;
  const isPlaced = second !== undefined && second.name === undefined;
  return namedTraining(args) ?? (isPlaced ? { ...second, name: "training" } : undefined);
}
export const namedTraining = ({ list }: Args): Arg | undefined => list.find(({ name }) => name === "training");

/** The model's input tensors, as it was built. */
export function inputsOf(model: ModelRecord | undefined): readonly TensorValue[] | undefined {
  if (model?.kind === "sequential") return model.input === undefined ? undefined : [model.input.tensor];
  return model?.kind === "functional" ? model.flatInputs : undefined;
}

/** Its output tensors, likewise. */
export function outputsOf(model: ModelRecord | undefined): readonly TensorValue[] | undefined {
  if (model?.kind === "sequential") return model.output === undefined ? undefined : [model.output];
  return model?.kind === "functional" ? model.flatOutputs : undefined;
}

/** What the model yields for inputs of these shapes: where they are those it was built for, its own outputs. */
function again(m: Machine, record: LayerRecord, given: readonly TensorValue[], assumed: boolean): Value {
  const { model } = record;
  const family = given.some(isSymbolic) ? KERAS : EAGER;
  const fresh = (tensor: TensorValue) => {
    const made = newTensor(m, typeOf(tensor), family, assumed || tensor.assumed);
    m.tracer?.({ kind: "same", from: tensor, to: made });
    return made;
  };
  const expected = inputsOf(model) ?? [];
  if (m.tracer === undefined && expected.every((it, i) => identicalShapes(it.shape, given[i]?.shape ?? it.shape))) {
    if (model?.kind === "functional") return map(m, model.outputs, fresh);
    return model?.kind === "sequential" && model.output !== undefined ? fresh(model.output) : unknown("not built");
  }
  m.quiet++;
  try {
    return model?.kind === "functional" ? rerun(m, model, given, fresh) : restack(m, model, given, fresh);
  } finally {
    m.quiet--;
  }
}

/** What following a layer once more costs, in steps of the evaluation: a model may be run in every round of a loop. */
const STEPS = 20;

function restack(
  m: Machine,
  model: ModelRecord | undefined,
  given: readonly TensorValue[],
  fresh: (tensor: TensorValue) => TensorValue,
): Value {
  if (model?.kind !== "sequential" || given[0] === undefined) return unknown("not built");
  let x: Value = { ...given[0], family: EAGER };
  m.steps += STEPS * model.layers.length;
  for (const layer of model.layers) x = callLayer(m, layer, positional(x));
  return x.kind === "tensor" ? fresh(x) : x;
}

function rerun(
  m: Machine,
  model: Extract<ModelRecord, { kind: "functional" }>,
  given: readonly TensorValue[],
  fresh: (tensor: TensorValue) => TensorValue,
): Value {
  const values = new Map<number, TensorValue>();
  m.steps += STEPS * model.nodes.length;
  for (const [i, input] of model.flatInputs.entries()) {
    const tensor = given[i];
    if (tensor !== undefined) values.set(input.id, { ...tensor, family: EAGER });
  }
  for (const id of model.nodes) {
    const node = nodeOf(m, id);
    if (node === undefined || node.inputs.length === 0) continue;
    const inputs = node.inputs.map((it) => values.get(it.id) ?? (isSymbolic(it) ? undefined : it));
    if (node.outputs.every((it) => values.has(it.id))) continue;
    const results = inputs.includes(undefined) ? undefined : runNode(m, node, inputs as readonly TensorValue[]);
    for (const [i, output] of node.outputs.entries()) {
      const result = results?.[i];
      if (result !== undefined) values.set(output.id, result);
    }
  }
  return map(m, model.outputs, (tensor) => {
    const value = values.get(tensor.id);
    return value === undefined ? unknown("the model's graph could not be followed for this input") : fresh(value);
  });
}

function runNode(m: Machine, node: GraphNode, inputs: readonly TensorValue[]): readonly TensorValue[] | undefined {
  const same = inputs.every((it, i) => identicalShapes(it.shape, node.inputs[i]?.shape ?? it.shape));
  if (same && m.tracer === undefined) return node.outputs.map((it) => newTensor(m, typeOf(it), EAGER, it.assumed));
  if (node.operation.kind === "operation")
    return m.tracer === undefined
      ? withBatch(m, node, inputs)
      : (rerunOperation(m, node, inputs) ?? unfollowed(m, node, inputs));
  const args = argumentsFor(m, node, inputs) ?? positional(together(inputs));
  return flatTensors(m, callLayer(m, node.operation.layer, args));
}
/** One tensor by itself, several as a tuple. */
const together = (tensors: readonly TensorValue[]): Value =>
  tensors.length === 1 ? (tensors[0] as TensorValue) : tuple(tensors);

/** What an operation would yield that nobody knows how to run again, for those that go on without it. */
function unfollowed(m: Machine, node: GraphNode, inputs: readonly TensorValue[]): readonly TensorValue[] {
  const { operation } = node;
  const outputs = withBatch(m, node, inputs) ?? node.outputs.map((it) => newTensor(m, typeOf(it), EAGER, true));
  const name = operation.kind === "operation" ? operation.type : operation.kind;
  for (const it of outputs) notRun(m, name, inputs, it);
  return outputs;
}

/** Runs the function itself again, as far as it is known. */
export function rerunOperation(
  m: Machine,
  node: GraphNode,
  inputs: readonly TensorValue[],
): readonly TensorValue[] | undefined {
  const { recipe, place, inputs: old } = node;
  const args = recipe && argumentsFor(m, { args: recipe.args, inputs: old }, inputs);
  if (args === undefined || recipe === undefined) return undefined;
  const { blame } = m;
  m.blame = place;
  try {
    return flatTensors(m, callValue(m, recipe.function, args));
  } finally {
    m.blame = blame;
  }
}

/** The arguments that it was called with, with these tensors in the places of those. */
export function argumentsFor(
  m: Machine,
  { args, inputs: old }: Pick<GraphNode, "args" | "inputs">,
  inputs: readonly TensorValue[],
): Args | undefined {
  const now = new Map(old.map((it, i) => [it.id, inputs[i] ?? it]));
  const change = (tensor: TensorValue) => now.get(tensor.id) ?? tensor;
  return args && { ...args, list: args.list.map((arg) => ({ ...arg, value: map(m, arg.value, change) })) };
}

/** An operation whose inputs differ in nothing but the batch yields what it did, with that batch. */
function withBatch(m: Machine, node: GraphNode, inputs: readonly TensorValue[]): readonly TensorValue[] | undefined {
  const batches = inputs.map((it, i) => {
    const old = node.inputs[i]?.shape;
    if (old === undefined || !hasRank(old) || !hasRank(it.shape) || old.rank !== it.shape.rank || old.rank === 0)
      return undefined;
    const rest = it.shape.dims.slice(1).every((dim, j) => identical(dim, old.dims[j + 1] ?? 0));
    return rest ? it.shape.batch : undefined;
  });
  const [batch] = batches;
  if (batch === undefined || !batches.every((it) => it !== undefined && identical(it, batch))) return undefined;
  const oldBatch = node.inputs[0]?.shape;
  if (oldBatch === undefined || !hasRank(oldBatch)) return undefined;
  return node.outputs.map((output) => {
    const { shape } = output;
    const keeps = hasRank(shape) && shape.rank > 0 && identical(shape.batch, oldBatch.batch);
    const made = keeps ? shapeFrom(batch, ...shape.dims.slice(1)) : shape;
    return newTensor(m, { shape: made, dtype: output.dtype }, EAGER, output.assumed);
  });
}
