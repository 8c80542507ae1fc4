import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  int,
  type NativeValue,
  NONE_VALUE,
  native,
  sizeOf,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { ceilDivide, type Dim, maximum, minus, plus, times } from "../../tensor/dim.ts";
import { argument } from "../operation/control.ts";
import { imageDataFormat } from "./runtime/processState.ts";

/** `keras.utils.conv_utils` of Keras 2, which layers of a program's own use as Keras's do. */

/** `normalize_tuple(value, n, name)`, Keras 3 `standardize_tuple`: one for each axis, of one number so many times. */
export function perAxis(m: Machine, args: Args): Value {
  const [value, n] = [argument(args, "value", 0), argument(args, "n", 1)];
  const axes = sizeOf(n);
  if (value.kind === "int") return typeof axes === "number" ? tuple(Array<Value>(axes).fill(value)) : unknown(COUNT);
  const { items, rest } = iterate(m, value);
  return rest === undefined ? tuple(items) : unknown(rest.reason);
}
const COUNT = "for how many axes is not known";

const lowered = (_: Machine, args: Args): Value => inLower(argument(args, "value", 0));
function inLower(value: Value): Value {
  const text = stringOf(value);
  return text === undefined ? value : str(text.toLowerCase());
}
/** `normalize_data_format(value)`, and its like by other names: what Keras is set to where none is given. */
export const dataFormat =
  (name: string) =>
  (m: Machine, args: Args): Value => {
    const given = argument(args, name, 0);
    return given.kind === "none" ? imageDataFormat(m) : inLower(given);
  };

interface Window {
  readonly length: Dim;
  readonly filter: Dim;
  readonly padding: string;
  readonly stride: Dim;
}
/** The arguments that all have; `dilation` makes the filter longer. */
function windowOf(args: Args, stride: number, dilation: number): Window | undefined {
  const size = (name: string, position: number): Dim | undefined => sizeOf(argument(args, name, position));
  const length = size("input_length", 0);
  const filter = size("filter_size", 1);
  const padding = stringOf(argument(args, "padding", 2));
  const given = argument(args, "dilation", dilation);
  const step = size("stride", stride);
  const spread = given.kind === "none" ? 1 : sizeOf(given);
  if (length === undefined || filter === undefined || padding === undefined) return undefined;
  if (step === undefined || spread === undefined) return undefined;
  return { length, filter: plus(filter, times(minus(filter, 1), minus(spread, 1))), padding, stride: step };
}
const lengthOf = (args: Args, found: Dim | undefined): Value =>
  argument(args, "input_length", 0).kind === "none"
    ? NONE_VALUE
    : found === undefined
      ? unknown("the sizes of the window are not known")
      : int(found);

type ByPadding = Readonly<Record<string, Dim>>;
function convOutput(_: Machine, args: Args): Value {
  const it = windowOf(args, 3, 4);
  if (it === undefined) return lengthOf(args, undefined);
  const margins: ByPadding = { same: 0, causal: 0, valid: minus(1, it.filter), full: minus(it.filter, 1) };
  const margin = margins[it.padding];
  return lengthOf(args, margin === undefined ? undefined : ceilDivide(plus(it.length, margin), it.stride));
}
function deconvOutput(_: Machine, args: Args): Value {
  const it = windowOf(args, 4, 5);
  const open = argument(args, "output_padding", 3);
  if (it === undefined || open.kind !== "none") return lengthOf(args, undefined);
  const whole = times(it.length, it.stride);
  const lengths: ByPadding = {
    same: whole,
    valid: plus(whole, maximum(minus(it.filter, it.stride), 0)),
    full: minus(whole, minus(plus(it.stride, it.filter), 2)),
  };
  return lengthOf(args, lengths[it.padding]);
}

const FUNCTIONS: Readonly<Record<string, NativeValue["call"]>> = {
  normalize_tuple: perAxis,
  normalize_padding: lowered,
  normalize_data_format: dataFormat("value"),
  conv_output_length: convOutput,
  deconv_output_length: deconvOutput,
};
/** By the names of both places where Keras 2 has them. */
export const CONV_UTILS: readonly (readonly [string, Value])[] = Object.entries(FUNCTIONS).flatMap(([name, call]) =>
  ["keras.utils.conv_utils", "keras.src.utils.conv_utils"].map(
    (place) => [`${place}.${name}`, native(`${place}.${name}`, call)] as const,
  ),
);
