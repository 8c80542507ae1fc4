import type { Machine } from "../../../interpreter/machine.ts";
import { type Instance, stringOf, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { hasRank, printShape, type Shape } from "../../../tensor/shape.ts";
import { innerLayers, type LayerRecord, recordOf } from "../runtime/records.ts";
import { denseEvidence } from "./denseOnSequence.ts";

/** What the labels say of the model's output, beside the loss. */
export function checkLabels(
  m: Machine,
  self: Instance,
  record: LayerRecord,
  outputs: readonly TensorValue[],
  labels: readonly TensorValue[],
  data: readonly TensorValue[],
): void {
  const [output, label, sample] = [outputs[0], labels[0], data[0]];
  if (
    outputs.length !== 1 ||
    labels.length !== 1 ||
    output === undefined ||
    label === undefined ||
    sample === undefined
  )
    return;
  if (!hasRank(output.shape) || !hasRank(label.shape) || output.assumed || label.assumed) return;
  if (keepsAnAxis(output.shape, label.shape, lossOf(record))) blameDense(m, self, record, output.shape, label.shape);
}

/** The loss that `compile` was given, by name: `mse`, `sparse_categorical_crossentropy`. */
export function lossOf(record: LayerRecord): string | undefined {
  const loss: Value | undefined = record.compiled?.args["loss"]?.value;
  const name =
    loss?.kind === "class" || loss?.kind === "native"
      ? loss.name
      : loss?.kind === "instance"
        ? loss.class.name
        : stringOf(loss);
  return name
    ?.slice(name.lastIndexOf(".") + 1)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** One label (or one row of them) per sample, and an output with a further axis between. */
function keepsAnAxis(output: Shape, label: Shape, loss: string | undefined): boolean {
  const sparse = loss?.startsWith("sparse") === true;
  // Keras squeezes an output's trailing axis of 1 against labels of one rank less: one number for each step.
  if (label.rank === output.rank - 1 && output.last === 1 && label.last !== 1) return false;
  const perSample = label.rank === 1 || (label.rank === 2 && (label.last === 1 || !sparse));
  return output.rank >= 3 && perSample;
}

function blameDense(m: Machine, self: Instance, record: LayerRecord, output: Shape, label: Shape): void {
  const dense = innerLayers(m, self)
    .map((layer) => recordOf(m, layer))
    .filter((it) => it?.declared === "Dense")
    .at(-1);
  const first = innerLayers(m, self)
    .map((layer) => recordOf(m, layer))
    .find(
      (it) =>
        it?.declared === "Dense" &&
        it.inputs?.[0] !== undefined &&
        hasRank(it.inputs[0].shape) &&
        it.inputs[0].shape.rank >= 3,
    );
  const input = first?.inputs?.[0]?.shape;
  if (dense === undefined || first === undefined || input === undefined || !hasRank(input)) return;
  const text = `The labels are ${printShape(label)}, one for each sample, but the model ends with ${printShape(output)}`;
  denseEvidence(m, first ?? record, input, { place: m.here, text });
}
