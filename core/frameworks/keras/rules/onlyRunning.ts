import type { Machine } from "../../../interpreter/machine.ts";
import type { Args, TensorValue } from "../../../interpreter/values.ts";
import { LAYERS } from "../layers/index.ts";
import { infer } from "../runtime/layerCall.ts";
import { type LayerRecord, nodeOf, recordOf } from "../runtime/records.ts";
import { typeOf } from "../runtime/tensors.ts";
import { reportViolations } from "../runtime/violations.ts";
import { isRecurrent } from "./passedOn.ts";

/**
 * Layers of several inputs that go through while a functional model is built, and that its first run refuses: a query
 * of another width than the keys, states of another width than the layer. Says whether there is none.
 */
export function checkOnlyRunning(m: Machine, { model }: LayerRecord): boolean {
  if (model?.kind !== "functional") return true;
  for (const id of model.nodes) {
    const node = nodeOf(m, id);
    if (node?.operation.kind !== "layer" || node.inputs.length < 2) continue;
    const { layer } = node.operation;
    const record = recordOf(m, layer);
    if (record?.built !== true || !LAYERS.has(record.declared ?? "") || hasMask(node.args, record)) continue;
    if (node.inputs.some((it) => it.assumed) || node.outputs.some((it) => it.assumed)) continue;
    const { violations } = infer(m, layer, record, node.inputs.map(typeOf), {}, true);
    if (violations.length === 0) continue;
    report(m, record, violations, node.inputs);
    return false;
  }
  return true;
}

function report(
  m: Machine,
  record: LayerRecord,
  violations: Parameters<typeof reportViolations>[2],
  inputs: readonly TensorValue[],
): void {
  const { blame } = m;
  m.blame = record.called ?? record.place;
  try {
    reportViolations(m, record, violations, inputs);
  } finally {
    m.blame = blame;
  }
}

/** Something beside what the layer works on, such as a mask, is among its inputs: which of them it is, is not known. */
function hasMask(args: Args | undefined, record: LayerRecord): boolean {
  const [list, most] = [args?.list ?? [], isRecurrent(record) ? 2 : record.declared === "MultiHeadAttention" ? 3 : 1];
  const loose = list.filter(({ name }) => name === undefined).length;
  const isOther = list.some(({ name }) => name !== undefined && !/^(?:sequences|initial_state|inputs)$/.test(name));
  return args === undefined || isOther || loose > most;
}
