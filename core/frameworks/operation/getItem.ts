import type { Machine } from "../../interpreter/machine.ts";
import type { TensorFamily, TensorValue, Value } from "../../interpreter/values.ts";
import { isConflict } from "../../tensor/conflict.ts";
import { indexed } from "../../tensor/indexing.ts";
import { unknownRank } from "../../tensor/shape.ts";
import { tensor as made } from "../operation.ts";
import { explain } from "./faults.ts";
import { indexedFacts, type Parts, subscripts } from "./indexing.ts";
import { fromTensor } from "./operand.ts";

/** `x[index]`; `refuses` says which indices the library does not take. */
export function getItem(
  m: Machine,
  family: TensorFamily,
  tensor: TensorValue,
  index: Value,
  refuses?: (parts: Parts) => string | undefined,
): Value {
  const parts = subscripts(m, index);
  const { dtype, assumed } = tensor;
  if ("reason" in parts) return made(m, family, unknownRank(parts.reason), dtype, { assumed });
  const refused = refuses?.(parts);
  const shape =
    refused === undefined ? indexed(tensor.shape, parts) : { conflict: "index-is-supported", detail: refused };
  if (isConflict(shape)) {
    if (!assumed) m.report(explain("indexing", shape, m.here));
    return made(m, family, unknownRank("the index does not fit"), dtype, { assumed: true });
  }
  const facts = indexedFacts(fromTensor(tensor), index);
  const result = made(m, family, shape, dtype, { assumed, facts });
  family.record?.(m, "GetItem", [tensor], [result]);
  return result;
}
