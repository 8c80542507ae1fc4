import { listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Args, bool, entry, NONE_VALUE, str, tuple, unknown, type Value } from "../../../interpreter/values.ts";
import { type DType, isFloat, isInteger, type PythonScalar } from "../../../tensor/dtype.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { argument, renewed } from "../../operation/control.ts";
import { operandOf } from "../../operation/operand.ts";
import { namedType } from "../library.ts";
import { resultType } from "../promotion.ts";
import { readDType } from "../runtime/input.ts";

/** Functions of Keras's own code that programs use too: of batches, of dtypes, of pictures as arrays. */

/** `(x, y, sample_weight)` of a batch, `None` where it has none. */
function unpacked(m: Machine, args: Args): Value {
  const data = argument(args, "data", 0);
  if (data.kind === "unknown") return unknown(data.reason);
  const list = data.kind === "list" ? listOf(m, data) : undefined;
  if (list?.rest !== undefined) return unknown(list.rest.reason);
  const items = list?.items ?? (data.kind === "tuple" ? data.items : [data]);
  if (items.length === 0 || items.length > 3) return unknown("a batch is x, y and the samples' weights");
  return tuple([0, 1, 2].map((i) => items[i] ?? NONE_VALUE));
}
function packed(_: Machine, args: Args): Value {
  const [x, y, weight] = ["x", "y", "sample_weight"].map((name, i) => argument(args, name, i));
  if (x === undefined || y === undefined || weight === undefined) return NONE_VALUE;
  const open = [x, y, weight].find((it) => it.kind === "unknown");
  if (open?.kind === "unknown") return unknown(open.reason);
  if (y.kind === "none") return x.kind === "tuple" || x.kind === "list" ? tuple([x]) : x;
  return tuple(weight.kind === "none" ? [x, y] : [x, y, weight]);
}

const standard = (m: Machine, value: Value): DType | undefined =>
  value.kind === "tensor" ? undefined : readDType(m, value);
const unclear = (type: "str" | "bool") => unknown("the dtype is not known", type);
function standardized(m: Machine, args: Args): Value {
  const dtype = standard(m, argument(args, "dtype", 0));
  return dtype === undefined ? unclear("str") : str(dtype);
}
const asked = (name: string, holds: (dtype: DType) => boolean) =>
  entry(name, (m, args) => {
    const dtype = standard(m, argument(args, "dtype", 0));
    return dtype === undefined ? unclear("bool") : bool(holds(dtype));
  });
function promoted(m: Machine, { list, open }: Args): Value {
  const types = list.map(({ value }): DType | PythonScalar | undefined => {
    const name = value.kind === "class" || value.kind === "native" ? value.name.split(".").at(-1) : undefined;
    if (name === "int" || name === "float") return name;
    return value.kind === "none" ? readDType(m, value) : (namedType(m, value) ?? undefined);
  });
  const known = types.flatMap((it) => (it === undefined ? [] : [it]));
  const made = open === undefined && known.length === types.length ? resultType(known) : undefined;
  return made === undefined ? unclear("str") : str(made);
}

/** An array is changed, its shape is not. */
const changed = (m: Machine, args: Args): Value => {
  const x = argument(args, "x", 0);
  return x.kind === "tensor" ? renewed(m, x, "Picture", () => ({})) : unknown("what picture it is is not known");
};
/** `smart_resize(x, size)`: cut and scaled to a height and a width; a picture or several, channels last. */
function resized(m: Machine, args: Args): Value {
  const [x, size] = [argument(args, "x", 0), argument(args, "size", 1)];
  const { shape } = operandOf(m, x);
  const isPlain = args.list.every((it) => it.name === undefined || ["x", "size", "interpolation"].includes(it.name));
  const [height, width] = size.kind === "tuple" || size.kind === "list" ? sizesIn(m, size) : [];
  if (x.kind !== "tensor" || !hasRank(shape) || !isPlain || height === undefined || width === undefined)
    return unknown("to what it is resized is not known");
  const at = shape.rank - 3;
  if (at !== 0 && at !== 1) return unknown("a picture has height, width and channels");
  return renewed(m, x, "Resize", () => ({
    shape: shape.with(at, height).with(at + 1, width),
    dtype: x.dtype !== undefined && isFloat(x.dtype) ? x.dtype : "float32",
  }));
}
const sizesIn = (m: Machine, size: Value) => {
  const items = size.kind === "tuple" ? size.items : size.kind === "list" ? listOf(m, size).items : [];
  return items.length === 2 ? items.map((it) => (it.kind === "int" ? it.size : undefined)) : [];
};

const first = ({ list: [it] }: Args): Value => it?.value ?? NONE_VALUE;
const QUIET =
  "config.enable_interactive_logging config.disable_interactive_logging config.enable_traceback_filtering " +
  "config.disable_traceback_filtering config.enable_unsafe_deserialization config.enable_flash_attention " +
  "config.disable_flash_attention config.set_backend config.set_epsilon config.set_max_epochs " +
  "config.set_max_steps_per_epoch utils.enable_interactive_logging utils.disable_interactive_logging " +
  "distribution.set_distribution distribution.initialize saving.save_weights saving.load_weights utils.save_img";

/** By canonical name. */
export const HELPERS: readonly (readonly [string, Value])[] = [
  entry("keras.utils.unpack_x_y_sample_weight", unpacked),
  entry("keras.utils.pack_x_y_sample_weight", packed),
  entry("keras.utils.standardize_dtype", standardized),
  asked("keras.backend.is_float_dtype", isFloat),
  asked("keras.backend.is_int_dtype", isInteger),
  entry("keras.backend.result_type", promoted),
  // What it computes is computed again for the gradients.
  entry("keras.remat", (_, args) => first(args)),
  entry("keras.preprocessing.image.smart_resize", resized),
  ...["rotation", "shift", "shear", "zoom", "channel_shift"].map((it) =>
    entry(`keras.preprocessing.image.random_${it}`, changed),
  ),
  ...["affine_transform", "channel_shift"].map((it) => entry(`keras.preprocessing.image.apply_${it}`, changed)),
  ...QUIET.split(" ").map((it) => entry(`keras.${it}`, () => NONE_VALUE)),
];
