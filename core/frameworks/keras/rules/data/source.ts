import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg, Place, TensorValue } from "../../../../interpreter/values.ts";
import { isSize, NONE } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import { producerOf } from "../../runtime/graph.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";

/** Where the program says the shape of a model's input, and how it would say another one there. */
export interface Source {
  readonly place: Place;
  /** Repairs that make it say the shape of this sample, without the batch. */
  rewrite(sample: Shape): readonly Repair[];
}

/** The arguments that say a shape; those of the second kind hold the batch, the last is a number. */
const NAMES = ["input_shape", "shape", "batch_input_shape", "batch_shape", "input_dim"] as const;

export function sourceOf(m: Machine, record: LayerRecord, input: TensorValue): Source | undefined {
  const { model } = record;
  const sequential = model?.kind === "sequential" ? model : undefined;
  if (sequential?.input?.deferred) return undefined;
  const operation = producerOf(m, sequential?.input?.tensor ?? input)?.node.operation;
  const own = operation?.kind === "layer" ? recordOf(m, operation.layer) : undefined;
  const first = recordOf(m, sequential?.layers[0]);
  for (const candidate of [own, first]) {
    const found = candidate === undefined ? undefined : saidBy(candidate);
    if (found !== undefined) return found;
  }
  const place = sequential?.input?.place ?? input.origin;
  return place === undefined ? undefined : { place, rewrite: () => [] };
}

/** What a layer's own arguments say of its input: the first that is in the text. */
export function saidBy({ declared, args }: LayerRecord): Source | undefined {
  for (const name of NAMES) {
    const arg = args[name];
    const { place } = arg ?? {};
    if (arg === undefined || place === undefined || arg.value.kind === "none") continue;
    // An Embedding's is the number of words.
    if (name === "input_dim" && declared === "Embedding") continue;
    return { place, rewrite: (sample) => rewritten(arg, place, name, sample) };
  }
  return undefined;
}

function rewritten(arg: Arg, place: Place, name: (typeof NAMES)[number], sample: Shape): readonly Repair[] {
  if (!sample.dims.every((dim) => dim === NONE || isSize(dim))) return [];
  const text = written(arg, name, sample);
  return [{ title: `${text}: the shape of one sample`, preferred: true, edits: [{ place, text }] }];
}

function written(arg: Arg, name: (typeof NAMES)[number], sample: Shape): string {
  const isWhole = name.startsWith("batch");
  const shape = isWhole ? `(None, ${printShape(sample).slice(1)}` : printShape(sample);
  if (name === "input_dim") return sample.rank === 1 ? `input_dim=${String(sample.at(0))}` : `input_shape=${shape}`;
  return arg.name === undefined ? shape : `${name}=${shape}`;
}
