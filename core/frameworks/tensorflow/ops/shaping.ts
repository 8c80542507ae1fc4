import { type Conflict, isConflict } from "../../../tensor/conflict.ts";
import {
  type Dim,
  floorDivide,
  minus,
  NONE,
  plus,
  printDim,
  product,
  provablyDifferent,
  provablyLess,
  times,
  unknown,
} from "../../../tensor/dim.ts";
import { isInteger } from "../../../tensor/dtype.ts";
import { sliceLength } from "../../../tensor/indexing.ts";
import {
  type AnyShape,
  hasRank,
  isOther,
  normaliseAxis,
  printShape,
  Shape,
  unknownRank,
} from "../../../tensor/shape.ts";
import { cut, each as elements, joined, kept } from "../../operation/facts.ts";
import { gathered, gatheredNd } from "../../operation/gather.ts";
import type { Reader } from "../../operation/reader.ts";
import {
  along,
  broadcast,
  broadcastTo,
  concat,
  conflict,
  eachAlong,
  expandDims,
  filled,
  gridded,
  like,
  oneHot,
  pad,
  repeat,
  reshape,
  splitSizes,
  squeeze,
  stack,
  target,
  tile,
  topK,
  transpose,
  unstack,
  vector,
  withRank,
} from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import {
  converted,
  decided,
  each,
  equalTypes,
  given,
  isOrdered,
  isTensor,
  isWhole,
  type Lines,
  line,
  meeting,
  oneType,
  same,
  together,
  unlessArray,
} from "../rules.ts";

const ofAll = (a: Parameters<ShapeRule>[0]) => a.library.promoted(a.operands("values"));
/** In TensorFlow's first versions the axis came first: programs try that, and this if it raises. */
const axisThenTypes = (a: Parameters<ShapeRule>[0]) => {
  const { kind } = a.value("axis");
  const isNumber = kind !== "list" && kind !== "tuple";
  const isSeveral = !isNumber && a.operands("axis").some((it) => hasRank(it.shape) && it.shape.rank > 0);
  return isSeveral ? conflict("axis-alone", "tensors for the axis") : equalTypes(a.operands("values"));
};
/** What is no list, or a list of one, comes back as it is, whatever the axis. */
const concatenated: ShapeRule = (a) => {
  const { kind } = a.value("values");
  if (kind === "tensor") return a.shape("values");
  const operands = a.operands("values");
  return operands.length === 1 && operands[0] !== undefined ? operands[0].shape : concat("values")(a);
};
/** A tensor's type, and without any that of the first value: arrays and lists are converted to it. */
const ofFirst = (a: Parameters<ShapeRule>[0]) => {
  if (a.value("values").kind === "int") return undefined;
  const operands = a.operands("values");
  const decides = operands.find(isTensor) ?? operands[0];
  return decides && a.library.concrete(decides.leaves);
};
const mixed = { requires: (a: Parameters<ShapeRule>[0]) => equalTypes(a.operands("values")) };

const onePerAxis =
  (x: string, list: string, rule: ShapeRule): ShapeRule =>
  (a) => {
    const count = a.sizes(list).length;
    const fits = withRank(a.shape(x), (it) => it.rank === count);
    return fits === false ? conflict("tiles-per-axis", `${count} multiples`) : rule(a);
  };
