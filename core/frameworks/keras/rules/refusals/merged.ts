import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { lastStateOnly } from "../denseRepairs.ts";
import { missingOperandAxis } from "../missingOperandAxis.ts";
import { otherWeight } from "../otherWeight.ts";
import { isRecurrent, wrapped } from "../passedOn.ts";
import { besides } from "../related.ts";
import { said, setArgument } from "../setArgument.ts";
import { clash, isSpatial, type Pair } from "./clash.ts";
import type { Explanation, Refusal } from "./index.ts";
import { pathTo } from "./path.ts";
import { type Merge, shortcut } from "./shortcut.ts";
import { cutOff, narrowed, rimmed, strided } from "./sizes.ts";
import { tallOperand } from "./tallOperand.ts";
import { widths } from "./widths.ts";

/**
 * Tensors that a merge does not take together: one has more axes, the layers before them have unlike widths, or one
 * of them lost rows and columns on its way.
 */
export function merged({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  if (violation.code !== "incompatible-shapes" || tensors.length < 2) return undefined;
  const pair = clash(record, tensors);
  if (pair === undefined) return undefined;
  const { a, b } = pair;
  if (a.shape.rank !== b.shape.rank) {
    const [tall, low] = a.shape.rank > b.shape.rank ? ([a, b] as const) : ([b, a] as const);
    return (
      lacksLast(m, record, tensors, [tall, low]) ??
      atEachStep(m, record, tensors, [tall, low]) ??
      flattened(m, record, tensors, tall)
    );
  }
  const merge = { place: record.called ?? record.place, declared: record.declared };
  return (
    cutOff(m, pair) ??
    narrowed(m, pair) ??
    strided(m, pair) ??
    otherGrid(m, pair) ??
    rimmed(m, record, pair) ??
    alongOther(record, pair) ??
    widths(m, merge, pair) ??
    projected(m, merge, pair)
  );
}

/** Sequences that differ in their steps alone, joined along what each step holds: one behind the other. */
function alongOther(record: LayerRecord, { a, b, axes }: Pair): Explanation | undefined {
  const [axis, ...others] = axes;
  const isOne = record.declared === "Concatenate" && axis === 1 && others.length === 0 && a.shape.rank === 3;
  if (!isOne || !provablyEqual(a.shape.last, b.shape.last)) return undefined;
  const edit = setArgument(record, "axis", "1");
  return { repairs: [{ title: `${edit.text}: one behind the other`, preferred: true, edits: [edit] }] };
}

function projected(m: Machine, merge: Merge, pair: Pair): Explanation | undefined {
  const repair = shortcut(m, merge, pair);
  return repair && { repairs: [repair] };
}

/** A Dense and a Reshape make a map of another size than the one beside it. */
function otherGrid(m: Machine, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair)) return undefined;
  for (const [own, other] of [
    [pair.a, pair.b],
    [pair.b, pair.a],
  ] as const) {
    const [reshape, dense] = pathTo(m, own);
    const [target, units] = [reshape?.args["target_shape"], dense?.args["units"]];
    if (reshape?.declared !== "Reshape" || dense?.declared !== "Dense") continue;
    if (target?.place === undefined || units?.place === undefined) continue;
    const dims = own.shape.dims.map((dim, i) => (pair.axes.includes(i) ? other.shape.at(i) : dim)).slice(1);
    if (!dims.every((it) => typeof it === "number")) continue;
    const text = `(${dims.join(", ")})`;
    const edits = [
      { place: target.place, text: said(target, "target_shape", text) },
      { place: units.place, text: said(units, "units", dims.join(" * ")) },
    ];
    return { place: units.place, repairs: [{ title: `A map of ${text}`, preferred: true, edits }] };
  }
  return undefined;
}

/** The one with fewer axes has all of the other but the last: its maker would give it that. */
function lacksLast(
  m: Machine,
  merge: LayerRecord,
  tensors: readonly TensorValue[],
  [tall, low]: readonly [Ranked, Ranked],
): Explanation | undefined {
  const isLike = low.shape.dims.every((dim, i) => i === 0 || !provablyDifferent(dim, tall.shape.at(i)));
  if (!isLike || low.shape.rank !== tall.shape.rank - 1 || low.shape.rank < 3) return undefined;
  const sample = new Shape([...low.shape.dims.slice(1), 1]);
  const [maker] = pathTo(m, low);
  const target = maker?.declared === "Reshape" ? maker.args["target_shape"] : undefined;
  const text = printShape(sample);
  const edit: PlacedEdit =
    target?.place === undefined
      ? {
          place: merge.called ?? merge.place,
          text: `${tensors.indexOf(low)} ${merge.declared} Reshape(${text})`,
          form: "around item",
        }
      : { place: target.place, text: said(target, "target_shape", text) };
  return { place: maker?.called, repairs: [{ title: `Reshape to ${text}`, preferred: true, edits: [edit] }] };
}

