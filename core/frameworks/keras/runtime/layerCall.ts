import { memberOf } from "../../../interpreter/attributes.ts";
import { listOf, makeList } from "../../../interpreter/containers.ts";
import { Raised } from "../../../interpreter/exits.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { outputsOf } from "../../../interpreter/observe.ts";
import { needsNumber, usedAsSize, usedAsTensor, usedWithRank } from "../../../interpreter/reading.ts";
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
import { NONE, provablyDifferent, unknown as unknownDim } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import type { Given, Inference, LayerDeclaration, Nesting, StateType, Surroundings, Weight } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { afterLayerCall } from "../rules/index.ts";
import { listForOne } from "../rules/listForOne.ts";
import { missingInput } from "../rules/missingInput.ts";
import { onlyTensors } from "../rules/onlyTensors.ts";
import { layerAsTensor } from "../rules/tensorToConstructor.ts";
import { usedInside } from "../rules/untrackedLayer.ts";
import { checkValues } from "../rules/values.ts";
import { layerSignature } from "../signatures.ts";
import { readThere, refusedThere } from "../takenByKeras2.ts";
import { versionIn } from "../version.ts";
import { type CallArguments, readCall, tensorsGiven } from "./callArguments.ts";
import { parametersOf } from "./cost.ts";
import { presetOf, toGiven } from "./given.ts";
import { graphCall, type Made, producerOf } from "./graph.ts";
import { callModel, namedTraining, trainingGiven } from "./modelCall.ts";
import { takeNames } from "./namesInside.ts";
import { builtBefore } from "./ownBuild.ts";
import { flatTensors, reasonInside } from "./parts.ts";
import { rulesFor } from "./policy.ts";
import { imageDataFormat } from "./processState.ts";
import { type LayerRecord, recordIn, recordOf, renewed, updateRecord } from "./records.ts";
import { EAGER, isSymbolic, KERAS, newTensor, typeOf } from "./tensors.ts";
import { noteUnseen } from "./tracking.ts";
import { trains, whileTraining } from "./trains.ts";
import { callCell, callUserLayer } from "./userLayer.ts";
import { reportViolations } from "./violations.ts";

/** `layer(inputs)`, whatever the layer is: what Keras's `Layer.__call__` does. */
export function callLayer(m: Machine, self: Instance, args: Args): Value {
  const record = recordOf(m, self);
  if (record === undefined) return unknown("this layer's constructor was not followed");
  onlyTensors(m, self, record, args);
  const inputs = tensorsGiven(m, record, args);
  const value = dispatch(m, self, record, args);
  finish(m, self, value, inputs);
  return value;
}

function dispatch(m: Machine, self: Instance, record: LayerRecord, args: Args): Value {
  const { model } = record;
  const overridden = memberOf(m, self.class, "call");
  const isUsers = overridden !== undefined && overridden.owner.members === undefined;
  if (model !== undefined && model.kind !== "subclass" && !(isUsers && isRun(m, args)))
    return within(m, self, trainingGiven(args), () => callModel(m, self, record, model, args));
  if (isUsers || record.declared === "Lambda")
    return within(m, self, namedTraining(args), () => callUserLayer(m, self, args));
  return callDeclared(m, self, record, args);
}

/** On symbolic tensors Keras 3 asks a functional model's graph, also where its class has a call of its own. */
const isRun = (m: Machine, { list }: Args): boolean =>
  versionIn(m) === 2 || !list.some(({ value }) => flatTensors(m, value)?.some(isSymbolic));

/** Runs what is made of other calls; whoever traces the program is told where it begins and ends. */
function within(m: Machine, layer: Instance, given: Arg | undefined, body: () => Value): Value {
  if (m.tracer === undefined) return body();
  return whileTraining(m, given?.value, () => traced(m, layer, body));
}
function traced(m: Machine, layer: Instance, body: () => Value): Value {
  m.tracer?.({ kind: "enter", layer, training: trains(m) });
  const leave = (outputs: readonly TensorValue[], problem: string | undefined): void =>
    m.tracer?.({ kind: "leave", layer, outputs, problem });
  try {
    const value = body();
    const parts = value.kind === "tuple" ? value.items : [value];
    const outputs = parts.flatMap((part) => flatTensors(m, part) ?? []);
    leave(outputs, value.kind === "unknown" ? value.reason : undefined);
    return value;
  } catch (thrown) {
    if (thrown instanceof Raised) leave([], `the call of this ${layer.class.name} raises`);
    throw thrown;
  }
}

