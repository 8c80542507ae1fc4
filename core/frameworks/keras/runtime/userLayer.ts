import { memberOf, storeAttribute } from "../../../interpreter/attributes.ts";
import { callMethod, callValue } from "../../../interpreter/calls.ts";
import { dictOf, listOf, makeDict, makeList } from "../../../interpreter/containers.ts";
import { Raised } from "../../../interpreter/exits.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { whileTraced } from "../../../interpreter/noneSize.ts";
import {
  type Args,
  bool,
  type Instance,
  int,
  NONE_VALUE,
  positional,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { isUnknown, NONE, unknown as unknownDim } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape } from "../../../tensor/shape.ts";
import { bare } from "../../operation/settled.ts";
import { shapePart } from "../../operation/shapePart.ts";
import { shapeTuple } from "../../tensorflow/tensorShape.ts";
import { lambdaOutput } from "../rules/lambdaOutput.ts";
import { versionIn } from "../version.ts";
import { namesOfGraph } from "./automaticNames.ts";
import { callParameters, parametersIn } from "./callParameters.ts";
import { parametersOf } from "./cost.ts";
import { graphCall } from "./graph.ts";
import { readShape } from "./input.ts";
import { inside } from "./inside.ts";
import { flatTensors } from "./parts.ts";
import { policyOf } from "./policy.ts";
import { recordOf, updateRecord } from "./records.ts";
import { EAGER, isSymbolic, KERAS, newTensor, typeOf } from "./tensors.ts";
import { innerLayers } from "./tracking.ts";
import { trains } from "./trains.ts";

/**
 * A layer whose `call` the user wrote. On symbolic tensors Keras traces it with backend tensors of the same shapes, so
 * `tf.*` works inside; what comes out is symbolic again.
 */
export function callUserLayer(m: Machine, self: Instance, args: Args): Value {
  const tensors = args.list.flatMap(({ value }) => flatTensors(m, value) ?? []);
  const symbolic = tensors.some(isSymbolic);
  const call = () => callOn(m, self, args, tensors, symbolic);
  return symbolic ? namesOfGraph(m, self.id, call) : call();
}
function callOn(m: Machine, self: Instance, args: Args, tensors: readonly TensorValue[], symbolic: boolean): Value {
  const isModel = recordOf(m, self)?.model !== undefined;
  updateRecord(m, self, { inputs: tensors.map(typeOf), ...(isModel && { given: bare(m, args) }) });
  inside(m, undefined, () => build(m, self, args));
  const { compute } = policyOf(m, recordOf(m, self) ?? { args: {} });
  const given: Args = { ...args, list: args.list.map((arg) => ({ ...arg, value: enter(m, arg.value, compute) })) };
  const isLambda = recordOf(m, self)?.declared === "Lambda";
  const run = () => inside(m, self, () => runCall(m, self, given));
  const isSaid = saysShape(m, self) || shapeOfLambda(m, self, args.list[0]?.value) !== undefined;
  const isLater = symbolic && !isModel && m.tracer === undefined && isSaid;
  const called = isLater ? whenDataCome(m, self, run) : symbolic ? trace(m, isLambda, run) : run();
  const traced = called === "raises" && isLambda && isLater ? unknown("it raises when the first data come") : called;
  if (traced === "raises") {
    return isLambda ? lambdaOutput(m, self, tensors) : unknown(`the call of this ${self.class.name} raises`);
  }
  if (!symbolic) return traced;
  const made = asDeclared(m, self, args, leave(m, traced));
  const outputs = tensorsAmong(m, made);
  if (outputs.length > 0) graphCall(m, self, tensors, outputs, args);
  return made;
}

/** A step of a cell of the program's own. Keras 3 asks it for sizes alone until the first data come. */
export function callCell(m: Machine, self: Instance, args: Args, isLater: boolean): Value {
  const [input, ...states] = args.list;
  const tensors = input === undefined ? [] : (flatTensors(m, input.value) ?? []);
  updateRecord(m, self, { inputs: tensors.map(typeOf) });
  inside(m, undefined, () => build(m, self, { list: args.list.slice(0, args.list.length - states.length) }));
  const run = () => inside(m, self, () => runCall(m, self, args));
  const made = isLater ? whenDataCome(m, self, run, true) : trace(m, false, run);
  return made === "raises" ? unknown(`the call of this ${self.class.name} raises`) : made;
}

