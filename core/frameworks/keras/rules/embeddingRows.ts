import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Arg, TensorValue } from "../../../interpreter/values.ts";
import { rangeOf } from "../../operation/operand.ts";
import { inputsOf } from "../runtime/modelCall.ts";
import { type LayerRecord, nodeOf, recordOf } from "../runtime/records.ts";
import type { LayerCall } from "./layerCallRule.ts";
import { changeOf } from "./whereSaid.ts";

/**
 * `embedding-rows`: numbers beyond the rows of an Embedding. TensorFlow raises at the first of them on a CPU; JAX and
 * GPUs go on with vectors that are no numbers. So it is a warning.
 */
export function embeddingRows(m: Machine, { record, input }: LayerCall): void {
  const { args, declared } = record;
  const rows = args["input_dim"];
  const [low, high] = rangeOf(input.facts ?? {}) ?? [];
  if (declared !== "Embedding" || rows?.value.kind !== "int" || high === undefined || input.assumed) return;
  const { size } = rows.value;
  if (typeof size !== "number" || high < size) return;
  m.report({
    code: "embedding-rows",
    severity: "warning",
    place: rows.place ?? record.place,
    message:
      `The numbers go from ${low} to ${high}, and ${record.name} has the rows 0 to ${size - 1}: ` +
      "TensorFlow raises at a number beyond them, JAX goes on with vectors that are no numbers",
    related: input.origin === undefined ? [] : [{ place: input.origin, message: "the numbers come from here" }],
    repairs: moreRows(m, record, rows, size, high + 1),
  });
}
/** A vocabulary that was counted is one too few: 0 stands for the padding, and words are numbered from 1. */
function moreRows(m: Machine, record: LayerRecord, rows: Arg, size: number, wanted: number): readonly Repair[] {
  const { node, place } = rows;
  if (place === undefined) return [];
  const isCounted = node !== undefined && node.kind !== "Constant" && wanted === size + 1;
  const edit = isCounted
    ? { place, text: " + 1", form: "behind" }
    : changeOf(m, record, { ...rows, place }, "input_dim", String(wanted));
  return [{ title: isCounted ? "input_dim + 1" : `input_dim=${wanted}`, preferred: true, edits: [edit] }];
}

/** The Embeddings that a model's inputs go into as they are, with what `fit` or `predict` gives these. */
export function checkEmbeddings(m: Machine, { model }: LayerRecord, data: readonly TensorValue[]): void {
  if (model?.kind === "sequential") {
    const [self] = model.layers.filter((it) => recordOf(m, it)?.declared !== "InputLayer");
    const [record, [input]] = [self && recordOf(m, self), data];
    if (self !== undefined && record !== undefined && input !== undefined) embeddingRows(m, { self, record, input });
  }
  if (model?.kind !== "functional") return;
  const inputs = inputsOf(model) ?? [];
  for (const id of model.nodes) {
    const { operation, inputs: [taken] = [] } = nodeOf(m, id) ?? {};
    const input = data[inputs.findIndex((it) => it.id === taken?.id)];
    if (operation?.kind !== "layer" || input === undefined) continue;
    const record = recordOf(m, operation.layer);
    if (record !== undefined) embeddingRows(m, { self: operation.layer, record, input });
  }
}
