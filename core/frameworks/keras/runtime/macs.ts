import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance } from "../../../interpreter/values.ts";
import type { Dim } from "../../../tensor/dim.ts";
import type { TensorType } from "../../../tensor/type.ts";
import type { InnerMacs, LayerHandle } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { givenOf, innerInstance } from "./layerCall.ts";
import { rulesFor } from "./policy.ts";
import { recordOf } from "./records.ts";

/**
 * Multiply–accumulates of one call of a layer, on one sample; undefined for what is made of other calls. Changes
 * nothing in the machine.
 */
export function macsOf(
  m: Machine,
  layer: Instance,
  inputs: readonly TensorType[],
  output: TensorType,
): Dim | undefined {
  const known = declared(m, layer);
  if (known === undefined) return undefined;
  const inner: InnerMacs = ({ handle }, types, given) => {
    const its = innerInstance(m, handle);
    const y = given ?? (its && outputOf(m, its, types));
    return its && y && macsOf(m, its, types, y);
  };
  return known.declaration.macs(known.given, inputs, output, inner);
}

function declared(m: Machine, layer: Instance) {
  const record = recordOf(m, layer);
  const declaration = LAYERS.get(record?.declared ?? "");
  if (record === undefined || record.model !== undefined || declaration === undefined) return undefined;
  return { record, declaration, given: givenOf(m, record, declaration.args) };
}

/** What a layer inside another one yields first. */
function outputOf(m: Machine, layer: Instance, types: readonly TensorType[]): TensorType | undefined {
  const outputs = inferredOutputs(m, layer, types);
  return outputs === undefined || "shape" in outputs ? outputs : outputs[0];
}
function inferredOutputs(m: Machine, layer: Instance, types: readonly TensorType[]) {
  const known = declared(m, layer);
  if (known === undefined) return undefined;
  const inner = ({ handle }: LayerHandle, of: readonly TensorType[]) => {
    const its = innerInstance(m, handle);
    return { violations: [], weights: [], outputs: its && inferredOutputs(m, its, of) };
  };
  const at = { ...rulesFor(m, known.record), eager: true, inner };
  return known.declaration.infer(known.given, types, at).outputs;
}