/** Which of the open axes have one element only a run tells; but a batch is meant to stay. */
const squeezed: ShapeRule = (a) => {
  const shape = a.shape("input");
  const isOpen = !a.has("axis") && hasRank(shape) && shape.dims.slice(1).includes(NONE);
  return isOpen ? unknownRank("which axes have size 1 is known when it runs") : squeeze("input")(a);
};
/** A pair for every axis. */
const padded: ShapeRule = (a) => {
  const [shape, pairs] = [a.shape("tensor"), a.shape("paddings")];
  if (hasRank(shape) && hasRank(pairs) && (pairs.rank !== 2 || provablyDifferent(pairs.at(0), shape.rank)))
    return conflict("pads-per-axis", `paddings of ${printShape(pairs)} for ${printShape(shape)}`);
  return pad("tensor", "paddings")(a);
};
const masked: ShapeRule = (a) => {
  const axis = a.has("axis") ? a.integer("axis") : 0;
  return withRank(a.shape("tensor"), (it) =>
    withRank(a.shape("mask"), (mask) => {
      const index = normaliseAxis(axis, it.rank) ?? 0;
      if (mask.rank === 0) return conflict("rank-at-least", "a mask of ()");
      if (isOther(it.slice(index, index + mask.rank), mask))
        return conflict("shapes-equal", `${printShape(it.slice(index, index + mask.rank))} and ${printShape(mask)}`);
      const { values } = a.operand("mask");
      const taken = values?.filter((it) => it !== 0).length ?? unknown("as many as the mask has true values");
      return new Shape([...it.slice(0, index), taken, ...it.slice(index + mask.rank)]);
    }),
  );
};
const where: ShapeRule = (a) => {
  if (a.has("x")) return broadcast("condition", "x", "y")(a);
  return withRank(a.shape("condition"), (it) => new Shape([unknown("as many as are true"), it.rank]));
};
/** A row of values for each row of what is sorted, whatever axes those rows are in. */
const searched: ShapeRule = (a) => {
  const [sorted, values] = [a.shape("sorted_sequence"), a.shape("values")];
  const point = [sorted, values].find((it) => hasRank(it) && it.rank === 0);
  if (point !== undefined) return conflict("rank-at-least", `${printShape(point)}, where a row has an axis`);
  const rows = (it: AnyShape) => (hasRank(it) ? product(it.slice(0, -1)) : unknown(it.reason));
  return provablyDifferent(rows(sorted), rows(values))
    ? conflict("batch-axes-broadcast", `values of ${printShape(values)} in ${printShape(sorted)}`)
    : values;
};
/** Blocks of the axes behind the first become more samples, or samples blocks again. */
const blocked =
  (spread: boolean, borders: string): ShapeRule =>
  (a) =>
    withRank(a.shape("input"), (it) => {
      const sizes = a.sizes("block_shape");
      const ends = a.operand(borders).values;
      if (ends === undefined || ends.length !== 2 * sizes.length || it.rank <= sizes.length)
        return a.doubts(`the ${borders} are not known`);
      const [batch, ...rest] = it.dims;
      const all = product(sizes);
      if (batch === undefined) return a.doubts("the blocks are not known");
      const axes = rest.map((dim, i): Dim => {
        const size = sizes[i];
        if (size === undefined) return dim;
        const both = Number(ends[2 * i]) + Number(ends[2 * i + 1]);
        return spread ? minus(times(dim, size), both) : floorDivide(plus(dim, both), size);
      });
      return new Shape([spread ? floorDivide(batch, all) : times(batch, all), ...axes]);
    });
/** One shift for each axis that is named: a number for a number, a list for a list. */
function shiftPerAxis(a: Reader): Conflict | undefined {
  const [shift, axis] = [a.shape("shift"), a.shape("axis")];
  const isOdd = hasRank(shift) && hasRank(axis) && isOther(shift, axis);
  return isOdd ? conflict("shapes-equal", `shifts of ${printShape(shift)} and axes of ${printShape(axis)}`) : undefined;
}
/** Each is multiplied by ones of the first one's type, and truth values are joined by "and" instead. */
const gridTypes = (a: Reader) => a.operands("args").map((it) => a.library.concrete(it.leaves));
const multiplied = (a: Reader): Conflict | undefined =>
  gridTypes(a)[0] === "bool" ? undefined : oneType(gridTypes(a).filter((it) => it !== "bool"));
const sequenceMask: ShapeRule = (a) =>
  withRank(a.shape("lengths"), (it) => {
    const known = a.operand("lengths").values;
    const longest = known === undefined ? unknown("the longest of lengths") : Math.max(0, ...known);
    return it.concat([a.has("maxlen") ? a.size("maxlen") : longest]);
  });
