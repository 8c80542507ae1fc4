import type { Machine } from "../../../interpreter/machine.ts";
import type { Arg, Instance, TensorValue } from "../../../interpreter/values.ts";
import { type AnyShape, hasRank } from "../../../tensor/shape.ts";
import { stepOf } from "../../operation/history.ts";
import { layersAsTensors } from "../rules/tensorToConstructor.ts";
import { versionIn } from "../version.ts";
import { type Produced, producerOf, traverse } from "./graph.ts";
import { makeInput } from "./inputLayer.ts";
import { flatTensors, reasonInside } from "./parts.ts";
import { type ModelRecord, updateRecord } from "./records.ts";
import { isSymbolic, typeOf } from "./tensors.ts";

/** An operation made it out of numbers alone, such as zeros or random ones. */
const isMadeOfNothing = (m: Machine, tensor: TensorValue): boolean =>
  !isSymbolic(tensor) && !tensor.assumed && isStatic(tensor.shape) && stepOf(m, tensor)?.inputs.length === 0;
const isStatic = (shape: AnyShape): boolean => hasRank(shape) && shape.dims.every((dim) => typeof dim === "number");

/**
 * For each input that is no `Input`, but what a layer gave, Keras makes an InputLayer (`clone_graph_nodes`). Keras 3
 * names it by how many tensors there were, which is not followed.
 */
function startsAt(m: Machine, inputs: readonly TensorValue[]): ReadonlyMap<number, Produced> {
  const starts = new Map<number, Produced>();
  for (const input of inputs) {
    if (starts.has(input.id) || (producerOf(m, input)?.node.inputs.length ?? 0) === 0) continue;
    const { tensor } = makeInput(m, typeOf(input), versionIn(m) === 3 ? { name: "?" } : {});
    const start = producerOf(m, tensor);
    if (start !== undefined) starts.set(input.id, start);
  }
  return starts;
}

/** `Model(inputs, outputs)`: follows the graph back from the outputs. */
export function makeFunctional(m: Machine, self: Instance, inputs: Arg, outputs: Arg): void {
  const flatInputs = flatTensors(m, inputs.value);
  const flatOutputs = flatTensors(m, outputs.value);
  if (flatInputs === undefined || flatOutputs === undefined || flatInputs.length === 0 || flatOutputs.length === 0) {
    const areLayers = layersAsTensors(m, inputs, "inputs") || layersAsTensors(m, outputs, "outputs");
    const reason = areLayers
      ? "its inputs or outputs are not tensors"
      : (reasonInside(m, inputs.value) ?? reasonInside(m, outputs.value));
    updateRecord(m, self, { weightsUnknown: reason ?? "its inputs or outputs are not known" });
    return;
  }
  if (![...flatInputs, ...flatOutputs].every(isSymbolic)) {
    const wrong = flatInputs.every(isSymbolic) ? outputs : inputs;
    // A backend tensor may come of something unknown that is symbolic: only what is data for certain is refused.
    if ([...flatInputs, ...flatOutputs].some((it) => it.family.isData || isMadeOfNothing(m, it)))
      m.report({
        code: "bad-argument",
        severity: "error",
        place: wrong.place ?? m.here,
        message: "A functional model is made of symbolic tensors: this one is data, not what a layer gave for an Input",
        related: [],
        repairs: [],
      });
    updateRecord(m, self, { weightsUnknown: "its inputs or outputs are not symbolic tensors" });
    return;
  }
  const starts = startsAt(m, flatInputs);
  const { nodes, operations, disconnected, undecided } = traverse(m, flatInputs, flatOutputs, starts);
  if (disconnected !== undefined && ![...flatInputs, ...flatOutputs].some((it) => it.assumed || it.id < 0)) {
    const isInput = producerOf(m, disconnected)?.node.inputs.length === 0;
    m.report({
      code: "disconnected-input",
      severity: "error",
      place: inputs.place ?? m.here,
      message: isInput
        ? "The outputs depend on an Input that is not among the model's inputs: add it to `inputs`"
        : "The outputs do not depend on these inputs alone: the graph cannot be followed back to them",
      related:
        disconnected.origin === undefined
          ? []
          : [{ place: disconnected.origin, message: "this tensor is not reached" }],
      repairs: [],
    });
  }
  const model: ModelRecord = {
    kind: "functional",
    inputs: inputs.value,
    outputs: outputs.value,
    flatInputs,
    flatOutputs,
    nodes,
    operations,
  };
  const doubt = undecided ? { weightsUnknown: "which layers it has hangs on a condition that is not known" } : {};
  updateRecord(m, self, { built: true, model, ...doubt });
}