/** What tensors a call gave, whatever else is beside them: a number, what is not known. */
function tensorsAmong(m: Machine, made: Value): readonly TensorValue[] {
  const found: TensorValue[] = [];
  map(m, made, (tensor) => {
    found.push(tensor);
    return tensor;
  });
  return found;
}

/**
 * A class that says `compute_output_shape` is believed: on symbolic tensors Keras 3 takes the shape from there, and
 * Keras 2 from the call. A class that derives from a layer of Keras's has that layer's.
 */
function asDeclared(m: Machine, self: Instance, args: Args, made: Value): Value {
  const said = shapeOfLambda(m, self, args.list[0]?.value) ?? saidShape(m, self, args, made);
  if (said?.kind === "unknown" && versionIn(m) === 3)
    return map(m, made, (it) => ({ ...it, shape: sizesOf(it.shape, said.reason) }));
  if (said?.kind !== "tuple" && said?.kind !== "list") return made;
  const outputs = flatTensors(m, made) ?? [];
  const dtype = policyOf(m, recordOf(m, self) ?? { args: {} }).compute;
  const isLambda = recordOf(m, self)?.declared === "Lambda" && versionIn(m) === 3;
  const output = (said: Value, i: number): Value => {
    const own = outputs[i];
    const told = readShape(m, said);
    const shape = versionIn(m) === 2 ? asTraced(told, own?.shape) : asSaid(told, own?.shape);
    if (shape === undefined) return own ?? unknown("compute_output_shape says no shape that is known");
    return own === undefined
      ? newTensor(m, { shape, dtype }, KERAS, false)
      : { ...own, shape, ...(isLambda && { dtype }) };
  };
  let i = 0;
  // Shapes may stand in lists and tuples at any depth, as the call's tensors do.
  const nested = (said: Value, depth: number): Value => {
    const parts = said.kind === "tuple" || said.kind === "list" ? iterate(m, said).items : [];
    if (depth === DEEPEST || !parts.some((it) => it.kind === "tuple" || it.kind === "list")) return output(said, i++);
    const inside = parts.map((it) => nested(it, depth + 1));
    return said.kind === "tuple" ? tuple(inside) : makeList(m, inside);
  };
  const whole = nested(said, 0);
  if (whole.kind === "tuple" || whole.kind === "list") return whole;
  return made.kind === "tensor" || made.kind === "unknown" ? whole : made;
}
/** As deep as shapes are looked for in each other. */
const DEEPEST = 6;
function saidShape(m: Machine, self: Instance, { list: [first] }: Args, made: Value): Value | undefined {
  const member = memberOf(m, self.class, "compute_output_shape");
  const isBase = member?.owner.members !== undefined && recordOf(m, self)?.declared === undefined;
  if (member === undefined || isBase || first === undefined) return undefined;
  if (versionIn(m) === 2 && (made.kind !== "tensor" || isWhole(made.shape))) return undefined;
  if (recordOf(m, self)?.model !== undefined || recordOf(m, self)?.declared === "Lambda") return undefined;
  return callMethod(m, self, "compute_output_shape", positional(shapesOf(m, first.value)));
}
/** A Lambda's `output_shape`: Keras 3 takes it for true, a function of the input's or what stands behind the batch. */
function shapeOfLambda(m: Machine, self: Instance, input: Value | undefined): Value | undefined {
  const record = recordOf(m, self);
  const said = record?.declared === "Lambda" ? record.args["output_shape"]?.value : undefined;
  if (said === undefined || said.kind === "none" || versionIn(m) === 2 || input === undefined) return undefined;
  if (said.kind === "function" || said.kind === "method") return callValue(m, said, positional(shapesOf(m, input)));
  const [first] = flatTensors(m, input) ?? [];
  const taken = first === undefined ? undefined : shapesOf(m, first);
  const batch = taken?.kind === "tuple" ? taken.items[0] : undefined;
  if (batch === undefined) return undefined;
  const behind = (it: Value): Value => (it.kind === "tuple" ? tuple([batch, ...it.items]) : it);
  if (said.kind === "tuple" && !said.items.some((it) => it.kind === "tuple")) return behind(said);
  if (said.kind !== "tuple" && said.kind !== "list") return undefined;
  const parts = iterate(m, said).items;
  if (parts.length === 0 || !parts.every((it) => it.kind === "tuple")) return undefined;
  return said.kind === "tuple" ? tuple(parts.map(behind)) : makeList(m, parts.map(behind));
}
/** In Keras 3 the class decides: what it leaves open the call may tell, but not that it is any size. */
function asSaid(said: AnyShape, own: AnyShape | undefined): AnyShape | undefined {
  if (isWhole(said)) return said;
  if (!hasRank(said)) return undefined;
  const axes = own !== undefined && hasRank(own) && own.rank === said.rank ? own : said;
  return new Shape(said.dims.map((dim, axis) => (isUnknown(dim) && axes.at(axis) !== NONE ? axes.at(axis) : dim)));
}
/** Of a class whose word is not known the call may tell the numbers, but not that an axis is of any size. */
const sizesOf = (own: AnyShape, reason: string): AnyShape =>
  hasRank(own) ? new Shape(own.dims.map((dim) => (dim === NONE ? unknownDim(reason) : dim))) : own;
