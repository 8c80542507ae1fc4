import { callValue } from "../../../interpreter/calls.ts";
import { makeList } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  ELLIPSIS,
  float,
  int,
  type NativeValue,
  native,
  positional,
  stringOf,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { KERAS } from "../kerasTensor.ts";
import { OPS } from "../ops/index.ts";
import { EAGER, newTensor } from "../runtime/tensors.ts";

/** What `preprocess_input` does in each module of `keras.applications`: `none` gives back its input. */
type Mode = "tf" | "torch" | "caffe" | "none";
const MODES: Readonly<Record<string, Mode>> = {
  convnext: "none",
  densenet: "torch",
  efficientnet: "none",
  efficientnet_v2: "none",
  imagenet_utils: "caffe",
  inception_resnet_v2: "tf",
  inception_v3: "tf",
  mobilenet: "tf",
  mobilenet_v2: "tf",
  mobilenet_v3: "none",
  nasnet: "tf",
  resnet: "caffe",
  resnet50: "caffe",
  resnet_v2: "tf",
  vgg16: "caffe",
  vgg19: "caffe",
  xception: "tf",
};

/** `keras.applications.<module>.preprocess_input`. */
export function preprocessInput(module: string): NativeValue | undefined {
  const mode = MODES[module];
  const name = `keras.applications.${module}.preprocess_input`;
  return (
    mode &&
    native(name, (m, { list, open }) => {
      const x = (list.find((it) => it.name === "x") ?? list.find((it) => it.name === undefined))?.value;
      if (x === undefined || open !== undefined) return unknown(open ?? "it is given nothing");
      if (mode === "none") return x;
      const own =
        list.find((it) => it.name === "mode")?.value ?? (module === "imagenet_utils" ? list[2]?.value : undefined);
      const asked = own === undefined ? mode : stringOf(own);
      if (asked !== "tf" && asked !== "torch" && asked !== "caffe") return unknown("its mode is not known");
      if (x.kind !== "tensor") return unknown(x.kind === "unknown" ? x.reason : "its images are not a tensor");
      return x.family === KERAS ? symbolic(m, x, asked) : ofData(m, x);
    })
  );
}

/** The same sizes; whole numbers become floats. */
function ofData(m: Machine, { shape, dtype, family, assumed }: TensorValue): Value {
  const made = dtype === undefined || isFloat(dtype) ? dtype : "float32";
  return newTensor(m, { shape, dtype: made }, family, assumed);
}

/** On symbolic tensors each step is an operation of the model's graph. */
function symbolic(m: Machine, x: TensorValue, mode: Exclude<Mode, "none">): Value {
  const by = (operator: string, left: Value, right: Value) => KERAS.operator(m, operator, left, right);
  if (mode === "tf") return by("-", by("/", x, float(127.5)), float(1));
  const { shape } = x;
  if (!hasRank(shape)) return unknown(shape.reason);
  const axes = mode === "caffe" ? [...Array<number>(shape.rank - 1).fill(1), 3] : [3];
  const constant = (sizes: readonly number[]) =>
    newTensor(m, { shape: new Shape(sizes), dtype: x.dtype }, EAGER, false);
  if (mode === "torch")
    return by(
      "/",
      by("+", by("/", x, float(255)), constant([...Array<number>(shape.rank - 1).fill(1), 3])),
      constant([3]),
    );
  const stack = OPS.get("keras.ops.stack") ?? unknown("stack");
  const channels = [2, 1, 0].map((channel) => KERAS.subscript(m, x, tuple([ELLIPSIS, int(channel)])));
  const swapped = callValue(m, stack, {
    list: [...positional(makeList(m, channels)).list, { name: "axis", value: int(-1) }],
  });
  return by("+", swapped, constant(axes));
}
