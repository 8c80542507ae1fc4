import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { type Arg, stringOf, type TensorValue, type Value } from "../../../../interpreter/values.ts";
import { type Dim, provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank, identicalShapes, printShape, Shape } from "../../../../tensor/shape.ts";
import { type Made, madeBy, sourcesOf } from "../../runtime/graph.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { missingOperandAxis } from "../missingOperandAxis.ts";
import { wrapped } from "../passedOn.ts";
import { besides } from "../related.ts";
import { said, setArgument } from "../setArgument.ts";
import { changeOf } from "../whereSaid.ts";
import type { Explanation, Refusal } from "./index.ts";
import { otherLevel } from "./otherLevel.ts";

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
    return lacksLast(m, record, tensors, [tall, low]) ?? flattened(m, record, tensors, tall);
  }
  return narrowed(m, pair) ?? strided(m, pair) ?? rimmed(m, record, pair) ?? widths(m, record, pair);
}

type Ranked = TensorValue & { readonly shape: Shape };
interface Pair {
  readonly a: Ranked;
  readonly b: Ranked;
  /** Which of the tensors they are. */
  readonly at: { readonly a: number; readonly b: number };
  /** The axes along which they differ. */
  readonly axes: readonly number[];
}

const isRanked = (it: TensorValue): it is Ranked => hasRank(it.shape);