/** Says at the call and at the construction what came out, and lets the rules look at it. */
function finish(m: Machine, self: Instance, value: Value, inputs: readonly TensorValue[]): void {
  const outputs = outputsOf(m, value);
  const record = recordOf(m, self);
  if (outputs === undefined || record === undefined) return;
  const params = parametersOf(m, self).total;
  const note = { kind: "layer", type: record.type, params, about: self, inputs: inputs.map(typeOf) } as const;
  m.note = note;
  const called = m.blame ?? (m.site === undefined ? undefined : m.here);
  const gave = value.kind === "tensor" ? value.id : undefined;
  const now = renewed(m, self);
  if (now !== undefined) {
    now.outputs = outputs;
    now.called = called;
    now.took = inputs[0]?.id;
    now.gave = gave;
  }
  if (value.kind === "tensor" && value.family === EAGER) m.setSlot(value.id, { layer: self, inputs } satisfies Made);
  if (m.quiet > 0) return;
  m.observe(record.place, outputs, note, record.callers);
  usedInside(m, self, record);
}

/** What Keras says to a merging layer that is given one tensor instead of a list. */
const lonely = (record: LayerRecord): Inference => ({
  violations: [
    {
      constraint: "list-of-inputs",
      code: "incompatible-input",
      message: `${record.type} merges a list of tensors, ${record.type}()([a, b]); this is one`,
    },
  ],
  outputs: undefined,
  weights: [],
});

export function callDeclared(m: Machine, self: Instance, before: LayerRecord, args: Args): Value {
  const record = builtBefore(m, self, before, args);
  const call = readCall(m, record, args);
  learn(m, record, call);
  const listed = listForOne(m, record, args) ?? missingInput(m, record, call, args);
  if (listed !== undefined) {
    noteUnseen(m, self, listed);
    told(m, self, call, [], listed);
    return unknown(listed);
  }
  if (call.other !== undefined || call.tensors.length === 0) {
    const isLayer = layerAsTensor(m, record, call.other);
    const reason = isLayer ? "a layer is given where a tensor is wanted" : reasonInside(m, call.other);
    noteUnseen(m, self, reason ?? "it was called on something that is not known");
    told(m, self, call, [], reason ?? "what it is called on is not a tensor");
    return unknown(reason ?? `what ${record.type} is called on is not a tensor`);
  }
  const symbolic = call.tensors.some(isSymbolic);
  const alone = LAYERS.get(record.declared ?? "")?.merging === true && args.list[0]?.value.kind === "tensor";
  const inference = alone ? lonely(record) : infer(m, self, record, call.tensors.map(typeOf), call.given, !symbolic);
  const assumed = call.tensors.some((it) => it.assumed);
  const faulty = inference.violations.length > 0;
  if (faulty) reportViolations(m, record, inference.violations, call.tensors);
  else if (!record.built && !assumed)
    checkValues(m, { name: `keras.layers.${record.declared}` }, record.args, "called");
  if (!faulty) checkShared(m, record, inference, call.tensors, assumed);
  if (inference.outputs === undefined) {
    const reason = inference.weightsUnknown ?? `what ${record.type} yields is not known`;
    told(m, self, call, [], inference.violations[0]?.message ?? reason);
    return unknown(reason);
  }
  const isCounted = !symbolic && m.tracing === 0 && call.tensors.every((it) => !hasOpenAxis(it.shape));
  const isRagged = record.args["ragged"] !== undefined;
  const make = (type: TensorType) =>
    newTensor(m, isCounted && !isRagged ? counted(type) : type, symbolic ? KERAS : EAGER, assumed || faulty);
  const outputs = inference.outputs;
  const made = "shape" in outputs ? [make(outputs)] : outputs.map(make);
  if (symbolic) {
    const from = call.tensors[0] === undefined ? undefined : producerOf(m, call.tensors[0])?.node.operation;
    graphCall(m, self, call.tensors, made, args, { from: from?.kind === "layer" ? from.layer : undefined });
  }
  told(m, self, call, made, inference.violations[0]?.message);
  if (!faulty) afterLayerCall(m, self, call.tensors);
  if ("shape" in outputs) return made[0] ?? unknown("no output");
  return inference.nesting === undefined ? tuple(made) : nested(made, inference.nesting);
}
const hasOpenAxis = (shape: AnyShape): boolean => hasRank(shape) && shape.dims.includes(NONE);
/** Data have a size on every axis: what only the data tell, such as how many words a text has, is not known. */
const counted = ({ shape, dtype }: TensorType): TensorType =>
  hasRank(shape) && hasOpenAxis(shape)
    ? {
        shape: new Shape(shape.dims.map((it) => (it === NONE ? unknownDim("only the data tell its size") : it))),
        dtype,
      }
    : { shape, dtype };
