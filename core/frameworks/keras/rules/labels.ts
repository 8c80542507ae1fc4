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
  if (keepsAnAxis(output.shape, label.shape, lossOf(record))) blameDense(m, self, output.shape, label.shape);
}

/** The loss that `compile` was given, by name: `mse`, `sparse_categorical_crossentropy`. */
export function lossOf(record: LayerRecord): string | undefined {
  const loss: Value | undefined = record.compiled?.args["loss"]?.value;
  const name =
    loss?.kind === "class" || loss?.kind === "native"
      ? loss.name
      : loss?.kind === "instance" && loss.class.members !== undefined
        ? loss.class.name
        : stringOf(loss);
  return name
    ?.slice(name.lastIndexOf(".") + 1)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** One label (or one row of them) per sample, and an output with a further axis between. */
function keepsAnAxis(output: Shape, label: Shape, loss: string | undefined): boolean {
  // A loss of the user's own may want anything.
  if (loss === undefined) return false;
  const sparse = loss.startsWith("sparse");
  // Keras squeezes an output's trailing axis of 1 against labels of one rank less: one number for each step.
  if (label.rank === output.rank - 1 && output.last === 1 && label.last !== 1) return false;
  const perSample = label.rank === 1 || (label.rank === 2 && (label.last === 1 || !sparse));
  return output.rank >= 3 && perSample;
}

/** The first Dense that was given the axis which the labels do not have. */
function blameDense(m: Machine, self: Instance, output: Shape, label: Shape): void {
  for (const layer of innerLayers(m, self)) {
    const record = recordOf(m, layer);
    const input = record?.inputs?.[0]?.shape;
    if (record?.declared !== "Dense" || input === undefined || !hasRank(input) || input.rank < 3) continue;
    const [given, yields] = [printShape(label), printShape(output)];
    const text = `The labels are ${given}, one for each sample, but the model ends with ${yields}`;
    denseEvidence(m, layer, input, { place: m.here, text });
    return;
  }
}