/** The first two that do not go together. */
function clash({ declared, args }: LayerRecord, tensors: readonly TensorValue[]): Pair | undefined {
  const [a, ...others] = tensors.filter(isRanked);
  if (a === undefined || others.length !== tensors.length - 1) return undefined;
  const said = args["axis"]?.value;
  const axis = declared === "Concatenate" ? (said?.kind === "int" ? Number(said.size) : -1) : undefined;
  for (const [i, b] of others.entries()) {
    const at = { a: 0, b: i + 1 };
    if (a.shape.rank !== b.shape.rank) return { a, b, at, axes: [] };
    const joined = axis === undefined ? undefined : axis < 0 ? a.shape.rank + axis : axis;
    const isUnlike = (x: Dim, y: Dim) =>
      provablyDifferent(x, y) && (declared === "Concatenate" || declared === "Dot" || (x !== 1 && y !== 1));
    const axes = a.shape.dims.flatMap((dim, i) => (i > 0 && i !== joined && isUnlike(dim, b.shape.at(i)) ? [i] : []));
    if (axes.length > 0) return { a, b, at, axes };
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
  return { place: maker?.called, repairs };
}

/** Layers that leave the last axis as it is. */
const KEEPING = new RegExp(
  "^(?:Activation|BatchNormalization|LayerNormalization|\\w*Dropout\\w*|(?:Leaky|P)?ReLU|\\w*Pooling\\w*|" +
    "(?:UpSampling|ZeroPadding|Cropping)\\dD)$",
);
const FAR = 12;

/** The layers that a tensor went through one after the other, the last first. */
function pathTo(m: Machine, tensor: TensorValue): readonly LayerRecord[] {
  const path: LayerRecord[] = [];
  for (let at: TensorValue | undefined = tensor; at !== undefined && path.length < FAR; ) {
    const made: Made | undefined = madeBy(m, at);
    const record = recordOf(m, made?.layer);
    const [only]: readonly TensorValue[] = made === undefined ? sourcesOf(m, at) : [];
    // An operation element by element leaves the axes as they are.
    if (made === undefined && only !== undefined && sourcesOf(m, at).length === 1 && isAlike(only, at)) {
      at = only;
      continue;
    }
    if (made === undefined || record === undefined || record.declared === "InputLayer") break;
    // A model inside ends as its last layer does.
    const last = record.model?.kind === "sequential" ? recordOf(m, record.model.layers.at(-1)) : undefined;
    path.push(last ?? record);
    at = made.inputs.length === 1 ? made.inputs[0] : undefined;
  }
  return path;
}

const isAlike = (a: TensorValue, b: TensorValue): boolean =>
  isRanked(a) && isRanked(b) && identicalShapes(a.shape, b.shape);

interface Width {
  readonly record: LayerRecord;
  readonly arg: Arg & { readonly place: NonNullable<Arg["place"]> };
  readonly name: string;
  /** How often it stands in the tensor's: twice where a layer runs both ways. */
  readonly times: number;
}
/** The layer that decided how wide a tensor is. */
function widthOf(m: Machine, tensor: TensorValue): Width | undefined {
  for (const outer of pathTo(m, tensor)) {
    const record = wrapped(m, outer) ?? outer;
    for (const name of ["units", "filters", "output_dim"]) {
      const arg = record.args[name];
      if (arg?.place === undefined) continue;
      const { declared, args } = outer;
      const isTwice = declared === "Bidirectional" && !/^(?:sum|mul|ave)$/.test(textOf(args["merge_mode"]));
      return { record, arg: { ...arg, place: arg.place }, name, times: isTwice ? 2 : 1 };
    }
    if (!KEEPING.test(record.declared ?? "") && !isLone(record)) return undefined;
  }
  return undefined;
}
const textOf = (arg: Arg | undefined): string => stringOf(arg?.value) ?? "";
/** A Flatten of one vector: the axis stays as long. */
const isLone = ({ declared, inputs }: LayerRecord): boolean => {
  const shape = inputs?.[0]?.shape;
  return (
    declared === "Flatten" && shape !== undefined && hasRank(shape) && shape.slice(1, -1).dims.every((it) => it === 1)
  );
};

/** The layer whose width is another: inside a block that goes around it, or else the one that was made later. */
function widths(m: Machine, merge: LayerRecord | undefined, { a, b, at, axes }: Pair): Explanation | undefined {
  if (axes.some((axis) => axis !== a.shape.rank - 1)) return undefined;
  const inside = leadsTo(m, a, b) ? b : leadsTo(m, b, a) ? a : undefined;
  const order = inside === undefined ? (isStretched(a, b) ? [a, b] : [b, a]) : inside === a ? [a] : [b];
  const set = order.flatMap((it) => {
    const width = widthOf(m, it);
    const wanted = (it === a ? b : a).shape.last;
    if (width === undefined || typeof wanted !== "number" || wanted % width.times !== 0) return [];
    const edit = changeOf(m, width.record, width.arg, width.name, String(wanted / width.times));
    return [{ width, repair: { title: edit.text, preferred: false, edits: [edit] } }];
  });
  const [first] = set;
  if (first === undefined) return undefined;
  const repairs = set.map(({ repair }) => repair);
  const projected =
    inside === undefined || merge === undefined
      ? undefined
      : projection(merge, first.width, inside === a ? at.b : at.a);
  // A convolution's own width is meant; what goes around it is brought to it.
  const all = projected === undefined ? repairs : [projected, ...repairs];
  return {
    place: projected === undefined ? first.repair.edits[0]?.place : undefined,
    repairs: all.map((it, i) => ({ ...it, preferred: i === 0 })),
  };
}

/** The one is repeated along axes of the other: it is what fits itself to that. */
const isStretched = ({ shape: a }: Ranked, { shape: b }: Ranked): boolean =>
  a.dims.some((dim, i) => i > 0 && i < a.rank - 1 && dim === 1 && b.at(i) !== 1);

/** `Conv2D(filters, 1)` around the tensor that goes around a block of convolutions. */
function projection({ place, called }: LayerRecord, width: Width, index: number): Repair | undefined {
  const { declared } = width.record;
  const node = width.arg.node;
  if (declared === undefined || !/^Conv\dD$/.test(declared)) return undefined;
  const value = width.arg.value;
  const size = node?.kind === "Name" ? node.name : value.kind === "int" ? String(value.size) : undefined;
  if (size === undefined) return undefined;
  const edit: PlacedEdit = {
    place: called ?? place,
    text: `${index} ${declared} ${declared}(${size}, 1)`,
    form: "around item",
  };
  return { title: `Insert ${declared}(${size}, 1) around the block`, preferred: true, edits: [edit] };
}

/** Whether the one tensor was made of the other. */
function leadsTo(m: Machine, from: TensorValue, to: TensorValue): boolean {
  const open = [to];
  for (let count = 0; open.length > 0 && count < 200; count++) {
    const at = open.pop();
    if (at?.id === from.id) return true;
    if (at !== undefined) open.push(...sourcesOf(m, at));
  }
  return false;
}

/** The same of two operands of an operation: `x + h` in a block. */
export function unlikeOperands(m: Machine, fault: Fault, inputs: readonly TensorValue[]): Fault {
  const [a, b] = inputs;
  const lacking = fault.code === "incompatible-shapes" ? missingOperandAxis(fault, inputs) : undefined;
  if (lacking !== undefined) return lacking;
  if (fault.code !== "incompatible-shapes" || a === undefined || b === undefined || inputs.length !== 2) return fault;
  if (!isRanked(a) || !isRanked(b) || a.shape.rank !== b.shape.rank || a.shape.rank === 0) return fault;
  const isUnlike = (x: Dim, y: Dim) => provablyDifferent(x, y) && x !== 1 && y !== 1;
  const axes = a.shape.dims.flatMap((dim, i) => (isUnlike(dim, b.shape.at(i)) ? [i] : []));
  if (axes.length === 0 || axes[0] === 0) return fault;
  const pair = { a, b, at: { a: 0, b: 1 }, axes };
  const cause = narrowed(m, pair) ?? strided(m, pair) ?? rimmed(m, undefined, pair) ?? widths(m, undefined, pair);
  if (cause?.place === undefined) return fault;
  const related = besides(cause.place, [{ place: fault.place, message: "Keras raises here" }, ...fault.related]);
  return { ...fault, place: cause.place, related, repairs: cause.repairs };
}

const isSpatial = ({ a, axes }: Pair): boolean => axes.length > 0 && axes.every((axis) => axis < a.shape.rank - 1);

/** One convolution without padding among others that have it took rows and columns away. */
function narrowed(m: Machine, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair)) return undefined;
  const { a, b, axes } = pair;
  const axis = axes[0] ?? 1;
  const small = Number(a.shape.at(axis)) < Number(b.shape.at(axis)) ? a : b;
  const odd = unpadded(pathTo(m, small));
  if (odd === undefined) return undefined;
  const edit = setArgument(odd, "padding", '"same"');
  return {
    place: odd.args["padding"]?.place ?? odd.place,
    repairs: [{ title: 'padding="same"', preferred: true, edits: [edit] }],
  };
}

