import type { Machine } from "../../interpreter/machine.ts";
import type { Repair } from "../../interpreter/record.ts";
import { type Place, reasonOf, type TensorValue, unknown, type Value } from "../../interpreter/values.ts";
import type { Dim } from "../../tensor/dim.ts";
import { unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { NUMPY } from "../numpy/library.ts";
import { arrayOf, type Operand, operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";

/** What scikit-learn's functions take for an array, and the arrays that they give. */

/** An array, a table, a list of rows; undefined where it is not known. */
export function operand(m: Machine, value: Value): Operand | undefined {
  const read = operandOf(m, arrayOf(m, value) ?? value);
  return hasRank(read.shape) ? read : undefined;
}
export const doubtOf = (value: Value, what: string): string => reasonOf(value) ?? `${what} is not known`;

export const dtypeOfOperand = ({ leaves }: Operand): DType | undefined => NUMPY.concrete(leaves);

export const array = (
  m: Machine,
  dims: readonly Dim[] | AnyShape,
  dtype: DType | undefined,
  facts?: TensorValue["facts"],
): TensorValue => tensor(m, ARRAY, Array.isArray(dims) ? new Shape(dims) : (dims as AnyShape), dtype, { facts });

/** How many rows; the first axis. */
export const rowsOf = (it: Operand | undefined, reason: string): Dim =>
  it !== undefined && hasRank(it.shape) && it.shape.rank > 0 ? it.shape.at(0) : unknownDim(reason);
export const columnsOf = (it: Operand | undefined, reason: string): Dim =>
  it !== undefined && hasRank(it.shape) && it.shape.rank === 2 ? it.shape.at(1) : unknownDim(reason);

/** A result of which nothing is known. */
export const nothing = (reason: string): Value => unknown(reason);

/** What raises: said at the present call. */
export function refuse(
  m: Machine,
  code: string,
  message: string,
  repairs: readonly Repair[] = [],
  place: Place = m.here,
): void {
  const related = place === m.here ? [] : [{ place: m.here, message: "scikit-learn raises here" }];
  m.report({ code, severity: "error", place, message, related, repairs });
}
