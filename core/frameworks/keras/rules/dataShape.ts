import type { Machine } from "../../../interpreter/machine.ts";
import { lookupIn } from "../../../interpreter/names.ts";
import type { Fault, Repair } from "../../../interpreter/record.ts";
import type { Instance, Place, TensorValue } from "../../../interpreter/values.ts";
import { type Dim, provablyDifferent, provablyEqual } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { Inference } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { shapeArgument } from "../runtime/input.ts";
import { givenOf } from "../runtime/layerCall.ts";
import { inputsOf } from "../runtime/modelCall.ts";
import { policyOf } from "../runtime/policy.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { recordOf, updateRecord } from "../runtime/records.ts";
import { isSymbolic, KERAS } from "../runtime/tensors.ts";
import { gigabytes, hugeLayers } from "./memory.ts";

/**
 * What a built model does with the data it is given: Keras adapts a trailing axis of 1, and refuses another rank (and,
 * for a functional model, other sizes). Source: `Functional._adjust_input_rank` and its input spec.
 */
export interface Adapted {
  readonly tensors: readonly TensorValue[];
  readonly fits: boolean;
}

export function adapt(
  m: Machine,
  self: Instance,
  record: LayerRecord,
  expected: readonly TensorValue[],
  given: readonly TensorValue[],
  place: Place,
  assumed: boolean,
): Adapted {
  const fitted = expected.map((input, i) => {
    const tensor = given[i];
    return tensor === undefined ? undefined : fit(record, input, tensor);
  });
  const at = fitted.indexOf("misfit");
  const [input, tensor] = [expected[at], given[at]];
  if (input !== undefined && tensor !== undefined) {
    if (!assumed) blame(m, record, input, tensor, place);
    return { tensors: expected, fits: false };
  }
  if (!given.some(isSymbolic)) updateRecord(m, self, { fed: true });
  return {
    tensors: fitted.map((it, i) => (it === undefined || it === "misfit" ? (expected[i] as TensorValue) : it)),
    fits: true,
  };
}

function fit(record: LayerRecord, input: TensorValue, tensor: TensorValue): TensorValue | "misfit" {
  const [wanted, found] = [input.shape, tensor.shape];
  if (!hasRank(wanted) || !hasRank(found)) return tensor;
  if (found.rank === wanted.rank) return checkSizes(record, wanted, found) ? tensor : "misfit";
  if (found.rank === wanted.rank + 1 && !provablyDifferent(found.last, 1)) {
    return { ...tensor, shape: new Shape(found.dims.slice(0, -1)) };
  }
  if (found.rank === wanted.rank - 1 && !provablyDifferent(wanted.last, 1)) {
    return { ...tensor, shape: new Shape([...found.dims, 1]) };
  }
  return "misfit";
}

/** A functional model checks every axis but the batch; a Sequential leaves that to its layers. */
const checkSizes = (record: LayerRecord, wanted: Shape, found: Shape): boolean =>
  record.model?.kind !== "functional" ||
  wanted.dims.slice(1).every((dim, i) => !provablyDifferent(dim, found.at(i + 1)));

/** Says whose fault it is: the shape that holds the batch, one sample without a batch, or the data. */
function blame(m: Machine, record: LayerRecord, input: TensorValue, tensor: TensorValue, place: Place): void {
  const [wanted, found] = [input.shape, tensor.shape];
  if (!hasRank(wanted) || !hasRank(found)) return;
  const origin = sourceOf(m, record, input);
  const text = `${record.name} expects ${printShape(wanted)}, and this is ${printShape(found)}`;
  const isSample = equalDims(wanted.dims.slice(1), found.dims);
  if (isSample && origin !== undefined && mayHoldBatch(m, record, wanted)) {
    m.report(batchInShape(m, record, origin, wanted, { place, message: `Keras raises here: ${text}` }));
    return;
  }
  m.report({
    code: isSample ? "missing-batch-axis" : "data-shape",
    severity: "error",
    place,
    message: isSample ? `${text}: one sample needs a batch axis, x[None]` : text,
    related: [
      ...(origin === undefined
        ? []
        : [{ place: origin.place, message: `the model's input is ${printShape(wanted)} by this` }]),
      ...(tensor.origin === undefined
        ? []
        : [{ place: tensor.origin, message: `the data is ${printShape(found)} by this` }]),
    ],
    repairs: [],
  });
}

/**
 * Data of exactly the shape that was said for one sample: either the whole data set was described, or one sample was
 * given. The shape is to blame only if nothing has fitted it yet, and the layers would take it without its first axis.
 */