/** In Keras 2 the call decides, which may leave open what the class says, or know what that leaves open. */
function asTraced(said: AnyShape, own: AnyShape | undefined): AnyShape {
  if (!hasRank(said) || (own !== undefined && hasRank(own))) return own ?? said;
  const open = unknownDim("Keras 2 takes it from the call, not from compute_output_shape");
  return new Shape(said.dims.map(() => open));
}
const isWhole = (shape: AnyShape): shape is Shape => hasRank(shape) && !shape.dims.some(isUnknown);

const hasOwn = (m: Machine, self: Instance, name: string): boolean => {
  const member = memberOf(m, self.class, name);
  return member !== undefined && member.owner.members === undefined;
};
/** Calling it runs what the program wrote. */
export const isOwnCode = (m: Machine, self: Instance): boolean =>
  hasOwn(m, self, "call") || recordOf(m, self)?.declared === "Lambda";

/** Of symbolic tensors Keras 3 asks a class that says `compute_output_shape` that alone: its call is no fault yet. */
const saysShape = (m: Machine, self: Instance): boolean =>
  versionIn(m) === 3 && recordOf(m, self)?.declared === undefined && hasOwn(m, self, "compute_output_shape");

/** Reads a call that Keras runs on data alone, or, to build what has no `build`, whatever comes of it. */
function whenDataCome(m: Machine, self: Instance, run: () => Value, isCell = false): Value | "raises" {
  const open = isCell || hasOwn(m, self, "build") ? unbuiltIn(m, self) : [];
  m.conditional++;
  try {
    return trace(m, false, run);
  } finally {
    m.conditional--;
    const unseen = "Keras builds it when the first data come: until then the class is asked for the shape alone";
    for (const layer of open) {
      // What ran and made no weights makes none when it runs again.
      const isBare = recordOf(m, layer)?.built === true && parametersOf(m, layer).total === 0;
      updateRecord(m, layer, isBare ? { built: false } : { built: false, weights: [], unseen });
    }
  }
}
function unbuiltIn(m: Machine, self: Instance): readonly Instance[] {
  const seen = new Map<number, Instance>();
  const visit = (layer: Instance): void => {
    if (seen.has(layer.id)) return;
    seen.set(layer.id, layer);
    for (const inner of innerLayers(m, layer)) visit(inner);
  };
  visit(self);
  return [...seen.values()].filter((it) => recordOf(m, it)?.built === false);
}

/** Runs a call as Keras traces it. What was said inside a Lambda that raises does not count: that has its own fault. */
function trace(m: Machine, isLambda: boolean, body: () => Value): Value | "raises" {
  let raises = false;
  const run = (): Value | "raises" => {
    try {
      return body();
    } catch (thrown) {
      if (!(thrown instanceof Raised)) throw thrown;
      raises = true;
      return "raises";
    }
  };
  return whileTraced(m, () =>
    m.apart(run, (outer, own) => (raises && isLambda ? outer.absorb(own) : outer.include(own))),
  );
}

