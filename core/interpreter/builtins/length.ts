import {
  ceilDivide,
  type Dim,
  maximum,
  minus,
  NONE,
  provablyPositive,
  unknown as unknownDim,
} from "../../tensor/dim.ts";
import { hasRank } from "../../tensor/shape.ts";
import { typeName } from "../attributes.ts";
import { callMethod } from "../calls.ts";
import { dictOf, listOf } from "../containers.ts";
import { countOf, iterate } from "../iterate.ts";
import type { Machine } from "../machine.ts";
import { int, positional, type RangeValue, reasonOf, type TensorValue, unknown, type Value } from "../values.ts";
import { unknownInt } from "./items.ts";

/** `len(value)`: an integer, of a size that is not known where items may be there that are not known. */
export function lengthOf(m: Machine, value: Value): Value {
  switch (value.kind) {
    case "str":
      return int([...value.value].length);
    case "bytes":
      return unknownInt("the length of bytes");
    case "tuple":
      return int(value.items.length);
    case "list": {
      const { items, rest } = listOf(m, value);
      return int(countOf({ items, rest }) ?? unknownDim(rest?.reason ?? ""));
    }
    case "dict":
    case "set": {
      const { entries, open } = dictOf(m, value);
      return open === undefined ? int(entries.size) : unknownInt(open);
    }
    case "range":
      return int(rangeLength(value));
    case "tensor":
      return withReason(value.family.counted?.(m, value)) ?? firstAxis(value);
    case "class":
      return int(iterate(m, value).items.length);
    case "instance":
    case "opaque":
      return callMethod(m, value, "__len__", positional()) ?? unknownInt(`a ${typeName(value)} has no length`);
    case "unknown":
      return unknownInt(value.reason);
    default:
      return unknown(reasonOf(value) ?? `a ${value.kind} has no length`);
  }
}

/** ⌈(stop − start) / step⌉, or none. */
function rangeLength({ start, stop, step }: RangeValue): Dim {
  const length = ceilDivide(minus(stop, start), step);
  return provablyPositive(length) ? length : maximum(length, 0);
}

const withReason = (reason: string | undefined): Value | undefined =>
  reason === undefined ? undefined : unknown(reason);
function firstAxis({ shape }: TensorValue): Value {
  if (!hasRank(shape)) return unknownInt(shape.reason);
  if (shape.rank === 0) return unknown("a scalar has no length");
  const size = shape.at(0);
  return size === NONE ? unknownInt("the axis has any length") : int(size);
}