/** The convolution, or the pooling as one, without padding on a path, if there is only one. */
export function unpadded(path: readonly LayerRecord[]): LayerRecord | undefined {
  const valid = path.filter(
    ({ declared = "", args }) =>
      (/^(?:Separable)?Conv\dD$/.test(declared) || (/Pooling\dD$/.test(declared) && isStep(args["strides"]))) &&
      !isSame(args["padding"]) &&
      !isOne(args),
  );
  const [odd] = valid;
  return valid.length === 1 ? odd : undefined;
}
/** Step by step, as a convolution goes: said, since a pooling steps over its window by itself. */
const isStep = (arg: Arg | undefined): boolean =>
  arg?.value.kind === "tuple" ? arg.value.items.every(isInt1) : arg !== undefined && isInt1(arg.value);
const isInt1 = (value: Value): boolean => value.kind === "int" && value.size === 1;
const isSame = (arg: Arg | undefined): boolean => arg?.value.kind === "str" && arg.value.value === "same";
const isOne = ({ kernel_size: it }: LayerRecord["args"]): boolean => it?.value.kind === "int" && it.value.size === 1;

/** A size that is odd was halved and doubled: the few rows and columns that it lost are put back. */
function rimmed(m: Machine, merge: LayerRecord | undefined, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair) || merge === undefined) return undefined;
  const { a, b, at, axes } = pair;
  const count = a.shape.rank - 2;
  const isSmall = Number(a.shape.at(axes[0] ?? 1)) < Number(b.shape.at(axes[0] ?? 1));
  const [small, large, index] = isSmall ? [a, b, at.a] : [b, a, at.b];
  const other =
    otherLevel(m, merge, large, isSmall ? at.b : at.a, small.shape) ?? otherLevel(m, merge, small, index, large.shape);
  if (other !== undefined) return other;
  const rims = Array.from({ length: count }, (_, i) => Number(large.shape.at(i + 1)) - Number(small.shape.at(i + 1)));
  const isDoubled = pathTo(m, small).some(({ declared }) =>
    /^(?:UpSampling|Conv)\dD(?:Transpose)?$/.test(declared ?? ""),
  );
  if (!isDoubled || count > 3 || rims.some((rim) => !(rim >= 0 && rim < 8))) return undefined;
  const pads = rims.map((rim) => `(0, ${rim})`).join(", ");
  const layer = `ZeroPadding${count}D(${count === 1 ? pads : `(${pads})`})`;
  const edit: PlacedEdit = {
    place: merge.called ?? merge.place,
    text: `${index} ${merge.declared} ${layer}`,
    form: "around item",
  };
  return { repairs: [{ title: `Insert ${layer}`, preferred: true, edits: [edit] }] };
}

/** A convolution that only matches channels steps over as many rows as the block that it goes around. */
function strided(m: Machine, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair)) return undefined;
  const { a, b, axes } = pair;
  const [large, small] = Number(a.shape.at(axes[0] ?? 1)) > Number(b.shape.at(axes[0] ?? 1)) ? [a, b] : [b, a];
  const [shortcut] = pathTo(m, large);
  const ratios = new Set(axes.map((axis) => Number(large.shape.at(axis)) / Number(small.shape.at(axis))));
  const [ratio] = ratios;
  if (shortcut === undefined || !isOne(shortcut.args) || ratios.size !== 1 || !Number.isInteger(ratio))
    return undefined;
  if (shortcut.args["strides"] !== undefined) return undefined;
  const named = pathTo(m, small).flatMap(({ args: { strides } }) => (strides?.node?.kind === "Name" ? [strides] : []));
  const word = named[0]?.node?.kind === "Name" ? named[0].node.name : String(ratio);
  const edit = setArgument(shortcut, "strides", word);
  return { place: edit.place, repairs: [{ title: edit.text, preferred: true, edits: [edit] }] };
}