function runCall(m: Machine, self: Instance, args: Args): Value {
  const record = recordOf(m, self);
  if (record?.declared === "Lambda") {
    const body = record.args["function"]?.value;
    const extra = record.args["arguments"]?.value;
    return body === undefined ? unknown("a Lambda without a function") : callValue(m, body, spread(m, args, extra));
  }
  const call = memberOf(m, self.class, "call")?.value;
  // What that does to the weights is not known either: an attribute that is not known may hold some.
  if (call?.kind === "unknown") storeAttribute(m, self, "%call", call);
  return callMethod(m, self, "call", withTraining(m, call, args)) ?? unknown(`${self.class.name} has no call()`);
}
/** In a run Keras says to each `call` that asks whether it trains, whatever its default is. */
function withTraining(m: Machine, call: Value | undefined, args: Args): Args {
  const at = m.tracer === undefined ? -1 : parametersIn(m, call).indexOf("training") - 1;
  if (at < 0) return args;
  const list = args.list.filter(({ name, value }) => name !== "training" || value.kind !== "none");
  const isGiven = list.some(({ name }, i) => name === "training" || (i === at && name === undefined));
  return isGiven ? args : { ...args, list: [...list, { name: "training", value: bool(trains(m)) }] };
}

/** A Lambda's `arguments=` are keywords of its function. */
function spread(m: Machine, args: Args, extra: Value | undefined): Args {
  if (extra?.kind !== "dict") return args;
  const entries = [...dictOf(m, extra).entries.values()];
  const keywords = entries.flatMap(({ key, value }) => (key.kind === "str" ? [{ name: key.value, value }] : []));
  return { ...args, list: [...args.list, ...keywords] };
}

/** Runs the user's `build` once, with the shape of the first argument. */
export function build(m: Machine, self: Instance, args: Args): void {
  const record = recordOf(m, self);
  if (record === undefined || record.built) return;
  const member = memberOf(m, self.class, "build");
  const isOwn = member !== undefined && member.owner.members === undefined;
  updateRecord(m, self, { built: true, building: isOwn });
  // Of a model the base's own `build` would run its `call`.
  if (isOwn || record.model === undefined) callMethod(m, self, "build", shapesFor(m, self, args));
  if (isOwn) updateRecord(m, self, { built: true, building: false });
  autocast(m, self);
}

/** Keras 2 gives `build` shapes of TensorFlow's own class. */
const builtFor = (m: Machine, value: Value): Value =>
  versionIn(m) === 2 ? map(m, value, (tensor) => shapeTuple(tensor.shape)) : shapesOf(m, value);

/** One shape for each tensor argument, by name where `build` has its name plus `_shape`; else the first one's. */
function shapesFor(m: Machine, self: Instance, args: Args): Args {
  const tensors = args.list.filter(({ value }) => (flatTensors(m, value)?.length ?? 0) > 0);
  const parameters = parametersIn(m, memberOf(m, self.class, "build")?.value).slice(1);
  const first = args.list[0]?.value;
  if (parameters.length < 2 || !parameters.every((it) => it.endsWith("_shape")))
    return positional(first === undefined ? NONE_VALUE : builtFor(m, first));
  const called = callParameters(m, self);
  // One tensor may stand in several places.
  const list = args.list.flatMap((arg, i) => {
    const { name, value } = arg;
    const argument = name ?? called[i];
    if (!tensors.includes(arg)) return [];
    const wanted = `${argument}_shape`;
    return parameters.includes(wanted) ? [{ name: wanted, value: shapesOf(m, value) }] : [];
  });
  return { list };
}

/** Under a mixed policy `call` sees the layer's own weights in the type that it computes in. */
export function autocast(m: Machine, self: Instance): void {
  const record = recordOf(m, self);
  const own = m.read(self.id);
  if (record?.added === undefined || own?.kind !== "attributes") return;
  const { compute, variable } = policyOf(m, record);
  if (compute === variable) return;
  for (const [name, value] of own.entries) {
    if (value.kind !== "tensor" || !value.dtype?.includes("float")) continue;
    if (record.added.some((it) => it.tensor === value.id)) storeAttribute(m, self, name, { ...value, dtype: compute });
  }
}

/** A shape as Python has it: a tuple of sizes and `None`. */
export function shapeValue(shape: AnyShape): Value {
  if (!hasRank(shape)) return shapePart(shape);
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
function enter(m: Machine, value: Value, compute: DType | undefined): Value {
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
