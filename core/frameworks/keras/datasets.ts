import { itemsOf, listOf } from "../../interpreter/containers.ts";
import { countOf } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  type Facts,
  type NativeValue,
  NONE_VALUE,
  native,
  numberOf,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { isConflict } from "../../tensor/conflict.ts";
import { type Dim, isUnknown, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { hasRank, normaliseAxis, printShape, Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { NUMPY } from "../numpy/library.ts";
import { type Call, fn } from "../operation/call.ts";
import { argument } from "../operation/control.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { kindsIn } from "../operation/facts.ts";
import { remember } from "../operation/history.ts";
import { operandOf, rangeOf } from "../operation/operand.ts";
import { broadcasted } from "../operation/shapes.ts";
import { EAGER } from "../tensorflow/eagerTensor.ts";
import { FOLDERS } from "./data/folders.ts";
import { GENERATORS } from "./data/generators.ts";
import { PICTURES } from "./data/pictures.ts";
import { TEXTS } from "./data/texts.ts";
import { bind } from "./runtime/given.ts";
import { readDim } from "./runtime/input.ts";
import { isSymbolic } from "./runtime/tensors.ts";
import { lookup } from "./signatures.ts";
import { versionIn } from "./version.ts";

/** Arrays that Keras makes for a script: data sets of known shapes, one-hot rows, padded sequences. */

type Part = readonly [rest: readonly Dim[], dtype: DType | undefined, facts?: Facts];
interface DataSet {
  readonly train: number;
  readonly test: number;
  readonly x: Part;
  readonly y: Part;
}
const labels = (classes: number): Facts => ({ range: [0, classes - 1] });

/** Shapes and dtypes as `load_data()` gives them with its default arguments (keras.src.datasets). */
const DATA_SETS: Readonly<Record<string, DataSet>> = {
  mnist: { train: 60000, test: 10000, x: [[28, 28], "uint8"], y: [[], "uint8", labels(10)] },
  fashion_mnist: { train: 60000, test: 10000, x: [[28, 28], "uint8"], y: [[], "uint8", labels(10)] },
  cifar10: { train: 50000, test: 10000, x: [[32, 32, 3], "uint8"], y: [[1], "uint8", labels(10)] },
  cifar100: { train: 50000, test: 10000, x: [[32, 32, 3], "uint8"], y: [[1], "int64", labels(100)] },
  boston_housing: { train: 404, test: 102, x: [[13], "float64"], y: [[], "float64"] },
  california_housing: { train: 16512, test: 4128, x: [[8], "float32"], y: [[], "float32"] },
  imdb: { train: 25000, test: 25000, x: [[], undefined], y: [[], "int64", labels(2)] },
  reuters: { train: 8982, test: 2246, x: [[], undefined], y: [[], "int64", labels(46)] },
};

const array = (m: Machine, dims: readonly Dim[], dtype: DType | undefined, facts?: Facts): TensorValue => ({
  kind: "tensor",
  id: m.fresh(),
  shape: new Shape(dims),
  dtype,
  family: ARRAY,
  assumed: false,
  facts,
  origin: m.here,
});

/** In the order of `load_data`, for those that take more than a path (keras.src.datasets). */
const PARAMETERS: Readonly<Record<string, string>> = {
  boston_housing: "path=None, test_split=0.2, seed=113",
  california_housing: "version='large', path=None, test_split=0.2, seed=113",
  imdb: "path=None, num_words=None, skip_top=0, maxlen=None, **more",
  reuters: "path=None, num_words=None, skip_top=0, maxlen=None, test_split=0.2, **more",
};

/** How many samples there are for training and for tests; undefined where an argument decides that is not known. */
function sizesOf(c: Call, name: string, { train, test }: DataSet): readonly [Dim, Dim] | undefined {
  if (c.open !== undefined) return undefined;
  if (c.has("maxlen")) {
    const reason = "texts longer than maxlen are left out: how many remain is known when it runs";
    return [unknownDim(reason), unknownDim(reason)];
  }
  if (name === "california_housing" && c.text("version") !== "large") return undefined;
  if (!c.said("test_split")) return [train, test];
  const share = c.number("test_split");
  if (share === undefined) return undefined;
  const kept = Math.trunc((train + test) * (1 - share));
  return [kept, train + test - kept];
}

const loadData = (name: string, set: DataSet): NativeValue =>
  fn(`keras.datasets.${name}.load_data`, PARAMETERS[name] ?? "**more", (c) => {
    const sizes = sizesOf(c, name, set);
    if (sizes === undefined) return unknown("the sizes of this split are not known");
    const part = (n: Dim, [rest, dtype, facts]: Part) => array(c.m, [n, ...rest], dtype, facts);
    const [rest, dtype] = set.x;
    const words = PARAMETERS[name]?.includes("num_words") === true ? wordsOf(c) : undefined;
    const x: Part = words === undefined ? set.x : [rest, dtype, words];
    return tuple(sizes.map((n) => tuple([part(n, x), part(n, set.y)])));
  });

/** The numbers of words that are kept: those below `num_words`, 2 for all others. */
function wordsOf(c: Call): Facts | undefined {
  const most = c.value("num_words");
  return most.kind === "int" && typeof most.size === "number" ? { range: [0, most.size - 1] } : undefined;
}

/** `to_categorical(y, num_classes)`: one row of `num_classes` for each label; a trailing axis of 1 goes. */
function toCategorical(m: Machine, args: Args): Value {
  const version = versionIn(m);
  const signature = lookup("keras.utils.to_categorical", version);
  const { args: given } = bind(signature ?? { parameters: [], keywords: "*" }, args);
  const y = given["x"]?.value ?? given["y"]?.value ?? args.list[0]?.value;
  const classes = given["num_classes"]?.value;
  const known = classes === undefined || classes.kind === "none" ? classesIn(m, y) : readDim(classes);
  const dims = labelDims(m, y);
  if (dims === undefined) return unknown(y?.kind === "unknown" ? y.reason : "labels that are not known");
  // One column of class numbers, or rows that are encoded once more: that is another rank.
  if (dims.length > 1 && isUnknown(dims.at(-1) ?? 1)) return unknown(MAYBE_COLUMN);
  const rows = dims.length > 1 && dims.at(-1) === 1 ? dims.slice(0, -1) : dims;
  // Keras 2 has an argument for the type, and makes an array of whatever it is given.
  const isArray = version === 2 || y?.kind !== "tensor" || y.family.isData;
  const type = version === 2 ? arrayType(given["dtype"]?.value, "float32") : isArray ? "float64" : "float32";
  const made = { ...array(m, [...rows, known], type, { encoding: "one-hot" }), family: isArray ? ARRAY : EAGER };
  if (y?.kind === "tensor") remember(m, "ToCategorical", [y], [made], { args });
  checkClasses(m, args, y, known);
  return made;
}
/** The type that is asked for, by name or by NumPy's object; undefined where that is not known. */
const arrayType = (asked: Value | undefined, otherwise: DType): DType | undefined =>
  asked === undefined ? otherwise : (dtypeOf(asked, NUMPY) ?? undefined);
const MAYBE_COLUMN = "how many columns the labels have is known when it runs";
/** Labels beyond the classes: NumPy has no such column. */
function checkClasses(m: Machine, { list }: Args, y: Value | undefined, classes: Dim): void {
  const range = y?.kind === "tensor" ? (y.family === ARRAY ? exactRange(y) : undefined) : y && rangeOf(operandOf(m, y));
  if (typeof classes !== "number" || range === undefined || range[1] < classes) return;
  const place = list[0]?.place;
  const [low, high] = range;
  const edits = place === undefined ? [] : [{ place, text: ` - ${low}`, form: "behind" }];
  const shifted = { title: `Labels from 0: - ${low}`, preferred: true, edits };
  m.report({
    code: "bad-argument",
    severity: "error",
    place: m.here,
    message: `The labels go from ${low} to ${high}, and ${classes} classes are numbered from 0 to ${classes - 1}`,
    related: [],
    repairs: low > 0 && high - low < classes && place !== undefined ? [shifted] : [],
  });
}
/** The least and the greatest of an array's numbers, both of which are there. */
function exactRange({ facts, shape }: TensorValue): readonly [number, number] | undefined {
  const { values, range, kinds } = facts ?? {};
  if (values !== undefined && values.length > 0) return [Math.min(...values), Math.max(...values)];
  return range !== undefined && (kinds !== undefined || kindsIn(shape, range) !== undefined) ? range : undefined;
}
/** One more than the largest label, where all labels are there to be seen. */
function classesIn(m: Machine, y: Value | undefined): Dim {
  const values = y === undefined ? undefined : operandOf(m, y).values;
  if (values !== undefined && values.length > 0) return Math.max(...values) + 1;
  // Encoded once more: zeros and ones.
  if (y?.kind === "tensor" && y.facts?.encoding === "one-hot") return 2;
  if (y?.kind === "tensor" && y.facts?.kinds !== undefined && y.facts.range !== undefined) return y.facts.range[1] + 1;
  const kinds = y?.kind === "tensor" && y.facts?.range?.[0] === 0 ? kindsIn(y.shape, y.facts.range) : undefined;
  return kinds ?? unknownDim("the number of classes is not said");
}
function labelDims(m: Machine, y: Value | undefined): readonly Dim[] | undefined {
  if (y?.kind === "tensor") return hasRank(y.shape) ? y.shape.dims : undefined;
  if (y?.kind === "int") return [];
  if (y?.kind === "list") {
    const { shape } = operandOf(m, y);
    if (hasRank(shape)) return shape.dims;
    const count = countOf(listOf(m, y));
    return count === undefined ? undefined : [count];
  }
  return y?.kind === "tuple" ? [y.items.length] : undefined;
}

/** The length of the longest of several sequences, where all are known. */
function longest(m: Machine, sequences: Value | undefined): Dim {
  const { items, rest } = sequences?.kind === "list" ? listOf(m, sequences) : { items: [], rest: sequences };
  const lengths = items.map((it) => (rest === undefined ? labelDims(m, it)?.[0] : undefined));
  const known = lengths.filter((it) => typeof it === "number");
  return known.length === lengths.length && known.length > 0
    ? Math.max(...known)
    : unknownDim("as long as the longest sequence");
}

/** Between which numbers those of some sequences lie, where all are known. */
function rangeIn(m: Machine, sequences: Value): Facts["range"] {
  const own = rangeOf(operandOf(m, sequences));
  if (own !== undefined) return own;
  const ranges = itemsOf(m, sequences)?.map((it) => rangeIn(m, it)) ?? [];
  const known = ranges.filter((it) => it !== undefined);
  if (known.length === 0 || known.length < ranges.length) return undefined;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
}

/** The axes of each step of some sequences: mostly a number, with none; all sequences have the same. */
function ofOneStep(m: Machine, sequences: Value | undefined): readonly Dim[] {
  if (sequences?.kind === "tensor" && hasRank(sequences.shape)) return sequences.shape.dims.slice(2);
  const { items, rest } = sequences?.kind === "list" ? listOf(m, sequences) : { items: [], rest: undefined };
  for (const it of [...items, rest?.element]) {
    const shape = it?.kind === "list" || it?.kind === "tensor" ? operandOf(m, it).shape : undefined;
    if (shape !== undefined && hasRank(shape) && shape.rank > 0) return shape.dims.slice(1);
  }
  return [];
}

/** `pad_sequences(sequences, maxlen)`: as many rows as sequences, `maxlen` columns, int32 unless said. */
function padSequences(m: Machine, args: Args): Value {
  const { args: given } = bind(lookup("keras.utils.pad_sequences") ?? { parameters: [], keywords: "*" }, args);
  const maxlen = given["maxlen"]?.value;
  const rows = labelDims(m, given["sequences"]?.value)?.[0] ?? unknownDim("how many sequences is not known");
  const columns =
    maxlen === undefined || maxlen.kind === "none" ? longest(m, given["sequences"]?.value) : readDim(maxlen);
  const type = arrayType(given["dtype"]?.value, "int32");
  const isPlain = given["value"] === undefined && type?.includes("int") === true;
  const sequences = given["sequences"]?.value;
  const items = sequences?.kind === "list" ? listOf(m, sequences).items : [];
  if (items.some((it) => numberOf(it) !== undefined)) {
    const message = "pad_sequences wants a list of sequences, and one of its items is a number: put brackets around it";
    m.report({ code: "bad-argument", severity: "error", place: m.here, message, related: [], repairs: [] });
  }
  const range = isPlain && sequences !== undefined ? rangeIn(m, sequences) : undefined;
  const known: Facts | undefined = range && { range: [Math.min(range[0], 0), range[1]] };
  const made = array(m, [rows, columns, ...ofOneStep(m, sequences)], type, known);
  remember(m, "PadSequences", [], [made]);
  return made;
}

/** `normalize(x, axis)`: of the same shape, but a row becomes a matrix of one; whole numbers become float64. */
function normalized(m: Machine, args: Args): Value {
  const [{ value: x } = { value: NONE_VALUE }] = args.list;
  const axis = argument(args, "axis", 1);
  const along = axis.kind === "none" ? -1 : numberOf(axis);
  if (along === undefined) return unknown("along which axis it is normalized");
  const refuse = (message: string): Value => {
    m.report({ code: "bad-argument", severity: "error", place: m.here, message, related: [], repairs: [] });
    return unknown(message);
  };
  if (x.kind === "list") return { ...array(m, [], "float32"), shape: operandOf(m, x).shape };
  if (x.kind !== "tensor") return unknown(x.kind === "unknown" ? x.reason : "what is normalized");
  const { shape, dtype, family } = x;
  const isOutside = hasRank(shape) && normaliseAxis(along, shape.rank) === undefined;
  if (isOutside && axis.kind !== "none" && !x.assumed)
    return refuse(`normalize: there is no axis ${along} of ${printShape(shape)}`);
  if (isSymbolic(x)) return unknown("keras.utils.normalize of a symbolic tensor is not followed");
  if (!family.isData) return { ...x, id: m.fresh(), facts: undefined, origin: m.here };
  const rows = hasRank(shape) && shape.rank === 1 ? shape.insert(0, 1) : shape;
  // Of an array Keras 3 takes the first axis for the last one.
  const own =
    along === 0 && versionIn(m) === 3 && hasRank(shape) && shape.rank > 1
      ? broadcasted([shape, shape.remove(0).concat([1])])
      : rows;
  if (isConflict(own))
    return x.assumed
      ? unknown("along the first axis it fails")
      : refuse(
          "Keras 3's normalize takes the first axis of an array for its last one, and these sizes do not allow that",
        );
  return { ...array(m, [], dtype?.includes("int") === true ? "float64" : dtype), shape: own };
}

/** By canonical name. */
export const DATA: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(DATA_SETS).map(([name, set]): [string, Value] => [
    `keras.datasets.${name}.load_data`,
    loadData(name, set),
  ]),
  ...FOLDERS,
  ...GENERATORS,
  ...TEXTS,
  ...PICTURES,
  ["keras.utils.normalize", native("keras.utils.normalize", normalized)],
  ["keras.utils.to_categorical", native("keras.utils.to_categorical", toCategorical)],
  ["keras.utils.pad_sequences", native("keras.utils.pad_sequences", padSequences)],
]);