/** What a function that is read by itself says of its parameters by calling a layer. */
function learn(m: Machine, { declared, args }: LayerRecord, { tensors, other }: CallArguments): void {
  const declaration = m.reading === undefined ? undefined : LAYERS.get(declared ?? "");
  if (declaration === undefined) return;
  for (const it of other === undefined ? [] : leavesOf(m, other)) usedAsTensor(m, it);
  if (declaration.rank !== undefined) for (const { shape } of tensors) usedWithRank(m, shape, declaration.rank);
  // What is merged has one rank, as good as always.
  const ranked = declaration.merging ? tensors.map((it) => it.shape).find(hasRank) : undefined;
  if (ranked !== undefined) for (const { shape } of tensors) usedWithRank(m, shape, ranked.rank);
  for (const [name, takes] of declaration.sizes) {
    for (const it of args[name] === undefined ? [] : leavesOf(m, args[name].value)) {
      usedAsSize(m, it);
      if ((takes === "form" || FORMS.has(name)) && it.kind === "int") needsNumber(m, it.size);
    }
  }
}
/** Numbers that decide how a layer works rather than how long an axis is. */
const FORMS: ReadonlySet<string> = new Set(["groups", "axis", "dilation_rate", "padding"]);
const leavesOf = (m: Machine, value: Value): readonly Value[] =>
  value.kind === "tuple" ? value.items : value.kind === "list" ? listOf(m, value).items : [value];

/** Tells who traces the program. */
function told(
  m: Machine,
  layer: Instance,
  call: CallArguments,
  outputs: readonly TensorValue[],
  problem: string | undefined,
): void {
  const { given, named, tensors: inputs } = call;
  m.tracer?.({ kind: "layer", layer, call: given, named, inputs, outputs, problem });
}
const nested = (made: readonly TensorValue[], nesting: Nesting): Value =>
  tuple(nesting.map((it) => (typeof it === "number" ? (made[it] ?? unknown("no output")) : nested(made, it))));

/** What the declaration says of a call; builds the layer the first time. */
export function infer(
  m: Machine,
  self: Instance,
  record: LayerRecord,
  inputs: readonly TensorType[],
  call: Readonly<Record<string, Given>>,
  eager: boolean,
): Inference {
  const declaration = LAYERS.get(record.declared ?? "");
  if (declaration === undefined) {
    const reason = `Inlayer does not know the shapes of ${record.declared ?? record.type} yet`;
    updateRecord(m, self, { built: true, weightsUnknown: reason });
    return { violations: [], outputs: undefined, weights: [], weightsUnknown: reason };
  }
  const given = Object.assign(givenOf(m, record, declaration.args), call);
  const inner: Instance[] = [];
  const at: Omit<Surroundings, "dtypes" | "shapes"> = {
    ...rulesFor(m, record),
    eager,
    inner: (handle, types, states) => {
      const before = m.state;
      const found = callInner(m, handle, types, inner, states && { states, eager }, eager || versionIn(m) === 3);
      if (patternOf(declaration, given) === handle.handle) m.state = before;
      return found;
    },
  };
  const inferred = declaration.infer(given, inputs, at);
  // What has its weights makes none for another shape: an axis of any size goes with them.
  const hasWeights = record.built && record.weightsUnknown === undefined;
  const found = inferred.violations.filter((it) => !hasWeights || it.code !== "undefined-last-axis");
  const inference = { ...inferred, violations: refusedThere(m, declaration.name, found, given) };
  const violated = inference.violations.length > 0;
  if (!record.built && violated && declaration.weighted)
    updateRecord(m, self, { weightsUnknown: `${record.name} cannot be built for its input` });
  // A class that derives from Keras's RNN and builds its cell by itself: the cell's weights are its own.
  const isOwnBuild = record.built && inner.length > 0 && record.inner.length === 0 && hasNoneOfItsOwn(record);
  if ((!record.built || isOwnBuild) && !violated) {
    const { weights, weightsUnknown } = inference;
    // Keras 2 counts by itself in the graph in which it traces a call on symbolic tensors.
    if (eager || versionIn(m) === 3) takeNames(m, record.declared, "built");
    const now = renewed(m, self);
    if (now === undefined) return inference;
    now.built = true;
    // What its class added in `__init__` stays.
    now.weights = record.weights.length === record.added?.length ? [...record.weights, ...weights] : weights;
    now.weightsUnknown = weightsUnknown;
    now.inputs = inputs;
    if (inner.length > 0) now.inner = inner;
  }
  return inference;
}

const hasNoneOfItsOwn = ({ weights, added }: LayerRecord): boolean => weights.length === (added?.length ?? 0);

