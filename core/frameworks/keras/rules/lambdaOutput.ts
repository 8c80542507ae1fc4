import type { Machine } from "../../../interpreter/machine.ts";
import { lookupIn } from "../../../interpreter/names.ts";
import { type Instance, type TensorValue, unknown, type Value } from "../../../interpreter/values.ts";
import { variablesIn } from "../../../python/search.ts";
import { hasRank, printShape, type Shape } from "../../../tensor/shape.ts";
import { LAYERS } from "../layers/index.ts";
import { producerOf } from "../runtime/graph.ts";
import { givenOf } from "../runtime/layerCall.ts";
import { rulesFor } from "../runtime/policy.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { KERAS, newTensor, typeOf } from "../runtime/tensors.ts";

/**
 * A Lambda whose function cannot run on a symbolic tensor: Keras says that it cannot infer the output's shape. The
 * layers that the function uses are no part of the model: their weights are not tracked, saved or trained.
 */
export function lambdaOutput(m: Machine, self: Instance, inputs: readonly TensorValue[]): Value {
  const record = recordOf(m, self);
  const [input] = inputs;
  if (record === undefined || input === undefined) return unknown("a Lambda without an input");
  const used = layersUsed(m, record.args["function"]?.value);
  const same = used.length === 1 ? onWhole(m, used[0], input) : undefined;
  const ragged = producerOf(m, input)?.node.ragged === true;
  const padded = ragged ? "Without `ragged` (padded, masked) " : "";
  const parts = [
    "Keras cannot infer what this Lambda yields: its function needs the size of an axis that is None",
    used.length > 0
      ? `${used.map(named).join(", ")} inside it is not tracked: its weights are no part of the model`
      : undefined,
    same === undefined
      ? undefined
      : `${padded}${named(same.record)} on the whole tensor does the same, ${printShape(same.shape)}`,
  ];
  m.report({
    code: "lambda-output",
    severity: "error",
    place: m.here,
    message: parts.filter((it) => it !== undefined).join(". "),
    related: used.map((it) => ({
      place: it.place,
      message: `${it.name} is made here, and used only inside the Lambda`,
    })),
    repairs: [],
  });
  return same === undefined
    ? unknown("this Lambda raises")
    : newTensor(m, { shape: same.shape, dtype: input.dtype }, KERAS, true);
}

const named = (record: LayerRecord): string => {
  const units = record.args["units"]?.value;
  return units?.kind === "int" && typeof units.size === "number" ? `${record.type}(${units.size})` : record.type;
};

/** The layers that a function's text names. */
function layersUsed(m: Machine, value: Value | undefined): readonly LayerRecord[] {
  if (value?.kind !== "function") return [];
  const node = m.code(value.code);
  const found = new Map<string, LayerRecord>();
  for (const name of node === undefined ? [] : variablesIn(node)) {
    const record = recordOf(m, lookupIn(m, value.scope, name));
    if (record !== undefined) found.set(record.name, record);
  }
  return [...found.values()];
}

/** A layer that treats every step alike needs no loop: what it gives for the whole tensor. */
function onWhole(
  m: Machine,
  record: LayerRecord | undefined,
  input: TensorValue,
): { readonly record: LayerRecord; readonly shape: Shape } | undefined {
  const declaration = LAYERS.get(record?.declared ?? "");
  if (record?.declared !== "Dense" || declaration === undefined) return undefined;
  const at = { ...rulesFor(m, record), inner: () => ({ violations: [], outputs: undefined, weights: [] }) };
  const { outputs } = declaration.infer(givenOf(m, record, declaration.args), [typeOf(input)], at);
  return outputs !== undefined && "shape" in outputs && hasRank(outputs.shape)
    ? { record, shape: outputs.shape }
    : undefined;
}