function mayHoldBatch(m: Machine, record: LayerRecord, wanted: Shape): boolean {
  if (record.fed === true || wanted.rank < 3) return false;
  let shape: AnyShape = new Shape([wanted.batch, ...wanted.dims.slice(2)]);
  for (const layer of modelLayers(record)) {
    const inner = recordOf(m, layer);
    const declaration = LAYERS.get(inner?.declared ?? "");
    if (inner === undefined || declaration === undefined) return true;
    const at = { ...policyOf(m, inner), inner: () => NOTHING };
    const { violations, outputs } = declaration.infer(
      givenOf(m, inner, declaration.args),
      [{ shape, dtype: "float32" }],
      at,
    );
    if (violations.length > 0) return false;
    if (outputs === undefined || !("shape" in outputs)) return true;
    ({ shape } = outputs);
  }
  return true;
}
const NOTHING: Inference = { violations: [], outputs: undefined, weights: [] };
/** The layers that the input goes through one after the other: all of a Sequential's, the first of another's. */
const modelLayers = ({ model }: LayerRecord): readonly Instance[] => {
  if (model?.kind === "sequential") return model.layers;
  if (model?.kind !== "functional") return [];
  return model.operations.flatMap((it) => (it.kind === "layer" ? [it.layer] : [])).slice(0, 1);
};

/** The shape of a sample holds the batch as well. `evidence` is where that shows. */
function batchInShape(
  m: Machine,
  record: LayerRecord,
  origin: Origin,
  wanted: Shape,
  evidence: { readonly place: Place; readonly message: string },
): Fault {
  const [sample, said] = [new Shape(wanted.dims.slice(2)), new Shape(wanted.dims.slice(1))];
  const huge = hugeLayers(m, record);
  return {
    code: "batch-in-input-shape",
    severity: "error",
    place: origin.place,
    message:
      `The shape of one sample is ${printShape(sample)}: ${printShape(said)} holds the batch as well, so ` +
      `the model expects ${printShape(wanted)} and data of shape ${printShape(said)} does not fit`,
    related: [
      evidence,
      ...huge.map(({ place, bytes }) => ({ place, message: `its weights would take ${gigabytes(bytes)}` })),
    ],
    repairs: origin.rewrite(sample),
    explains: huge.map(({ place }) => ({ code: "memory", place })),
  };
}

/**
 * Models that die of their weights, where an array of the script has exactly the shape that was said for one sample.
 */
export function batchInHugeModels(m: Machine, models: readonly Instance[]): readonly Fault[] {
  const arrays = arraysOf(m);
  return models.flatMap((self) => {
    const record = recordOf(m, self);
    const [input] = inputsOf(record?.model) ?? [];
    if (record === undefined || input === undefined || !hasRank(input.shape) || hugeLayers(m, record).length === 0)
      return [];
    const wanted = input.shape;
    const data = arrays.find(({ shape }) => hasRank(shape) && equalDims(wanted.dims.slice(1), shape.dims));
    const origin = sourceOf(m, record, input);
    if (data?.origin === undefined || origin === undefined) return [];
    return [
      batchInShape(m, record, origin, wanted, { place: data.origin, message: "this is the data, batch and all" }),
    ];
  });
}

/** The arrays that the file's own variables hold in the end. */
function arraysOf(m: Machine): readonly TensorValue[] {
  return [...m.scope.cells.keys()].flatMap((name) => {
    const value = lookupIn(m, m.scope, name);
    return value?.kind === "tensor" && value.origin !== undefined && value.family !== KERAS ? [value] : [];
  });
}

const equalDims = (a: readonly Dim[], b: readonly Dim[]): boolean =>
  a.length === b.length && a.every((dim, i) => provablyEqual(dim, b[i] as Dim));

interface Origin {
  readonly place: Place;
  rewrite(shape: Shape): readonly Repair[];
}

/** Where the program says the input's shape, and how to say another one there. */
function sourceOf(m: Machine, record: LayerRecord, input: TensorValue): Origin | undefined {
  const { model } = record;
  if (model?.kind !== "sequential" || model.input === undefined || model.input.deferred) {
    return input.origin === undefined ? undefined : { place: input.origin, rewrite: () => [] };
  }
  const first = recordOf(m, model.layers[0]);
  const arg = first?.args["input_shape"];
  const said = first === undefined ? undefined : shapeArgument(m, first);
  if (arg?.place === undefined || said === undefined || arg.node === undefined)
    return { place: model.input.place, rewrite: () => [] };
  const { place, node } = arg;
  const isLiteral = node.kind === "Tuple" || node.kind === "List";
  return {
    place,
    rewrite: (shape) => {
      if (!isLiteral) return [];
      const text = `${arg.name === undefined ? "" : `${arg.name}=`}${printShape(shape)}`;
      return [{ title: `${text}: the shape of one sample`, preferred: true, edits: [{ place, text }] }];
    },
  };
}