/** The layer that another makes its own after: it is not built with them. */
function patternOf({ copies = "" }: LayerDeclaration, given: Readonly<Record<string, Given>>): number | undefined {
  const it = given[copies];
  return typeof it === "object" && it !== null && "handle" in it ? it.handle : undefined;
}

/** The declaration's arguments: as given, or Keras's own defaults. */
export function givenOf(m: Machine, record: LayerRecord, names: readonly string[]): Record<string, Given> {
  const given: Record<string, Given> = {
    ...presetOf(layerSignature(record.declared, versionIn(m))?.parameters, names),
  };
  for (const name of Object.keys(record.args)) {
    const arg = record.args[name];
    if (arg !== undefined && Object.hasOwn(given, name)) given[name] = toGiven(m, arg.value);
  }
  // `None` means the process's own format, as it is when the layer is made.
  if (given["data_format"] === null) given["data_format"] = toGiven(m, imageDataFormat(m));
  return readThere(m, record.declared ?? "", given);
}

/** Runs the layer inside a wrapper on tensors of its own, which belong to no graph. */
export function callInner(
  m: Machine,
  handle: { readonly handle: number },
  types: readonly TensorType[],
  inner: Instance[],
  step?: { readonly states: readonly StateType[]; readonly eager: boolean },
  // Keras 2 runs it in the graph that it makes of the wrapper's call.
  eager = true,
): Inference {
  const layer = innerInstance(m, handle.handle);
  if (layer === undefined)
    return { violations: [], outputs: undefined, weights: [], weightsUnknown: "the inner layer is not known" };
  if (!inner.some((it) => it.id === layer.id)) inner.push(layer);
  const tensors = types.map((type) => newTensor(m, type, EAGER, false));
  const input: Value = tensors.length === 1 ? (tensors[0] as TensorValue) : tuple(tensors);
  const record = recordOf(m, layer);
  const declaration = LAYERS.get(record?.declared ?? "");
  if (record !== undefined && declaration !== undefined && record.model === undefined) {
    const inference = infer(m, layer, record, types, {}, eager);
    const { outputs } = inference;
    if (outputs !== undefined && "shape" in outputs) {
      finish(m, layer, newTensor(m, outputs, EAGER, false), tensors);
    }
    return inference;
  }
  const { tracer } = m;
  // What runs inside is told of when the wrapper is lowered.
  m.tracer = tracer && (() => undefined);
  let value: Value;
  try {
    const states = step && record?.model === undefined ? tuple(step.states.map((it) => stateValue(m, it))) : undefined;
    value =
      states === undefined || step === undefined
        ? callLayer(m, layer, positional(input))
        : callCell(m, layer, positional(input, states), versionIn(m) === 3 && !step.eager);
  } finally {
    m.tracer = tracer;
  }
  const flat = flatTensors(m, value);
  const weights: readonly Weight[] = parametersOf(m, layer).weights;
  const outputs = value.kind === "tensor" ? typeOf(value) : flat?.map(typeOf);
  return { violations: [], outputs, weights };
}

const stateValue = (m: Machine, state: StateType): Value =>
  "shape" in state
    ? newTensor(m, state, EAGER, false)
    : makeList(
        m,
        state.map((it) => stateValue(m, it)),
      );

export const innerInstance = (m: Machine, id: number): Instance | undefined => recordIn(m.read(id))?.self;

/** A layer whose weights fit one input does not take another that would need other weights. */
function checkShared(
  m: Machine,
  record: LayerRecord,
  inference: Inference,
  tensors: readonly TensorValue[],
  assumed: boolean,
): void {
  if (!record.built || assumed || record.weightsUnknown !== undefined) return;
  const made = record.weights.filter(({ name }) => record.added?.some((it) => it.name === name) !== true);
  const old = made.find((weight, i) => {
    const other = inference.weights[i];
    return other !== undefined && weight.shape.some((dim, j) => provablyDifferent(dim, other.shape[j] ?? dim));
  });
  if (old === undefined) return;
  const code = "shared-layer-shape";
  const message =
    `${record.name} was built with a ${old.name} of ${printShape(new Shape(old.shape))}, which does not fit ` +
    `${tensors.map((it) => printShape(it.shape)).join(", ")}: a layer's weights are made once; use one for each`;
  if (!tensors.some(isSymbolic) || CHECKED.test(record.declared ?? ""))
    reportViolations(m, record, [{ constraint: "same-weights", code, message }], tensors);
  else m.report({ code, severity: "warning", place: m.here, message, related: [], repairs: [] });
}
/** Layers that look at their input's last axis; of symbolic tensors the others take any, and raise when data come. */
const CHECKED = /^(?:Dense|(?:Depthwise|Separable)?Conv[123]D(?:Transpose)?|BatchNormalization|GroupNormalization)$/;
