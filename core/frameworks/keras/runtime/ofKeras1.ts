import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type Args,
  FALSE,
  NONE_VALUE,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { OLD_NAMES } from "../rules/removedArgument.ts";
import type { Signature } from "../signatures.ts";
import { isOfKeras1, versionIn } from "../version.ts";

/**
 * Keras 1's words for the arguments of a layer, as Keras 2.0 to 2.3 put them into their own: the
 * `keras/legacy/interfaces.py` of Keras 2.3.1, which later releases have not any more.
 */

/** The words for the sizes of a kernel, one axis each, by its rank. */
const SIZES: Readonly<Record<string, readonly string[]>> = {
  Conv2D: ["nb_row", "nb_col"],
  SeparableConv2D: ["nb_row", "nb_col"],
  Conv2DTranspose: ["nb_row", "nb_col"],
  ConvLSTM2D: ["nb_row", "nb_col"],
  Conv3D: ["kernel_dim1", "kernel_dim2", "kernel_dim3"],
};
/** What it took and did nothing with, or what changes no shape and no weight. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  BatchNormalization: ["mode"],
  SeparableConv2D: ["init"],
  Embedding: ["dropout"],
  LSTM: ["consume_less", "forget_bias_init"],
  GRU: ["consume_less"],
  SimpleRNN: ["consume_less"],
};
const FORMATS: Readonly<Record<string, Value>> = {
  tf: str("channels_last"),
  th: str("channels_first"),
  default: NONE_VALUE,
};

/** The same arguments in Keras 2's words. Where they cannot be put so, nothing is known of what is given. */
export function inWordsOfKeras2(m: Machine, { name, parameters = [] }: Signature, args: Args): Args {
  if (versionIn(m) !== 2) return args;
  const type = name.slice(name.lastIndexOf(".") + 1);
  const own = new Set(parameters.map((it) => it.name));
  const isOld = (arg: Arg): boolean =>
    arg.name !== undefined &&
    !own.has(arg.name) &&
    (Object.hasOwn(OLD_NAMES, arg.name) || [...(SIZES[type] ?? []), ...(LEFT_OUT[type] ?? [])].includes(arg.name));
  if (!args.list.some(isOld) && !isOfKeras1(m)) return args;
  const left = args.list.filter((it) => !(it.name !== undefined && LEFT_OUT[type]?.includes(it.name)));
  const list = withKernel(type, left).map((it) => (isOld(it) ? renamed(it, own) : it));
  // Keras 2 leaves out the shape that a Deconvolution2D was told to give in Keras 1, where it counted.
  const isTold = (it: Arg, i: number) => it.name === "output_shape" || (it.name === undefined && i > 1);
  if (type === "Conv2DTranspose" && list.some(isTold))
    return { list: [], open: "Keras 1 took the output_shape that it is given, and Keras 2 does not" };
  const isFull = list.some((it) => it.name === "padding" && stringOf(it.value) === "full");
  if (isFull || list.some(isOld)) return { list: [], open: "it has arguments of Keras 1" };
  if (type === "Conv1D") return { ...args, list: withInputShape(list) };
  // The gate was reset before the product by default, which has a bias less.
  const isReset = type === "GRU" && !list.some((it) => it.name === "reset_after");
  return { ...args, list: isReset ? [...list, { name: "reset_after", value: FALSE }] : list };
}

function renamed(arg: Arg, own: ReadonlySet<string>): Arg {
  const name = OLD_NAMES[arg.name ?? ""]?.find((it) => own.has(it));
  if (name === undefined) return arg;
  if (arg.name !== "dim_ordering") return { ...arg, name };
  const value = FORMATS[stringOf(arg.value) ?? ""] ?? unknown("which dim_ordering it is is not known", "str");
  return { ...arg, name, value };
}

/** `(filters, 3, 3)`, `(filters, nb_row=3, nb_col=3)`: a number for each axis of the kernel is its size. */
function withKernel(type: string, list: readonly Arg[]): readonly Arg[] {
  const words = SIZES[type];
  if (words === undefined) return list;
  const loose = list.filter((it) => it.name === undefined).slice(1, words.length + 1);
  const named = words.slice(loose.length).map((word) => list.find((it) => it.name === word));
  const sizes = [...loose, ...named].flatMap((it) => it ?? []);
  if (sizes.length < words.length || !sizes.every(({ value }) => value.kind === "int" || value.kind === "unknown"))
    return list;
  const [first] = sizes;
  const rest = list.filter((it) => !sizes.includes(it));
  return [...rest, { ...first, name: "kernel_size", value: tuple(sizes.map((it) => it.value)) }];
}

/** `Conv1D(…, input_dim=3, input_length=10)` */
function withInputShape(list: readonly Arg[]): readonly Arg[] {
  const size = list.find((it) => it.name === "input_dim");
  const length = list.find((it) => it.name === "input_length");
  if (size === undefined) return list;
  const shape = tuple([length?.value ?? NONE_VALUE, size.value]);
  return [...list.filter((it) => it !== size && it !== length), { ...size, name: "input_shape", value: shape }];
}