const slice: ShapeRule = (a) => {
  const [begin, size] = [a.sizes("begin"), a.sizes("size")];
  return withRank(a.shape("input_"), (it) => {
    const isShort = [begin, size].some((list) => list.length !== it.rank);
    if (isShort)
      return conflict("numbers-per-axis", `${begin.length} and ${size.length} numbers for ${printShape(it)}`);
    const past = it.dims.findIndex((dim, i) => {
      const [start, length]: readonly [Dim, Dim] = [begin[i] ?? 0, size[i] ?? 0];
      return length !== NONE && provablyLess(dim, length === -1 ? start : plus(start, length));
    });
    if (past >= 0)
      return conflict(
        "index-in-range",
        `from ${printDim(begin[past] ?? 0)} on ${printDim(size[past] ?? 0)} of axis ${past} of ${printShape(it)}`,
      );
    return it.map((dim, i) => {
      const length = size[i] ?? dim;
      if (length !== -1) return length;
      const start = begin[i] ?? 0;
      return typeof dim === "number" && typeof start === "number"
        ? dim - start
        : start === 0
          ? dim
          : unknown("its end");
    });
  });
};
/** `x[begin[0]:end[0]:strides[0], …]`; the bits of the masks leave bounds out, or take one element. */
const stridedSlice: ShapeRule = (a) => {
  const has = (mask: string, i: number) => Math.floor(a.integer(mask) / 2 ** i) % 2 === 1;
  if (a.integer("ellipsis_mask") !== 0 || a.integer("new_axis_mask") !== 0)
    return a.doubts("its masks are not followed");
  const [begin, end] = [a.sizes("begin"), a.sizes("end")];
  const steps = a.has("strides") ? a.sizes("strides") : begin.map(() => 1);
  if ([end, steps].some((list) => list.length !== begin.length))
    return conflict("numbers-per-axis", `${begin.length} to begin, ${end.length} to end, ${steps.length} strides`);
  return withRank(a.shape("input_"), (it) => {
    if (begin.length > it.rank) return conflict("an-axis-per-index", `${begin.length} for ${printShape(it)}`);
    const dims = it.dims.flatMap((dim, i): Dim[] => {
      if (i >= begin.length) return [dim];
      if (has("shrink_axis_mask", i)) return [];
      const start = has("begin_mask", i) ? undefined : begin[i];
      return [sliceLength(dim, { start, stop: has("end_mask", i) ? undefined : end[i], step: steps[i] })];
    });
    return new Shape(dims);
  });
};

/** Arrays of whole numbers it reads as a list of numbers: as int32, if they fit. */
function stackedType(a: Reader) {
  const dtype = ofAll(a);
  const isPlain = a.integer("axis") === 0 && a.operands("values").every(({ tensor }) => tensor?.family.isData === true);
  return isPlain && dtype !== undefined && isInteger(dtype) && dtype !== "int32" ? undefined : dtype;
}
/** indices.shape[:-1] + tensor.shape[indices.shape[-1]:] is what the updates are. */
function scattered(a: Reader, whole: AnyShape): AnyShape | Conflict {
  const [indices, updates] = [a.shape("indices"), a.shape("updates")];
  if (!hasRank(whole) || !hasRank(indices) || !hasRank(updates)) return whole;
  const depth = indices.rank === 0 ? undefined : indices.last;
  if (depth === undefined) return conflict("rank-at-least", `indices of ${printShape(indices)}`);
  if (typeof depth !== "number") return whole;
  if (depth > whole.rank) return conflict("an-axis-per-index", `${depth} indices for ${printShape(whole)}`);
  const wanted = indices.slice(0, -1).concat(whole.slice(depth));
  return isOther(wanted, updates) || updates.rank === 0
    ? conflict("update-per-index", `${printShape(updates)}, where ${printShape(wanted)} is wanted`)
    : whole;
}

