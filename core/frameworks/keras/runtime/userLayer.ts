import { memberOf } from "../../../interpreter/attributes.ts";
import { callMethod, callValue } from "../../../interpreter/calls.ts";
import { dictOf, listOf, makeDict, makeList } from "../../../interpreter/containers.ts";
import { Raised } from "../../../interpreter/exits.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  type Instance,
  int,
  NONE_VALUE,
  positional,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { NONE } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank } from "../../../tensor/shape.ts";
import { bare } from "../../operation.ts";
import { lambdaOutput } from "../rules/lambdaOutput.ts";
import { graphCall } from "./graph.ts";
import { globalPolicy } from "./policy.ts";
import { flatTensors, recordOf, updateRecord } from "./records.ts";
import { EAGER, isSymbolic, KERAS, newTensor, typeOf } from "./tensors.ts";

/**
 * A layer whose `call` the user wrote. On symbolic tensors Keras traces it with backend tensors of the same shapes, so
 * `tf.*` works inside; what comes out is symbolic again.
 */
export function callUserLayer(m: Machine, self: Instance, args: Args): Value {
  const tensors = args.list.flatMap(({ value }) => flatTensors(m, value) ?? []);
  const symbolic = tensors.some(isSymbolic);
  const isModel = recordOf(m, self)?.model !== undefined;
  updateRecord(m, self, { inputs: tensors.map(typeOf), ...(isModel && { given: bare(args) }) });
  build(m, self, args);
  const inside: Args = { ...args, list: args.list.map((arg) => ({ ...arg, value: enter(m, arg.value) })) };
  const isLambda = recordOf(m, self)?.declared === "Lambda";
  const traced = symbolic ? trace(m, isLambda, () => runCall(m, self, inside)) : runCall(m, self, inside);
  if (traced === "raises") {
    return isLambda ? lambdaOutput(m, self, tensors) : unknown(`the call of this ${self.class.name} raises`);
  }
  if (!symbolic) return traced;
  const made = leave(m, traced);
  const outputs = flatTensors(m, made) ?? [];
  if (outputs.length > 0) graphCall(m, self, tensors, outputs, args);
  return made;
}

/** Runs a call as Keras traces it. What a Lambda's function raises, Keras turns into a fault of the Lambda's own. */
function trace(m: Machine, isLambda: boolean, body: () => Value): Value | "raises" {
  m.tracing++;
  if (isLambda) m.guarded++;
  try {
    return body();
  } catch (thrown) {
    if (thrown instanceof Raised) return "raises";
    throw thrown;
  } finally {
    m.tracing--;
    if (isLambda) m.guarded--;
  }
}

function runCall(m: Machine, self: Instance, args: Args): Value {
  const record = recordOf(m, self);
  if (record?.declared === "Lambda") {
    const body = record.args["function"]?.value;
    const extra = record.args["arguments"]?.value;
    return body === undefined ? unknown("a Lambda without a function") : callValue(m, body, spread(m, args, extra));
  }
  return callMethod(m, self, "call", args) ?? unknown(`${self.class.name} has no call()`);
}

/** A Lambda's `arguments=` are keywords of its function. */
function spread(m: Machine, args: Args, extra: Value | undefined): Args {
  if (extra?.kind !== "dict") return args;
  const entries = [...dictOf(m, extra).entries.values()];
  const keywords = entries.flatMap(({ key, value }) => (key.kind === "str" ? [{ name: key.value, value }] : []));
  return { ...args, list: [...args.list, ...keywords] };
}

/** Runs the user's `build` once, with the shape of the first argument. */
function build(m: Machine, self: Instance, args: Args): void {
  const record = recordOf(m, self);
  if (record === undefined || record.built) return;
  updateRecord(m, self, { built: true });
  const member = memberOf(m, self.class, "build");
  if (member === undefined || member.owner.members !== undefined) return;
  const first = args.list[0]?.value;
  callMethod(m, self, "build", positional(first === undefined ? NONE_VALUE : shapesOf(m, first)));
}

/** A shape as Python has it: a tuple of sizes and `None`. */
export function shapeValue(shape: AnyShape): Value {
  if (!hasRank(shape)) return unknown(shape.reason);
  return tuple([...shape].map((dim) => (dim === NONE ? NONE_VALUE : int(dim))));
}
export function shapesOf(m: Machine, value: Value): Value {
  return map(m, value, (tensor) => shapeValue(tensor.shape));
}

type TensorValue = Extract<Value, { kind: "tensor" }>;

/** The same structure with each tensor replaced. */
export function map(m: Machine, value: Value, change: (tensor: TensorValue) => Value): Value {
  if (value.kind === "tensor") return change(value);
  if (value.kind === "tuple") return { ...value, items: value.items.map((item) => map(m, item, change)) };
  if (value.kind === "list") {
    const { items, rest } = listOf(m, value);
    if (!items.some((item) => flatTensors(m, item)?.length)) return value;
    return makeList(
      m,
      items.map((item) => map(m, item, change)),
      rest,
    );
  }
  if (value.kind !== "dict" || !flatTensors(m, value)?.length) return value;
  const { entries, open } = dictOf(m, value);
  return makeDict(m, new Map([...entries].map(([key, it]) => [key, { ...it, value: map(m, it.value, change) }])), open);
}

/** Arrays and symbolic tensors become backend tensors; floats are cast to the layer's compute dtype. */
function enter(m: Machine, value: Value): Value {
  const { compute } = globalPolicy(m);
  return map(m, value, (tensor) => {
    const dtype = tensor.dtype?.includes("float") ? compute : tensor.dtype;
    if (tensor.family === EAGER && dtype === tensor.dtype) return tensor;
    const made = { ...newTensor(m, { shape: tensor.shape, dtype }, EAGER, tensor.assumed), origin: tensor.origin };
    m.tracer?.({ kind: "same", from: tensor, to: made });
    return made;
  });
}
const leave = (m: Machine, value: Value): Value =>
  map(m, value, (tensor) => (isSymbolic(tensor) ? tensor : newTensor(m, typeOf(tensor), KERAS, tensor.assumed)));
