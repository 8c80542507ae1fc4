import type { Machine } from "../../../../interpreter/machine.ts";
import { lookupIn } from "../../../../interpreter/names.ts";
import type { Fault } from "../../../../interpreter/record.ts";
import type { Instance, Place, TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, NONE, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { inputsOf } from "../../runtime/modelCall.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { KERAS } from "../../runtime/tensors.ts";
import { gigabytes, hugeLayers } from "../memory.ts";
import { andOfData, behindData } from "../refusals/dataInSight.ts";
import { type Source, sourceOf } from "./source.ts";
import { wouldTake } from "./takes.ts";

/**
 * Data of exactly the shape that was said for one sample: either the whole data set was described, or one sample was
 * given. The shape is to blame only if nothing has fitted it yet, and the layers would take it without its first axis.
 */
export function mayHoldBatch(m: Machine, record: LayerRecord, wanted: Shape): boolean {
  if (record.fed === true || wanted.rank < 3) return false;
  return wouldTake(m, record, new Shape([wanted.batch, ...wanted.dims.slice(2)]), "built anew") !== false;
}

/** The shape of a sample holds the batch as well. `evidence` is where that shows. */
export function batchInShape(
  m: Machine,
  record: LayerRecord,
  source: Source,
  wanted: Shape,
  evidence: { readonly place: Place; readonly message: string },
): Fault {
  const [sample, said] = [new Shape(wanted.dims.slice(2)), new Shape(wanted.dims.slice(1))];
  const huge = hugeLayers(m, record);
  const withOne = source.rewrite(new Shape([...sample.dims, 1]));
  return {
    code: "batch-in-input-shape",
    severity: "error",
    place: source.place,
    message:
      `The shape of one sample is ${printShape(sample)}: ${printShape(said)} holds the batch as well, so ` +
      `the model expects ${printShape(wanted)} and data of shape ${printShape(said)} does not fit`,
    related: [
      evidence,
      ...huge.map(({ place, bytes }) => ({ place, message: `its weights would take ${gigabytes(bytes)}` })),
    ],
    repairs: [
      ...source.rewrite(sample),
      ...andOfData(withOne, behindData(m, sample.insert(0, NONE), "[..., None]")),
      ...withOne,
    ].map((it, i) => ({ ...it, preferred: i === 0 })),
    explains: [...huge.map(({ place }) => ({ code: "memory", place })), ...refusals(m, record)],
  };
}

/** What its layers say of the axis too many is the same mistake. */
function refusals(m: Machine, { model }: LayerRecord): NonNullable<Fault["explains"]> {
  const layers = model?.kind === "sequential" ? model.layers : [];
  return layers.flatMap((it) => {
    const layer = recordOf(m, it);
    return layer === undefined ? [] : [{ code: "incompatible-input", place: layer.place }];
  });
}

/**
 * Models that die of their weights, where an array of the script has exactly the shape that was said for one sample.
 */
export function batchInHugeModels(m: Machine, models: readonly Instance[]): readonly Fault[] {
  return models.flatMap((self) => {
    const record = recordOf(m, self);
    const [input] = inputsOf(record?.model) ?? [];
    if (record === undefined || input === undefined || !hasRank(input.shape) || hugeLayers(m, record).length === 0)
      return [];
    const wanted = input.shape;
    const data = arraysOf(m).find(({ shape }) => hasRank(shape) && equalDims(wanted.dims.slice(1), shape.dims));
    const source = sourceOf(m, record, input);
    if (data?.origin === undefined || source === undefined) return [];
    return [
      batchInShape(m, record, source, wanted, { place: data.origin, message: "this is the data, batch and all" }),
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