/** Elements stay and are arranged, repeated or chosen anew; all in `tf` itself. */
export const SHAPING: Lines = {
  reshape: line("tensor, shape", reshape("tensor"), same("tensor"), { facts: kept("tensor"), meant: target("shape") }),
  transpose: line("a, perm=None, conjugate=False", transpose("a", "perm"), same("a")),
  expand_dims: line("input, axis", expandDims("input"), same("input"), { facts: kept("input") }),
  squeeze: line("input, axis=None", squeezed, same("input"), { facts: kept("input") }),
  concat: line("values, axis", concatenated, ofFirst, { requires: axisThenTypes, facts: joined("values") }),
  stack: line("values, axis=0", stack("values"), stackedType, { ...mixed, facts: joined("values") }),
  split: line("value, num_or_size_splits, axis=0, num=None", splitSizes("value", "num_or_size_splits"), same("value"), {
    yields: "list",
    facts: cut("value", splitSizes("value", "num_or_size_splits")),
  }),
  unstack: line("value, num=None, axis=0", unstack("value", "num"), same("value"), {
    yields: "list",
    facts: elements("value"),
  }),
  tile: line("input, multiples", onePerAxis("input", "multiples", tile("input", "multiples")), same("input")),
  repeat: line("input, repeats, axis=None", repeat("input"), same("input")),
  pad: line("tensor, paddings, mode='CONSTANT', constant_values=0", padded, same("tensor")),
  reverse: line("tensor, axis", vector("axis", along("tensor")), same("tensor")),
  space_to_batch: line("input, block_shape, paddings", blocked(false, "paddings"), same("input")),
  space_to_batch_nd: line("input, block_shape, paddings", blocked(false, "paddings"), same("input")),
  batch_to_space: line("input, block_shape, crops", blocked(true, "crops"), same("input")),
  roll: line("input, shift, axis", eachAlong("input"), same("input"), { requires: shiftPerAxis }),
  broadcast_to: line("input, shape", broadcastTo("input"), same("input")),
  gather: line(
    "params, indices, validate_indices=None, axis=None, batch_dims=0",
    gathered("params", "indices"),
    same("params"),
    { requires: isWhole("indices") },
  ),
  gather_nd: line(
    "params, indices, batch_dims=0, name=None, bad_indices_policy=''",
    gatheredNd("params", "indices"),
    same("params"),
  ),
  boolean_mask: line("tensor, mask, axis=None", masked, same("tensor")),
  where: line("condition, x=None, y=None", where, (a) => (a.has("x") ? decided("x", "y")(a) : "int64"), {
    requires: (a) => (a.has("x") ? meeting("x", "y")(a) : undefined),
  }),
  slice: line("input_, begin, size", slice, same("input_")),
  strided_slice: line(
    "input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0",
    stridedSlice,
    same("input_"),
  ),
  one_hot: line(
    "indices, depth, on_value=None, off_value=None, axis=None, dtype=None",
    (a) => (a.has("axis") ? oneHot("indices", "depth")(a) : lastOneHot(a)),
    given((a) => (a.has("on_value") ? a.dtype("on_value") : a.has("off_value") ? a.dtype("off_value") : "float32")),
    { requires: unlessArray("indices", isWhole("indices")) },
  ),
  sequence_mask: line("lengths, maxlen=None, dtype='bool'", sequenceMask, given("bool")),
  sort: line("values, axis=-1, direction='ASCENDING'", along("values"), same("values")),
  argsort: line("values, axis=-1, direction='ASCENDING', stable=False", along("values"), () => "int32"),
  searchsorted: line("sorted_sequence, values, side='left', out_type='int32'", searched, given("int32", "out_type"), {
    requires: (a) => converted(a, "sorted_sequence", "values"),
  }),
  ...each(
    "tensor_scatter_nd_update tensor_scatter_nd_add tensor_scatter_nd_sub tensor_scatter_nd_min tensor_scatter_nd_max",
    "tensor, indices, updates",
    (a) => scattered(a, a.shape("tensor")),
    same("tensor"),
  ),
  scatter_nd: line(
    "indices, updates, shape",
    (a) => {
      const shape = filled()(a) as AnyShape | Conflict;
      return isConflict(shape) ? shape : scattered(a, shape);
    },
    same("updates"),
  ),
  ensure_shape: line("x, shape", ensured, same("x")),
  clip_by_value: line("t, clip_value_min, clip_value_max", like("t"), same("t"), {
    requires: meeting("t", "clip_value_min", "clip_value_max"),
  }),
  clip_by_norm: line("t, clip_norm, axes=None", like("t"), same("t")),
  top_k: line("input, k=1, sorted=True, index_type='int32'", topK("input"), (a) => [a.dtype("input"), "int32"], {
    requires: isOrdered("input"),
    yields: ["values", "indices"],
  }),
  meshgrid: line(
    "*args, indexing='xy', sparse=False",
    gridded("args"),
    (a) => gridTypes(a).map((it, _, [first]) => (first === "bool" ? first : it)),
    { yields: "list", requires: multiplied },
  ),
};
function lastOneHot(a: Parameters<ShapeRule>[0]): ReturnType<ShapeRule> {
  return withRank(a.shape("indices"), (it) => it.concat([a.size("depth")]));
}
/** The shape that is asserted: it fills in what the tensor's own leaves open. */
function ensured(a: Parameters<ShapeRule>[0]): ReturnType<ShapeRule> {
  const wanted = new Shape(a.sizes("shape"));
  return withRank(a.shape("x"), (it) =>
    it.rank === wanted.rank ? it.map((dim, i) => (typeof wanted.at(i) === "number" ? wanted.at(i) : dim)) : wanted,
  );
}

export { together };
