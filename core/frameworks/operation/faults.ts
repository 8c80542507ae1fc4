import type { Fault } from "../../interpreter/record.ts";
import type { Place } from "../../interpreter/values.ts";
import type { Conflict } from "../../tensor/conflict.ts";

interface Explained {
  readonly code: "incompatible-shapes" | "incompatible-dtypes" | "bad-reshape" | "bad-argument";
  /** What is wrong and why, after the sizes. */
  readonly why: string;
  readonly todo: string;
}
const shapes = (why: string, todo: string): Explained => ({ code: "incompatible-shapes", why, todo });
const reshape = (why: string, todo: string): Explained => ({ code: "bad-reshape", why, todo });
const argument = (why: string, todo: string): Explained => ({ code: "bad-argument", why, todo });

/** Every constraint of a tensor operation in words: `name: sizes: why. What to do.` */
const CONSTRAINTS: Readonly<Record<string, Explained>> = {
  "shapes-broadcast": shapes(
    "aligned at the last axis, two sizes must be equal or one of them 1",
    "Reshape or transpose one of them, or add an axis of size 1 where it should repeat.",
  ),
  "operands-have-axes": shapes("a matrix product needs operands with axes", "Multiply by a scalar with * instead."),
  "inner-axes-equal": shapes(
    "the last axis of the first must be as long as the last but one of the second",
    "Transpose one of them.",
  ),
  "batch-axes-broadcast": shapes("the axes before the last two must broadcast", "Give both the same leading axes."),
  "contracted-axes-equal": shapes("axes that are summed together must be equally long", "Choose other axes."),
  "contracted-axes-in-range": shapes("an operand has not so many axes", "Choose axes that both have."),
  "contracted-axes-pair": argument("each axis of the one needs one of the other", "Give lists of the same length."),
  "labelled-axes-equal": shapes("axes of one label must be equally long", "Use another label for one of them."),
  "labels-per-axis": shapes("each axis of an operand needs a label", "Give the term as many labels as axes."),
  "no-blanks": argument("in a functional model a blank counts as an axis", "Write the equation without blanks."),
  "an-operand-per-term": argument("each term of the equation stands for one operand", "Add or drop a term."),
  "ellipsis-axes-broadcast": shapes("the axes behind the ellipses must broadcast", "Give both the same ones."),
  "ellipsis-in-output": argument("the axes behind an ellipsis must come out", "Put ... after the arrow too."),
  "output-labels-given": argument("a label of the output is in no input", "Use a label of an input."),
  "output-labels-once": argument("a label stands twice in the output", "Name each output axis once."),
  "pattern-valid": argument("the pattern does not say where each axis goes", "Name each axis on both sides."),
  "sizes-fixed": argument("a None among the sizes cannot be rearranged", "Use keras.ops.reshape and transpose."),
  "one-arrow": argument("an equation has one arrow", "Write inputs->output."),
  "one-ellipsis": argument("only one ... can stand there", "Keep one of them."),
  "ranks-equal": shapes("all need the same number of axes", "Add or drop an axis."),
  "other-axes-equal": shapes("all axes but the one they are joined along must be equal", "Join along another axis."),
  "shapes-equal": shapes("tensors that are stacked must have one shape", "Concatenate them instead, or reshape one."),
  "elements-kept": reshape(
    "a reshape keeps the number of elements",
    "Choose sizes with the same product, or -1 for one of them.",
  ),
  "elements-divide": reshape(
    "the other sizes must divide the number of elements",
    "Choose sizes whose product divides it.",
  ),
  "one-inferred-size": reshape("only one size can be -1", "Write out all sizes but one."),
  "sizes-not-negative": reshape("a size is -1 or not negative", "Use -1 for the size to be inferred."),
  "sizes-known": argument(
    "a tensor that is made needs sizes that are numbers",
    "Take the size from a tensor: keras.ops.shape(x)[0] in a layer's call.",
  ),
  "sizes-at-least-0": argument("nothing says what a size of -1 would be here", "Write out every size."),
  "shape-is-list": argument("a shape is a list or a tuple", "Put it in brackets."),
  "parts-known": argument("how many parts there are must be known when the model is built", "Say it with num."),
  "indices-in-order": argument("the indices must rise and lie within the axis", "Choose others."),
  "sections-number": argument("Keras takes only a number of sections here", "Use keras.ops.split."),
  "range-direction": argument("the range never gets from its start to its stop", "Give a step of the other sign."),
  "axis-in-range": argument("there is no such axis", "Choose an axis between -rank and rank - 1."),
  "axes-distinct": argument("each axis can be named once", "Drop the second."),
  "axes-permute": argument("a transpose names each axis exactly once", "Give a permutation of all axes."),
  "axes-pair": argument("each source axis needs a place", "Give lists of the same length."),
  "squeezed-axis-is-one": shapes("only an axis of size 1 can be squeezed", "Squeeze another axis, or reduce this one."),
  "sections-divide": shapes("the sections must divide the axis evenly", "Choose another number, or give the sizes."),
  "sections-positive": argument("there must be at least one section", "Use a positive number."),
  "sizes-fill-axis": shapes("the sizes must add up to the axis", "Make their sum the size of the axis."),
  "repeats-per-element": shapes("there must be one repeat, or one for each element", "Give one number."),
  "pads-per-axis": argument("there must be one pair for each axis", "Give (before, after) for every axis."),
  "numbers-per-axis": argument("there must be one number for each axis", "Give one for every axis."),
  "tiles-per-axis": argument("there must be one multiple for each axis", "Give one number per axis."),
  "index-in-range": argument("the index is past the end", "Use an index below the size."),
  "an-axis-per-index": argument("there are more indices than axes", "Drop an index."),
  "index-arrays-broadcast": shapes("arrays of indices must broadcast", "Give them one shape."),
  "index-is-supported": argument("Keras does not take such an index", "Use keras.ops.take."),
  "rank-at-least": shapes("the tensor has too few axes", "Add an axis."),
  "row-per-axis": shapes("the coordinates need a row for each axis of the input", "Give as many rows as it has axes."),
  colours: shapes("the last axis holds the channels", "Give the image as many channels."),
  "two-of-three": argument("exactly two of the three say how much", "Give two of them, for height and for width."),
  "target-said": argument("the size is not known and must be said", "Give it."),
  "classes-counted": argument("how many classes there are must be said", "Give num_classes."),
  "target-per-row": shapes("each row of predictions needs one target", "Give one target per row."),
  "operands-are-tensors": argument("it reads a shape that a plain number has not", "Make a tensor of the number."),
  "rounded-by-function": argument("Python's round takes no array", "Use numpy.round."),
  "axes-in-tuple": argument("NumPy takes one axis or a tuple of them here, and no list", "Write round brackets."),
  "value-fills": argument("the values do not fill the shape", "Give one value, or as many as it holds."),
  "strides-of-5": argument("a stride for each axis of the batch of volumes is wanted", "Write [1, d, h, w, 1]."),
  "window-fits": shapes("the window is larger than what it goes over", "Pad it, or take a smaller window."),
  "filter-fits": shapes("the filter is larger than the image", "Give a smaller filter_size."),
  "id-per-row": shapes("each part of the data needs one id", "Give an id for each row."),
  "update-per-index": shapes("each index needs the part that is put there", "Give updates of that shape."),
  "axis-alone": argument("it goes along one axis", "Give one number."),
  "rank-is": shapes("the tensor has another number of axes", "Reshape it first."),
  "matrix-square": shapes("the matrix must be square", "Give both its axes one size."),
  "vectors-of-three": shapes("a cross product is of vectors of 2 or 3", "Put the vectors along the last axis."),
  "blocks-divide": shapes("the blocks must divide the axis", "Choose another block size."),
  "channels-fit": shapes("the kernel's input channels must divide the channels", "Give the kernel as many."),
  "index-is-scalar": argument("TensorFlow takes only single indices and slices here", "Use tf.gather."),
  "index-alone": argument("Keras does not take a lone slice as a symbolic tensor's index", "Write x[1:, ...]."),
  "size-is-pair": argument("an image has a height and a width", "Give both."),
  "axis-even": shapes("the axis is cut in two halves, so its size must be even", "Choose another axis."),
  "dtype-exists": argument("there is no such element type", "Use one of Keras's: float32, int32, bool, …"),
  "dtypes-equal": {
    code: "incompatible-dtypes",
    why: "TensorFlow does not convert one tensor's type to the other's",
    todo: "Cast one of them with tf.cast.",
  },
  "dtype-fits": {
    code: "incompatible-dtypes",
    why: "the operation has no form for this type",
    todo: "Cast it first.",
  },
};

/** A broken constraint as a fault at `place`. */
export function explain(name: string, { conflict, detail }: Conflict, place: Place): Fault {
  const known = CONSTRAINTS[conflict] ?? shapes(conflict.replaceAll("-", " "), "");
  const message = `${name}: ${detail}: ${known.why}. ${known.todo}`.trimEnd();
  return { code: known.code, severity: "error", place, message, related: [], repairs: [] };
}
