import type { TensorFact } from "../../../analysis.ts";
import { callValue } from "../../../interpreter/calls.ts";
import { makeIterator } from "../../../interpreter/containers.ts";
import type { Described } from "../../../interpreter/framework.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { whileTraced } from "../../../interpreter/noneSize.ts";
import {
  type ClassValue,
  nativeClass,
  type Opaque,
  positional,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { type Dim, isUnknown, join, minimum, modulo, NONE, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank } from "../../../tensor/shape.ts";
import type { Step } from "../../operation/history.ts";
import { elementValue, joinSpecs, leavesOf, mapSpec, type Spec, specOf } from "./spec.ts";

/** How batches are cut: `rows` of `of` in all, the last one smaller; `ordered` where that one is also met last. */
export interface Batches {
  readonly rows: Dim;
  readonly of: Dim;
  readonly ordered: boolean;
}
/** `tf.data.Dataset`: an immutable value that knows its elements and, as far as it is certain, how many there are. */
export interface DatasetData {
  readonly element: Spec;
  /** How many elements. */
  readonly length: Dim;
  readonly batches?: Batches | undefined;
  /** There is an element at least, though how many is not known: an empty folder raises. */
  readonly isFilled?: boolean | undefined;
  /** What a maker of data sets puts on them: `class_names`. */
  readonly extra?: Readonly<Record<string, Value>> | undefined;
  joined(this: DatasetData, other: object): DatasetData;
}

export const TYPE = "tf.data.Dataset";
/** Its members are entered by the files that know them. */
export const DATASET: ClassValue = nativeClass("tensorflow.data.Dataset", [], {});
export function addMembers(more: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(more)) (DATASET.members as Map<string, Value>).set(name, value);
}

function joinedData(this: DatasetData, other: object): DatasetData {
  const its = other as DatasetData;
  const element = joinSpecs(this.element, its.element);
  const isFilled = this.isFilled === true && its.isFilled === true;
  return { element, length: join(this.length, its.length), isFilled, joined: joinedData };
}
type More = Pick<DatasetData, "batches" | "isFilled" | "extra">;
export function dataset(element: Spec, length: Dim, more: More = {}): Opaque {
  const data: DatasetData = { element, length, ...more, joined: joinedData };
  return { kind: "opaque", type: TYPE, data, class: DATASET };
}
export const dataOf = (value: Value | undefined): DatasetData | undefined =>
  value?.kind === "opaque" && value.type === TYPE ? (value.data as DatasetData) : undefined;

/** A data set inside a data set is one of the program's again. */
const inside = (spec: Spec): Value =>
  spec.kind === "dataset" ? dataset(spec.element, spec.length) : unknown("what the element is");
export const elementSpec = (m: Machine, value: Value): Spec =>
  specOf(m, value, (it) => {
    const data = dataOf(it);
    return data === undefined ? undefined : { kind: "dataset", element: data.element, length: data.length };
  });

/** An element as a function that is traced sees it: any size is `None` there. */
export const traced = (m: Machine, spec: Spec): Value => elementValue(m, spec, NONE, inside);

/** Runs a function of the program's as `map` does: on the parts of a tuple, or on the element. */
export function applied(m: Machine, f: Value, { element }: DatasetData): Spec {
  const value = traced(m, element);
  if (value.kind === "unknown") return { kind: "unknown", reason: value.reason };
  const given = positional(...(value.kind === "tuple" ? value.items : [value]));
  return whileTraced(m, () => elementSpec(m, callValue(m, f, given)));
}

const LAST = "batches of any size: the last one may be smaller";
/** An element as a loop meets it: the rows of its batch are known where all batches are alike, or it is the first. */
export function met(m: Machine, { element, batches }: DatasetData, first: boolean): Value {
  const rows = batches && (first ? firstRows(batches) : allAlike(batches));
  const exact =
    rows === undefined || isUnknown(rows) || rows === NONE
      ? element
      : mapSpec(element, (it) =>
          hasRank(it.shape) && it.shape.rank > 0 && it.shape.at(0) === NONE
            ? { ...it, shape: it.shape.withBatch(rows) }
            : it,
        );
  return elementValue(m, exact, unknownDim(LAST), inside);
}
/** How many rows the first batch has; undefined where that is not known. */
export const firstRows = (batches: Batches): Dim | undefined =>
  batches.ordered ? minimum(batches.rows, batches.of) : allAlike(batches);
const allAlike = ({ rows, of }: Batches): Dim | undefined => (modulo(of, rows) === 0 ? rows : undefined);

/** The step that gives an element of a data set to a loop of the program's own. */
export const ELEMENT = "Element";
/** `iter(ds)`: the first element is known best. */
export function iterator(m: Machine, given: DatasetData, change: (value: Value) => Value = (it) => it): Value {
  const step: Step = { type: ELEMENT, inputs: [], args: undefined, place: m.here };
  const isPlain = leavesOf(given.element) !== undefined;
  const data = isPlain ? { ...given, element: mapSpec(given.element, (it) => ({ ...it, step })) } : given;
  const reason = "how many elements the data set has is not known";
  const element = change(met(m, data, false));
  if (data.length === 0) return makeIterator(m, []);
  if (data.length === 1) return makeIterator(m, [change(met(m, data, true))]);
  if (data.batches === undefined && data.isFilled !== true) return makeIterator(m, [], { element, reason });
  return makeIterator(m, [change(met(m, data, true))], { element, reason });
}

/** The hint of a data set: what its elements are. */
export function describeDataset(value: Value): Described | undefined {
  const data = dataOf(value);
  const leaves = data && leavesOf(data.element);
  if (leaves === undefined || leaves.length === 0) return undefined;
  const outputs = leaves.map(({ shape, dtype }): TensorFact => ({ shape, dtype }));
  return { outputs, note: { kind: "data", type: "Dataset", params: 0 } };
}