/** The last state of what was read, beside each step of another sequence. */
function atEachStep(
  m: Machine,
  { place, called, declared }: LayerRecord,
  tensors: readonly TensorValue[],
  [tall, low]: readonly [Ranked, Ranked],
): Explanation | undefined {
  const [reader] = pathTo(m, low);
  const [maker] = pathTo(m, tall);
  const steps = tall.shape.at(1);
  const isState = reader !== undefined && [wrapped(m, reader) ?? reader].every(isRecurrent);
  if (!isState || low.shape.rank !== 2 || tall.shape.rank !== 3 || typeof steps !== "number") return undefined;
  // A recurrent layer that gives its steps may have been meant to give its last state too.
  if (lastStateOnly(maker) !== undefined) return undefined;
  const layer = `RepeatVector(${steps})`;
  const at = called ?? place;
  const edit = { place: at, text: `${tensors.indexOf(low)} ${declared} ${layer}`, form: "around item" };
  return { place: at, repairs: [{ title: `Insert ${layer}`, preferred: true, edits: [edit] }] };
}

/** The one with more axes is flattened where it is merged; what made it kept them. */
function flattened(
  m: Machine,
  { place, called, declared }: LayerRecord,
  tensors: readonly TensorValue[],
  tall: Ranked,
): Explanation | undefined {
  if (tensors.some((it) => it !== tall && hasRank(it.shape) && it.shape.rank !== 2)) return undefined;
  const layers = ["Flatten", ...(tall.shape.rank < 6 ? [`GlobalAveragePooling${tall.shape.rank - 2}D`] : [])];
  const repairs = layers.map((layer, i): Repair => {
    const edit = {
      place: called ?? place,
      text: `${tensors.indexOf(tall)} ${declared} ${layer}()`,
      form: "around item",
    };
    return { title: `Insert ${layer}()`, preferred: i === 0, edits: [edit] };
  });
  const [maker] = pathTo(m, tall);
  const last = lastStateOnly(maker);
  if (last === undefined) return { place: maker?.called, repairs };
  return { place: last.edits[0]?.place, repairs: [last, ...repairs.map((it) => ({ ...it, preferred: false }))] };
}

/** The same of two operands of an operation: `x + h` in a block. */
export function unlikeOperands(m: Machine, fault: Fault, inputs: readonly TensorValue[]): Fault {
  const [a, b] = inputs;
  const lacking = fault.code === "incompatible-shapes" ? missingOperandAxis(fault, inputs) : undefined;
  if (lacking !== undefined) return lacking;
  const tall = fault.code === "incompatible-shapes" ? tallOperand(m, fault, inputs) : undefined;
  if (tall !== undefined) return tall;
  const weight = otherWeight(m, fault, inputs);
  if (weight !== undefined) return weight;
  if (fault.code !== "incompatible-shapes" || a === undefined || b === undefined || inputs.length !== 2) return fault;
  if (!isRanked(a) || !isRanked(b) || a.shape.rank !== b.shape.rank) return fault;
  const isUnlike = (x: Dim, y: Dim) => provablyDifferent(x, y) && x !== 1 && y !== 1;
  const axes = a.shape.dims.flatMap((dim, i) => (isUnlike(dim, b.shape.at(i)) ? [i] : []));
  if (axes.length === 0 || axes[0] === 0) return fault;
  const pair = { a, b, at: { a: 0, b: 1 }, axes };
  const merge = { place: fault.place };
  const cause =
    narrowed(m, pair) ??
    strided(m, pair) ??
    rimmed(m, undefined, pair) ??
    widths(m, merge, pair) ??
    projected(m, merge, pair);
  if (cause?.place === undefined) return { ...fault, repairs: [...fault.repairs, ...(cause?.repairs ?? [])] };
  const related = besides(cause.place, [{ place: fault.place, message: "Keras raises here" }, ...fault.related]);
  return { ...fault, place: cause.place, related, repairs: cause.repairs };
}
