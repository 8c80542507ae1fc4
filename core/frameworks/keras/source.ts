import { makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  entry,
  int,
  NONE_VALUE,
  native,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { argument } from "../operation/control.ts";
import { scope } from "../tensorflow/others.ts";
import { obtainInputShape } from "./applications/inputShape.ts";
import { CONV_UTILS, dataFormat, perAxis } from "./convUtils.ts";
import { KERAS } from "./kerasTensor.ts";
import { producerOf } from "./runtime/graph.ts";
import { FUNCTIONAL } from "./runtime/modelClass.ts";

/**
 * Names that Keras's own sources use and its public API does not have, so that those sources can be read as a program:
 * the models of keras.src.applications, where Keras is installed.
 */

/** The modules that are read by their source where they are at hand: what they assemble is in no signature. */
export const readsSource = (module: string): boolean =>
  /^keras\.src\.(?:applications|utils\.argument_validation)(?:\.|$)/.test(module);

/** The Inputs that a tensor comes from; undefined where that is not known. */
export function sourcesOf(m: Machine, tensor: TensorValue): readonly TensorValue[] | undefined {
  const found = new Map<number, TensorValue>();
  const seen = new Set<number>();
  const waiting = [tensor];
  for (let it = waiting.shift(); it !== undefined; it = waiting.shift()) {
    if (seen.has(it.id)) continue;
    seen.add(it.id);
    const node = producerOf(m, it)?.node;
    // A number or an array in an operation comes from no input.
    if (node === undefined && it.family !== KERAS) continue;
    if (node === undefined) return undefined;
    if (node.inputs.length === 0) found.set(it.id, it);
    waiting.unshift(...node.inputs);
  }
  return [...found.values()];
}

function sourceInputs(m: Machine, args: Args): Value {
  const tensor = argument(args, "tensor", 0);
  const sources = tensor.kind === "tensor" ? sourcesOf(m, tensor) : undefined;
  return sources === undefined ? unknown("the inputs that it comes from are not known") : makeList(m, sources);
}

const keeping = native("keras_export", (_, { list: [only] }) => only?.value ?? NONE_VALUE);
/** `get_uid(prefix)` counts the names that were asked for: 1, 2, … */
function uid(m: Machine, args: Args): Value {
  const prefix = argument(args, "prefix", 0);
  if (prefix.kind !== "str") return unknown("the prefix is not known");
  const id = m.named(`uid ${prefix.value}`);
  const count = (m.slot<{ readonly count: number }>(id)?.count ?? 0) + 1;
  m.setSlot(id, { count });
  return int(count);
}
export const SOURCE: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...CONV_UTILS,
  ["keras.src.models.Functional", FUNCTIONAL],
  ["keras.src.models.functional.Functional", FUNCTIONAL],
  entry("keras.src.api_export.keras_export", () => keeping),
  entry("keras.src.utils.argument_validation.standardize_tuple", perAxis),
  entry("keras.src.applications.imagenet_utils.obtain_input_shape", obtainInputShape),
  entry("keras.src.ops.operation_utils.get_source_inputs", sourceInputs),
  entry("keras.src.utils.file_utils.get_file", () => unknown("a file that is fetched at run time", "str")),
  entry("keras.src.utils.file_utils.exists", () => unknown("whether a file exists", "bool")),
  entry("keras.src.backend.get_uid", uid),
  ...["", "config.", "common."].map((place) =>
    entry(`keras.src.backend.${place}standardize_data_format`, dataFormat("data_format")),
  ),
  ["keras.src.backend.name_scope", scope("keras.src.backend.name_scope")],
]);
