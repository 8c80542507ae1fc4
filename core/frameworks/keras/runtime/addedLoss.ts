import { NONE_VALUE } from "../../../interpreter/values.ts";
import { versionIn } from "../version.ts";
import { graphOperation, operationId, traverse } from "./graph.ts";
import { type Method, method } from "./layerObject.ts";
import { flatTensors } from "./parts.ts";
import { recordOf, updateRecord } from "./records.ts";
import { isSymbolic, KERAS, newTensor, typeOf } from "./tensors.ts";

/**
 * `model.add_loss(tensor)`, `model.add_metric(tensor)`: behind the layers of a functional model's graph, Keras 2 lists
 * what the tensor is made by, and a layer of its own for it. A loss that is a function has none.
 */
const listing =
  (type: "AddLoss" | "AddMetric"): Method =>
  (m, self, args) => {
    const model = recordOf(m, self)?.model;
    const [given] = args.list;
    if (versionIn(m) === 3 || model?.kind !== "functional" || given === undefined) return NONE_VALUE;
    const added = (flatTensors(m, given.value) ?? []).filter(isSymbolic).map((tensor) => {
      const own = newTensor(m, typeOf(tensor), KERAS, tensor.assumed);
      graphOperation(m, type, [tensor], [own]);
      return own;
    });
    if (added.length === 0) return NONE_VALUE;
    const { nodes, operations } = traverse(m, model.flatInputs, added);
    const known = new Set(model.operations.map(operationId));
    const more = operations.filter((it) => !known.has(operationId(it)));
    const beside = [...(model.beside ?? []), ...nodes.filter((it) => !model.nodes.includes(it))];
    updateRecord(m, self, { model: { ...model, operations: [...model.operations, ...more], beside } });
    return NONE_VALUE;
  };
export const addLoss = method("Model.add_loss", listing("AddLoss"));
export const addMetric = method("Model.add_metric", listing("AddMetric"));
